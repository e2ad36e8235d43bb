/** A price as cells show it, from the stored close or from a tick: always saying from when and from whom. */
import type { PriceUpdate } from "../../worker/protocol/live-update.ts";
import type { PriceQuote } from "../../worker/protocol/quote.ts";

/** Changes are against the previous close, `change_rate` in per cent. */
export interface LivePrice extends Readonly<PriceUpdate["data"]> {
  readonly ticker: string;
  /** The instant of a tick; `null` for a stored close. */
  readonly at: string | null;
  /** The session, `2025-06-17`. */
  readonly as_of: string;
  readonly source: string;
}

export function priceOfTick({ ticker, data, timestamp, source }: PriceUpdate): LivePrice {
  return { ...data, ticker, at: timestamp, as_of: timestamp.slice(0, "2025-06-17".length), source };
}

export function priceOfClose(quote: PriceQuote): LivePrice {
  const { ticker, price, change, change_rate, volume, high, low, stale, as_of, source } = quote;
  const book = { bid_price: null, ask_price: null, session: null };
  return { ticker, price, change, change_rate, volume, high, low, stale, ...book, at: null, as_of, source };
}
