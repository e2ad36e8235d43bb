/** The market at one moment, simulated or at its closes. */
import type { Clock } from "../app/ports/clock.ts";
import type { BookEvent, FeedStatus } from "../app/ports/live.ts";
import type { IndexClose, LiveBookPort } from "../app/ports/market-book.ts";
import type { IndexPrice, Quote } from "../app/ports/simulated-market.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";
import type { Exchange, IndexCode } from "../core/instrument/instrument.ts";

/** `day`: the session of the value. */
export type DatedIndexPrice = IndexPrice & { readonly day: TradingDay };

/** The event of a book that a view shows as the state of the scan. */
export type ScanEvent = Extract<BookEvent, { kind: "scan" }>;

/** What a feed publishes from; `at` in milliseconds since the epoch. */
export interface View {
  readonly at: number;
  readonly status: FeedStatus;
  quote(ticker: string): Quote | null;
  index(code: IndexCode): DatedIndexPrice | null;
}

/** The view of an exchange without a live feed: the last closes of its indices, in the state `none`, never `stale`. */
export class ClosingView {
  readonly #exchangeOf: () => Exchange;
  readonly #book: () => Pick<LiveBookPort, "indexCloses">;
  readonly #clock: Clock;

  constructor(exchangeOf: () => Exchange, book: () => Pick<LiveBookPort, "indexCloses">, clock: Clock) {
    this.#exchangeOf = exchangeOf;
    this.#book = book;
    this.#clock = clock;
  }

  async view(): Promise<View> {
    const closes = await this.#book().indexCloses();
    return {
      at: this.#clock.now(),
      status: {
        exchange: this.#exchangeOf(),
        state: "none",
        source: "closes",
        clock: null,
        session: null,
        tickers: 0,
      },
      quote: () => null,
      index: (code) => datedPriceOf(closes.find((close) => close.code === code)),
    };
  }
}

/** `null` without a close before it. */
export function datedPriceOf(close: IndexClose | undefined): DatedIndexPrice | null {
  return close === undefined || close.previous === null
    ? null
    : { price: close.close, previous: close.previous, volume: close.volume, day: close.day };
}
