/** What arrives while the reader has paused: the last of each latest value, and every message of a stream since its last snapshot. */
import { STREAMS } from "../../worker/protocol/messages/topic.ts";
import type { Update } from "./update.ts";

export type Held =
  | { readonly type: "update"; readonly update: Update }
  | { readonly type: "reset"; readonly topic: string };

export interface PauseBuffer {
  add(held: Held): void;
  /** The whole of a stream is on its way: nothing that is held of it may be shown before. */
  renew(topic: string): void;
  /** Changes that a resume would show. */
  readonly size: number;
  /** Everything held, each topic in its order; the buffer is empty afterwards. */
  drain(): readonly Held[];
}

const STREAM_NAMES: ReadonlySet<string> = new Set(STREAMS);

export function makePauseBuffer(): PauseBuffer {
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
