/** The next message of a topic of latest values, made of a view of the market when a value changed, with its number (WS5). */
import { type Fragment, seqOf } from "../../app/ports/live.ts";
import { placeBody } from "../../protocol/messages/server-message.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";
import type { ScanEvent, View } from "../market-view.ts";
import {
  feedUpdate,
  indexUpdate,
  originOf,
  originOfQuote,
  priceUpdate,
  scanUpdate,
} from "./feed-messages.ts";

interface Latest {
  /** The value without its time: only a change of it is published. */
  readonly content: string;
  readonly fragment: Fragment;
}

/** WS5: the one place where prices, indices and states get their numbers. Nothing is stored. */
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
  keep(topics: Pick<ReadonlySet<string>, "has">): void {
    for (const topic of this.#values.keys()) {
      if (!topics.has(topic)) {
        this.#values.delete(topic);
      }
    }
  }
}

/** The one place that numbers latest values; a feed that was born anew begins a new epoch. */
export class LatestValuePublisher {
  readonly #values: SequencedValues;

  constructor(epoch: string) {
    this.#values = new SequencedValues(epoch);
  }

  current(topic: string): Fragment | null {
    return this.#values.current(topic);
  }

  keep(topics: Pick<ReadonlySet<string>, "has">): void {
    this.#values.keep(topics);
  }

  /** The new message of a topic; `null` when nothing changed since the last one, or there is no value. */
  publish(name: string, view: View, scan: ScanEvent | null = null): Fragment | null {
    const topic = parseTopic(name);
    const origin = originOf(view);
    switch (topic?.kind) {
      case "price": {
        const quote = view.quote(topic.ticker);
        if (quote === null) {
          return null;
        }
        const own = originOfQuote(origin, quote);
        return this.#publish(name, { ...quote, seenAt: null, session: own.session, stale: own.stale }, () =>
          priceUpdate(topic.ticker, quote, own),
        );
      }
      case "index": {
        const quote = view.index(topic.code);
        return quote && this.#publish(name, quote, () => indexUpdate(topic.code, quote, origin));
      }
      case "feed":
        return this.#publish(name, { ...view.status, clock: null }, () => feedUpdate(view.status, view.at));
      case "scan":
        return scan && this.#publish(name, { ...scan, at: null }, () => scanUpdate(origin.exchange, scan));
      case "stream":
      case undefined:
        return null;
    }
  }

  #publish(name: string, value: object, body: () => object): Fragment | null {
    return this.#values.publish(name, JSON.stringify(value), body);
  }
}
