/** A price as cells show it, from REST or from a tick: always saying from when and from whom. */
import type { PriceUpdate } from "../../worker/protocol/messages/live-update.ts";
import type { PriceQuote } from "../../worker/protocol/rest/quote.ts";

/** Changes are against the previous close, `change_rate` in per cent. */
export interface LivePrice extends Readonly<PriceUpdate["data"]> {
  readonly ticker: string;
  /** The instant of a live value; `null` for a stored close. */
  readonly at: string | null;
  /** The session, `2025-06-17`. */
  readonly as_of: string;
  readonly source: string;
}

export function priceOfTick({ ticker, data, timestamp, source }: PriceUpdate): LivePrice {
  return { ...data, ticker, at: timestamp, as_of: timestamp.slice(0, "2025-06-17".length), source };
}

export function priceOfQuote(quote: PriceQuote): LivePrice {
  const {
    ticker,
    price,
    change,
    change_rate,
    volume,
    high,
    low,
    stale,
    as_of,
    timestamp: at,
    source,
  } = quote;
  const book = { bid_price: null, ask_price: null, session: null };
  return { ticker, price, change, change_rate, volume, high, low, stale, ...book, at, as_of, source };
}

/** Whether what REST gives may take the place of a live value: a close of its session or a later one, a live value no older. */
export function mayReplace(
  live: Pick<LivePrice, "at" | "as_of">,
  next: Pick<LivePrice, "at" | "as_of">,
): boolean {
  return live.at === null || next.at === null ? next.as_of >= live.as_of : next.at >= live.at;
}
