/** Latest values over REST: of an index and of a share, each saying from which session and source it comes. */
import * as v from "valibot";
import { ExchangeName, Figure, IndexName, KstTime, listOf, SessionDate } from "./vocabulary.ts";

/** `closes`: the last stored session, no live feed. */
const Source = v.picklist(["closes"]);

/** Changes are always against the previous close; `null` without one. */
export const IndexQuote = v.object({
  code: IndexName,
  index: Figure,
  change: v.nullable(Figure),
  /** In per cent. */
  change_rate: v.nullable(Figure),
  volume: Figure,
  as_of: SessionDate,
  /** An older session than the newest of the book. A market without a feed is not stale for that. */
  stale: v.boolean(),
  source: Source,
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
  as_of: SessionDate,
  stale: v.boolean(),
  source: Source,
});
export type PriceQuote = v.InferOutput<typeof PriceQuote>;

export const IndicesBody = v.object({
  exchange: ExchangeName,
  indices: listOf(IndexQuote),
  generated_at: KstTime,
});
export type IndicesBody = v.InferOutput<typeof IndicesBody>;

export const PricesBody = v.object({
  exchange: ExchangeName,
  prices: v.record(v.string(), PriceQuote),
  /** Tickers asked for of which this exchange has no bars. */
  missing: listOf(v.string()),
  generated_at: KstTime,
});
export type PricesBody = v.InferOutput<typeof PricesBody>;
