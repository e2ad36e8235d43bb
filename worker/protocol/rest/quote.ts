/** Latest values over REST: of an index and of a share, each with its session, moment and source. */
import * as v from "valibot";
import { ExchangeName, Figure, IndexName, KstTime, listOf, SessionDate, WayName } from "../vocabulary.ts";

/** Where a value comes from and how old it is. */
const origin = {
  as_of: SessionDate,
  /** The moment of a live value, on the feed's own clock; `null` for a stored close. */
  timestamp: v.nullable(KstTime),
  /** A close of an older session than the newest of the book, or a value of a feed that stands still. */
  stale: v.boolean(),
  /** `closes`: the last stored session; otherwise the feed, as the sockets name it. */
  source: v.string(),
};

/** Changes are always against the previous close; `null` without one. A market without a feed is not stale for that. */
export const IndexQuote = v.object({
  code: IndexName,
  index: Figure,
  change: v.nullable(Figure),
  /** In per cent. */
  change_rate: v.nullable(Figure),
  volume: Figure,
  ...origin,
});
export type IndexQuote = v.InferOutput<typeof IndexQuote>;

/** `open`, `high`, `low` are `null` on a day without trading; the price is then the close carried. */
export const PriceQuote = v.object({
  ticker: v.string(),
  price: Figure,
  change: v.nullable(Figure),
  change_rate: v.nullable(Figure),
  volume: Figure,
  open: v.nullable(Figure),
  high: v.nullable(Figure),
  low: v.nullable(Figure),
  halted: v.boolean(),
  /** In a session of a real exchange: trade by trade, or asked for by turns. */
  via: v.exactOptional(WayName),
  /** A volatility interruption gathers orders: the price is the last one that was paid. */
  vi: v.exactOptional(v.boolean()),
  ...origin,
});
export type PriceQuote = v.InferOutput<typeof PriceQuote>;

/** Every index of the exchange, live or by its last close. */
export const IndicesBody = v.object({
  exchange: ExchangeName,
  indices: listOf(IndexQuote),
  generated_at: KstTime,
});
export type IndicesBody = v.InferOutput<typeof IndicesBody>;

/** Prices by ticker, in won. */
export const PricesBody = v.object({
  exchange: ExchangeName,
  prices: v.record(v.string(), PriceQuote),
  /** Tickers asked for of which this exchange has no bars. */
  missing: listOf(v.string()),
  generated_at: KstTime,
});
export type PricesBody = v.InferOutput<typeof PricesBody>;
