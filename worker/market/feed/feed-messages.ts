/** Quotes, states and runs as messages of the protocol, before the feed gives them an epoch and a sequence number. */
import type { BookEvent, FeedStatus } from "../../app/ports/live.ts";
import type { Quote } from "../../app/ports/simulated-market.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import {
  encodeFeedStatus,
  type FeedUpdate,
  type IndexUpdate,
  type PriceUpdate,
  type ScanUpdate,
} from "../../protocol/messages/live-update.ts";
import { formatKst } from "../../protocol/format.ts";
import type { DatedIndexQuote } from "../market-view.ts";

type Unplaced<T> = Omit<T, "epoch" | "seq">;

/** The exchange, source and moment of a value. */
export interface Origin {
  readonly exchange: Exchange;
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly session: FeedStatus["session"];
}

function round2(x: number): number {
  return Math.round(x * 100) / 100;
}

/** Change against the previous close, in per cent; `null` without one. */
function rateOf(price: number, previous: number): number | null {
  return previous > 0 ? round2(100 * (price / previous - 1)) : null;
}

export function priceUpdate(
  ticker: string,
  quote: Quote,
  { source, at, session }: Origin,
): Unplaced<PriceUpdate> {
  return {
    type: "price_update",
    topic: `price:${ticker}`,
    ticker,
    data: {
      price: quote.price,
      change: quote.price - quote.previous,
      change_rate: rateOf(quote.price, quote.previous),
      volume: quote.volume,
      bid_price: quote.bid,
      ask_price: quote.ask,
      high: quote.high,
      low: quote.low,
      session,
      stale: false,
    },
    timestamp: formatKst(at),
    source,
  };
}

export function indexUpdate(
  code: IndexCode,
  quote: DatedIndexQuote,
  { exchange, source, at }: Origin,
): Unplaced<IndexUpdate> {
  return {
    type: "index_update",
    topic: `index:${code}`,
    exchange,
    code,
    name: code === "KOSPI" ? "코스피" : "코스닥",
    as_of: formatTradingDay(quote.day),
    data: {
      index: round2(quote.price),
      change: round2(quote.price - quote.previous),
      change_rate: rateOf(quote.price, quote.previous),
      volume: quote.volume,
    },
    timestamp: formatKst(at),
    source,
  };
}

export function scanUpdate(
  exchange: Exchange,
  { at, progress, ended }: Extract<BookEvent, { kind: "scan" }>,
): Unplaced<ScanUpdate> {
  const { runId, stage, done, total } = progress;
  return {
    type: "scan_update",
    topic: "scan",
    exchange,
    data: {
      run_id: runId,
      stage,
      done,
      total,
      ended: ended && {
        run_id: ended.runId,
        status: ended.status,
        saved: ended.saved,
        // The further lines of a failure may hold a whole SQL statement.
        reason: ended.reason?.split("\n", 1)[0] ?? null,
      },
    },
    timestamp: formatKst(at),
  };
}

export function feedUpdate(status: FeedStatus, at: number): Unplaced<FeedUpdate> {
  return {
    type: "feed_update",
    topic: "feed",
    data: encodeFeedStatus(status),
    timestamp: formatKst(at),
  };
}
