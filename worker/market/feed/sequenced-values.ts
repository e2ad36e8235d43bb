/** WS5 for latest values: the one place where prices, indices and states get their sequence. Nothing is stored. */
import { type Fragment, seqOf } from "../../app/ports/live.ts";
import { placeBody } from "../../protocol/messages/server-message.ts";

interface Latest {
  /** What was last said, without its time: a value is said again only when it changed. */
  readonly said: string;
  readonly fragment: Fragment;
}

export class SequencedValues {
  readonly #epoch: string;
  readonly #values = new Map<string, Latest>();
  /** Outlives the values: what somebody holds from before must not be newer than what is said later. */
  readonly #seqs = new Map<string, number>();

  /** `epoch` is drawn at the producer's birth: a new one means "replace". */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /** The message in its place; `null` when `said` is what was said last. `body` is the message without its place. */
  say(topic: string, said: string, body: () => object): Fragment | null {
    if (this.#values.get(topic)?.said === said) {
      return null;
    }
    const place = { epoch: this.#epoch, seq: seqOf((this.#seqs.get(topic) ?? 0) + 1) };
    this.#seqs.set(topic, place.seq);
    const fragment = { topic, ...place, text: placeBody(JSON.stringify(body()), place) };
    this.#values.set(topic, { said, fragment });
    return fragment;
  }

  current(topic: string): Fragment | null {
    return this.#values.get(topic)?.fragment ?? null;
  }

  /** Forgets the values that nobody wants any more. */
  keep(topics: ReadonlySet<string>): void {
    for (const topic of this.#values.keys()) {
      if (!topics.has(topic)) {
        this.#values.delete(topic);
      }
    }
  }
}
