/** What is true of every stream: recorded when a Topic carries a call out, whether or not its answer ever arrives. */
import type { PositionText } from "../../protocol/messages/client-message.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Published } from "./world/simulated-market.ts";
import { type StreamBody, StreamState } from "./stream-state.ts";

interface Epoch {
  /** `null` until a message or a switch names it. */
  exchange: Exchange | null;
  readonly state: StreamState;
  /** By seq; 0 is what the epoch began with. */
  readonly texts: string[];
  readonly places: Map<string, number>;
}

export class Oracle {
  readonly #epochs = new Map<string, Epoch>();
  readonly #current = new Map<string, string>();
  readonly #lives = new Map<string, number>();

  /** Records an epoch; one that is known stays as it is. */
  began(
    topic: string,
    { epoch }: PositionText,
    exchange: Exchange | null = null,
    body: StreamBody | null = null,
  ): void {
    if (this.#epochs.has(epoch)) {
      return;
    }
    const state = new StreamState();
    if (body !== null) {
      state.apply(body);
    }
    this.#epochs.set(epoch, { exchange, state, texts: [state.text], places: new Map() });
    this.#current.set(topic, epoch);
    this.#lives.set(topic, (this.#lives.get(topic) ?? 0) + 1);
  }

  /** How many epochs the stream has had. */
  epochs(topic: string): number {
    return this.#lives.get(topic) ?? 0;
  }

  /** Returns what is wrong about the place that a message got; `null`: nothing is. */
  published({ topic, id, exchange, body }: Published, at: PositionText): string | null {
    this.began(topic, at);
    const { epoch, seq } = at;
    const known = this.#epochs.get(epoch);
    assert(known, "It has begun");
    known.exchange ??= exchange;
    if (known.exchange !== exchange) {
      return null;
    }
    const first = known.places.get(id);
    if (first !== undefined) {
      return first === seq ? null : `[TP2] ${id} got ${seq} after ${first}`;
    }
    if (seq !== known.texts.length) {
      return `[WS5] ${id} of ${topic} got ${seq} after ${known.texts.length - 1}`;
    }
    known.places.set(id, seq);
    known.state.apply(body);
    known.texts.push(known.state.text);
    return null;
  }

  /** The stream's store is lost: nothing is known of it. */
  forget(topic: string): void {
    this.#current.delete(topic);
  }

  /** `null`: there was no such place. */
  textAt({ epoch, seq }: PositionText): string | null {
    return this.#epochs.get(epoch)?.texts[seq] ?? null;
  }

  /** `null` before anything is known of the stream. */
  position(topic: string): PositionText | null {
    const epoch = this.#current.get(topic);
    return epoch === undefined ? null : { epoch, seq: (this.#epochs.get(epoch)?.texts.length ?? 1) - 1 };
  }
}
