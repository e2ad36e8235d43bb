/** WS5 for latest values: the one place where prices, indices and states get their sequence. Nothing is stored. */
import type { Fragment } from "../app/ports/live.ts";
import { placeBody } from "../protocol/server-message.ts";

interface Latest {
  /** What was last said, without its time: a value is said again only when it changed. */
  readonly said: string;
  readonly fragment: Fragment;
}

export class LatestValues {
  readonly #epoch: string;
  readonly #values = new Map<string, Latest>();

  /** `epoch` is drawn at the producer's birth: a new one means "replace". */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /** The message in its place; `null` when `said` is what was said last. `body` is the message without its place. */
  say(topic: string, said: string, body: () => object): Fragment | null {
    const last = this.#values.get(topic);
    if (last?.said === said) {
      return null;
    }
    const place = { epoch: this.#epoch, seq: (last?.fragment.seq ?? 0) + 1 };
    const fragment = { topic, ...place, text: placeBody(JSON.stringify(body()), place) };
    this.#values.set(topic, { said, fragment });
    return fragment;
  }

  current(topic: string): Fragment | null {
    return this.#values.get(topic)?.fragment ?? null;
  }

  /** Forgets what nobody wants any more. */
  keep(topics: ReadonlySet<string>): void {
    for (const topic of this.#values.keys()) {
      if (!topics.has(topic)) {
        this.#values.delete(topic);
      }
    }
  }
}
