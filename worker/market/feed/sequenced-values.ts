/** WS5 for latest values: the one place where prices, indices and states get their sequence numbers. Nothing is stored. */
import { type Fragment, seqOf } from "../../app/ports/live.ts";
import { placeBody } from "../../protocol/messages/server-message.ts";

interface Latest {
  /** The value without its time: only a change of it is published. */
  readonly content: string;
  readonly fragment: Fragment;
}

export class SequencedValues {
  readonly #epoch: string;
  readonly #values = new Map<string, Latest>();
  /** Kept longer than the values: a number that a client holds must not be higher than a later one. */
  readonly #seqs = new Map<string, number>();

  /** `epoch` is drawn at the birth of the producer: a new one makes clients replace what they have. */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /** The message with its place; `null` when `content` equals the last one. `body` is the message without its place. */
  publish(topic: string, content: string, body: () => object): Fragment | null {
    if (this.#values.get(topic)?.content === content) {
      return null;
    }
    const place = { epoch: this.#epoch, seq: seqOf((this.#seqs.get(topic) ?? 0) + 1) };
    this.#seqs.set(topic, place.seq);
    const fragment = { topic, ...place, text: placeBody(JSON.stringify(body()), place) };
    this.#values.set(topic, { content, fragment });
    return fragment;
  }

  current(topic: string): Fragment | null {
    return this.#values.get(topic)?.fragment ?? null;
  }

  /** Forgets the values of all other topics. */
  keep(topics: ReadonlySet<string>): void {
    for (const topic of this.#values.keys()) {
      if (!topics.has(topic)) {
        this.#values.delete(topic);
      }
    }
  }
}
