/**
 * Which tickers have a price topic (WS3g). Well formed tickers can be invented by the million, and each would be a topic that
 * this gateway and the feed carry. A ticker is known when the book of its own exchange has it, whichever exchange is active,
 * so that a switch refuses nobody. Lost with the object and learnt again.
 */
import { type Log, logFailure } from "../../app/ports/log.ts";
import { exchangeOf } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { within } from "../../platform/within.ts";
import { PRICE_TOPIC } from "../../protocol/messages/topic.ts";

/** A feed that is silent for longer is out of reach, and nothing is refused. */
const PATIENCE_MS = 2_000;
/** A ticker that is not in a list of this age may be a new listing: the list is asked for again, and not more often. */
const LIST_MS = 10_000;

export interface KnownTickersDeps {
  readonly log: Log;
  now(): number;
  /** Every ticker of the exchange's book; `null` while its market is not ready. */
  tickers(exchange: Exchange): Promise<readonly string[] | null>;
}

/** The topic of the price of each ticker; `null`: the exchange has no list, and nothing of it is refused. */
interface List {
  readonly topics: ReadonlySet<string> | null;
  readonly at: number;
}

export class KnownTickers {
  readonly #deps: KnownTickersDeps;
  readonly #lists = new Map<Exchange, List>();
  readonly #asking = new Map<Exchange, Promise<void>>();

  constructor(deps: KnownTickersDeps) {
    this.#deps = deps;
  }

  /** Whether there is such a topic, in its canonical form; `null`: {@link KnownTickers.learn} has to be called first. */
  has(topic: string): boolean | null {
    const exchange = exchangeOfPrice(topic);
    if (exchange === null) {
      return true;
    }
    const list = this.#lists.get(exchange);
    if (list?.topics?.has(topic) === true) {
      return true;
    }
    if (list === undefined || this.#deps.now() - list.at >= LIST_MS) {
      return null;
    }
    return list.topics === null;
  }

  /** Asks for the list of each exchange that the topics are of. Never rejects: without a list nothing is refused. */
  async learn(topics: Iterable<string>): Promise<void> {
    const exchanges = new Set<Exchange>();
    for (const topic of topics) {
      const exchange = exchangeOfPrice(topic);
      if (exchange !== null) {
        exchanges.add(exchange);
      }
    }
    await Promise.all(Array.from(exchanges, (exchange) => this.#ask(exchange)));
  }

  /** One question at a time for each exchange, whoever waits for it. */
  #ask(exchange: Exchange): Promise<void> {
    const asking =
      this.#asking.get(exchange) ??
      this.#askOnce(exchange).finally(() => {
        this.#asking.delete(exchange);
      });
    this.#asking.set(exchange, asking);
    return asking;
  }

  async #askOnce(exchange: Exchange): Promise<void> {
    let tickers: readonly string[] | null = null;
    try {
      tickers = await within(PATIENCE_MS, "MarketFeed", this.#deps.tickers(exchange));
    } catch (error) {
      logFailure(this.#deps.log, "tickers_not_asked", error, { exchange });
    }
    const topics = tickers && new Set(tickers.map((ticker) => `${PRICE_TOPIC}${ticker}`));
    this.#lists.set(exchange, { topics, at: this.#deps.now() });
  }
}

/** Of a topic in its canonical form; `null` for one that is no price. */
function exchangeOfPrice(topic: string): Exchange | null {
  return topic.startsWith(PRICE_TOPIC) ? exchangeOf(topic.slice(PRICE_TOPIC.length)) : null;
}
