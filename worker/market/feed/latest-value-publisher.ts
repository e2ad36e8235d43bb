/** The next message of a topic of latest values, made of a view of the market when a value changed. */
import type { Fragment } from "../../app/ports/live.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";
import { feedUpdate, indexUpdate, type Origin, priceUpdate, scanUpdate } from "./feed-messages.ts";
import { SequencedValues } from "./sequenced-values.ts";
import type { ScanEvent, View } from "../market-view.ts";

export class LatestValuePublisher {
  readonly #values: SequencedValues;

  constructor(epoch: string) {
    this.#values = new SequencedValues(epoch);
  }

  current(topic: string): Fragment | null {
    return this.#values.current(topic);
  }

  keep(topics: ReadonlySet<string>): void {
    this.#values.keep(topics);
  }

  /** The new message of a topic; `null` when nothing changed since the last one, or there is no value. */
  publish(name: string, view: View, scan: ScanEvent | null = null): Fragment | null {
    const topic = parseTopic(name);
    const { exchange, source, session } = view.status;
    const origin: Origin = { exchange, source, at: view.at, session };
    switch (topic?.kind) {
      case "price": {
        const quote = view.quote(topic.ticker);
        return (
          quote &&
          this.#publish(name, { ...quote, session: origin.session }, () =>
            priceUpdate(topic.ticker, quote, origin),
          )
        );
      }
      case "index": {
        const quote = view.index(topic.code);
        return quote && this.#publish(name, quote, () => indexUpdate(topic.code, quote, origin));
      }
      case "feed":
        return this.#publish(name, { ...view.status, clock: null }, () => feedUpdate(view.status, view.at));
      case "scan":
        return scan && this.#publish(name, { ...scan, at: null }, () => scanUpdate(exchange, scan));
      case "stream":
      case undefined:
        return null;
    }
  }

  #publish(name: string, value: object, body: () => object): Fragment | null {
    return this.#values.publish(name, JSON.stringify(value), body);
  }
}
