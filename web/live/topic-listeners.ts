/** The listeners of each topic, and the pause that holds their messages back. */
import { makePauseBuffer, type Held } from "./pause-buffer.ts";
import type { TopicListener } from "./update.ts";

export interface TopicListeners {
  /** Returns how to leave; leaving twice is leaving once. */
  add(topic: string, listener: TopicListener): () => void;
  /** At once, or at the end of the pause. */
  deliver(held: Held): void;
  /** The whole of a stream was asked for: what a pause holds of it is over. */
  renew(topic: string): void;
  pause(): void;
  /** Delivers everything that was held back. */
  resume(): void;
  /** Changes held back. */
  readonly waiting: number;
}

export function makeTopicListeners(): TopicListeners {
  const listeners = new Map<string, Set<TopicListener>>();
  const buffer = makePauseBuffer();
  let isPaused = false;

  function dispatch(held: Held): void {
    const topic = held.type === "reset" ? held.topic : held.update.topic;
    for (const listener of listeners.get(topic) ?? []) {
      if (held.type === "reset") {
        listener.reset?.();
      } else {
        listener.message(held.update);
      }
    }
  }

  return {
    add: (topic, listener) => {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(topic) === set) {
          listeners.delete(topic);
        }
      };
    },
    deliver: (held) => {
      if (isPaused) {
        buffer.add(held);
      } else {
        dispatch(held);
      }
    },
    renew: (topic) => {
      buffer.renew(topic);
    },
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
      buffer.drain().forEach(dispatch);
    },
    get waiting() {
      return buffer.size;
    },
  };
}
