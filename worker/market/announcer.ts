/** What is said on a topic of latest values, from whatever the feed can see at the moment. */
import type { FeedStatus, Fragment } from "../app/ports/live.ts";
import type { IndexQuote, Quote } from "../app/ports/live-market.ts";
import type { IndexCode } from "../core/gate.ts";
import { parseTopic } from "../protocol/topic.ts";
import { feedUpdate, indexUpdate, type Origin, priceUpdate } from "./feed-messages.ts";
import { LatestValues } from "./latest-values.ts";

/** The market at one moment. */
export interface View {
  readonly at: number;
  readonly status: FeedStatus;
  quote(ticker: string): Quote | null;
  index(code: IndexCode): IndexQuote | null;
}

export class Announcer {
  readonly #values: LatestValues;

  constructor(epoch: string) {
    this.#values = new LatestValues(epoch);
  }

  current(topic: string): Fragment | null {
    return this.#values.current(topic);
  }

  keep(topics: ReadonlySet<string>): void {
    this.#values.keep(topics);
  }

  /** The new message of a topic; `null` when nothing changed since the last one, or nothing is known. */
  say(name: string, view: View): Fragment | null {
    const topic = parseTopic(name);
    const origin: Origin = { source: view.status.source, at: view.at, session: view.status.session };
    switch (topic?.kind) {
      case "price": {
        const quote = view.quote(topic.ticker);
        return (
          quote &&
          this.#say(name, { ...quote, session: origin.session }, () =>
            priceUpdate(topic.ticker, quote, origin),
          )
        );
      }
      case "index": {
        const quote = view.index(topic.code);
        return quote && this.#say(name, quote, () => indexUpdate(topic.code, quote, origin));
      }
      case "feed":
        return this.#say(name, { ...view.status, clock: null }, () => feedUpdate(view.status, view.at));
      case "scan":
      case "stream":
      case undefined:
        return null;
    }
  }

  #say(name: string, value: object, body: () => object): Fragment | null {
    return this.#values.say(name, JSON.stringify(value), body);
  }
}
