/** The market at one moment, simulated or at its closes. */
import type { BookEvent, FeedStatus } from "../app/ports/live.ts";
import type { IndexQuote, Quote } from "../app/ports/simulated-market.ts";
import type { IndexCode } from "../core/instrument/instrument.ts";
import type { TradingDay } from "../core/calendar/trading-day.ts";

/** `day`: the session of the value. */
export type DatedIndexQuote = IndexQuote & { readonly day: TradingDay };

export type ScanEvent = Extract<BookEvent, { kind: "scan" }>;

export interface View {
  readonly at: number;
  readonly status: FeedStatus;
  quote(ticker: string): Quote | null;
  index(code: IndexCode): DatedIndexQuote | null;
}
