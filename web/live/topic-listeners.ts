/** The listeners of each topic, and the pause that holds their messages back. */
import { STREAMS } from "../../worker/protocol/messages/topic.ts";
import type { TopicListener, Update } from "./update.ts";

/** What a pause may hold back. */
export type Held =
  | { readonly type: "update"; readonly update: Update }
  | { readonly type: "reset"; readonly topic: string };

interface PauseBuffer {
  add(held: Held): void;
  /** A snapshot of the stream is on its way: what is held of the stream must not be shown before it. */
  renew(topic: string): void;
  /** Changes that a resume would show. */
  readonly size: number;
  /** Everything held, each topic in its order; the buffer is empty afterwards. */
  drain(): readonly Held[];
}

const STREAM_NAMES: ReadonlySet<string> = new Set(STREAMS);

/** Keeps what arrives while the reader has paused: the last of each latest value, and every message of a stream since its last snapshot. */
function makePauseBuffer(): PauseBuffer {
  const topics = new Map<string, Held[]>();
  return {
    add: (held) => {
      const topic = held.type === "reset" ? held.topic : held.update.topic;
      const before = topics.get(topic) ?? [];
      topics.set(
        topic,
        replaces(held, topic)
          ? [...before.filter(({ type }) => type === "reset").slice(-1), held]
          : [...before, held],
      );
    },
    renew: (topic) => {
      const held = topics.get(topic);
      if (held !== undefined && STREAM_NAMES.has(topic)) {
        topics.set(
          topic,
          held.filter(({ type }) => type === "reset"),
        );
      }
    },
    get size() {
      return [...topics.values()].reduce((sum, list) => sum + list.length, 0);
    },
    drain: () => {
      const all = [...topics.values()].flat();
      topics.clear();
      return all;
    },
  };
}

/** Whether it makes everything before it in its topic superfluous. A reset itself is always delivered. */
function replaces(held: Held, topic: string): boolean {
  return (
    held.type === "reset" ||
    !STREAM_NAMES.has(topic) ||
    ("snapshot" in held.update && held.update.snapshot === true)
  );
}

/** Delivery to a page's listeners, and its pause. */
export interface TopicListeners {
  /** Returns how to leave; a second time changes nothing. */
  add(topic: string, listener: TopicListener): () => void;
  /** At once, or at the end of the pause. */
  deliver(held: Held): void;
  /** A snapshot of the stream was asked for: what a pause holds of the stream is dropped. */
  renew(topic: string): void;
  pause(): void;
  /** Delivers everything that was held back. */
  resume(): void;
  /** Changes held back. */
  readonly waiting: number;
}

/** Not paused, without listeners. */
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
