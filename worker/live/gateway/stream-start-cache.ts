/**
 * Recent answers of Topics that are still true, because a Topic sends everything after its answer and nothing has come since.
 * After a restart a thousand sockets return to one place, and the answer to the first serves them all.
 */
import type { StreamStart } from "../../app/ports/live.ts";

/** A Topic whose storage was restored does not know this gateway and sends nothing: it is asked again after this time. */
const KEPT_MS = 30_000;
/** Sockets that were away for different times stand at different places; answers for more places than this are dropped. */
const KEPT_STARTS = 8;

interface Kept {
  readonly topic: string;
  readonly start: StreamStart;
  readonly at: number;
}

/** `key` names a topic and a place in it; `at` in milliseconds since the epoch. */
export class StreamStartCache {
  readonly #kept = new Map<string, Kept>();

  find(key: string, at: number): StreamStart | null {
    const kept = this.#kept.get(key);
    return kept !== undefined && at - kept.at < KEPT_MS ? kept.start : null;
  }

  keep(key: string, topic: string, start: StreamStart, at: number): void {
    this.#kept.delete(key);
    this.#kept.set(key, { topic, start, at });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_STARTS && oldest !== undefined) {
      this.#kept.delete(oldest);
    }
  }

  /** To be called when something came of these topics, wanted or not. */
  forget(topics: ReadonlySet<string>): void {
    for (const [key, { topic }] of this.#kept) {
      if (topics.has(topic)) {
        this.#kept.delete(key);
      }
    }
  }
}
