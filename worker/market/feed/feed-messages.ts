/** Quotes, states and runs as messages of the protocol, before they get their numbers, and as REST answers them: the same figures. */
import type { BookEvent, FeedState, FeedStatus, LatestQuotes } from "../../app/ports/live.ts";
import type { Quote } from "../../app/ports/simulated-market.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange, IndexCode } from "../../core/instrument/instrument.ts";
import { changeFrom, formatKst, round2 } from "../../protocol/format.ts";
import {
  encodeFeedStatus,
  type FeedUpdate,
  type IndexUpdate,
  type PriceUpdate,
  type ScanUpdate,
} from "../../protocol/messages/live-update.ts";
import type { IndexQuote, PriceQuote } from "../../protocol/rest/quote.ts";
import type { DatedIndexPrice, View } from "../market-view.ts";

type Unplaced<T> = Omit<T, "epoch" | "seq">;

/** The exchange, source and moment of a value. */
export interface Origin {
  readonly exchange: Exchange;
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly session: FeedStatus["session"];
  /** The feed is out of step with its market: the value may be old. */
  readonly stale: boolean;
}

/** Change and rate are taken against `previous`; the rate in per cent. */
export function priceUpdate(
  ticker: string,
  quote: Quote,
  { source, at, session, stale }: Origin,
): Unplaced<PriceUpdate> {
  return {
    type: "price_update",
    topic: `price:${ticker}`,
    ticker,
    data: {
      price: quote.price,
      ...changeFrom(quote.price, quote.previous),
      volume: quote.volume,
      bid_price: quote.bid,
      ask_price: quote.ask,
      open: quote.open,
      high: quote.high,
      low: quote.low,
      session,
      stale,
      // A simulated market has neither: its messages stay as short as they were.
      ...(quote.via === undefined ? {} : { via: quote.via }),
      ...(quote.isHalted === true ? { halted: true } : {}),
      ...(quote.isInterrupted === true ? { vi: true } : {}),
    },
    timestamp: formatKst(at),
    source,
  };
}

/** As a price, in points. */
export function indexUpdate(
  code: IndexCode,
  quote: DatedIndexPrice,
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
      ...changeFrom(quote.price, quote.previous),
      volume: quote.volume,
    },
    timestamp: formatKst(at),
    source,
  };
}

/** The stage of a scan, or its end. */
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

/** `at` in milliseconds since the epoch; the feed's own clock is in the status. */
export function feedUpdate(status: FeedStatus, at: number): Unplaced<FeedUpdate> {
  return {
    type: "feed_update",
    topic: "feed",
    data: encodeFeedStatus(status),
    timestamp: formatKst(at),
  };
}

/** Of an exchange without a live market. */
export const NO_QUOTES: LatestQuotes = { prices: [], indices: [] };

/** In the other states the last value may be old. */
const FRESH: ReadonlySet<FeedState> = new Set<FeedState>(["live", "closed"]);

/** Quotes of the tickers and indices that the view has a value of; a ticker that is named twice has two quotes. */
export function quotesOf(view: View, tickers: readonly string[], codes: readonly IndexCode[]): LatestQuotes {
  return {
    prices: tickers.flatMap((ticker) => priceOf(view, ticker) ?? []),
    indices: codes.flatMap((code) => indexOf(view, code) ?? []),
  };
}

/** What all values of a view have in common. */
export function originOf({ at, status: { exchange, source, session, state } }: View): Origin {
  return { exchange, source, at, session, stale: state === "stale" };
}

/** A price that nothing has confirmed for so long is shown as old: three turns of prices that are asked for. */
const OLD_MS = 60_000;

/** With the quote's own time, where it has one. */
export function originOfQuote(origin: Origin, { seenAt = origin.at }: Quote): Origin {
  const at = Math.min(seenAt, origin.at);
  return { ...origin, at, stale: origin.stale || origin.at - at > OLD_MS };
}

function priceOf(view: View, ticker: string): PriceQuote | null {
  const quote = view.quote(ticker);
  if (quote === null) {
    return null;
  }
  const origin = originOfQuote(originOf(view), quote);
  const { data, timestamp, source } = priceUpdate(ticker, quote, origin);
  return {
    ticker,
    price: data.price,
    change: data.change,
    change_rate: data.change_rate,
    volume: quote.volume,
    open: data.open,
    high: data.high,
    low: data.low,
    halted: quote.isHalted ?? false,
    ...(quote.via === undefined ? {} : { via: quote.via }),
    ...(quote.isInterrupted === true ? { vi: true } : {}),
    // The feed's clock is in the session of its values.
    as_of: timestamp.slice(0, "2025-06-17".length),
    timestamp,
    stale: origin.stale || !FRESH.has(view.status.state),
    source,
  };
}

function indexOf(view: View, code: IndexCode): IndexQuote | null {
  const quote = view.index(code);
  if (quote === null) {
    return null;
  }
  const { data, timestamp, source } = indexUpdate(code, quote, originOf(view));
  return {
    code,
    index: data.index,
    change: data.change,
    change_rate: data.change_rate,
    volume: quote.volume,
    as_of: formatTradingDay(quote.day),
    timestamp,
    stale: !FRESH.has(view.status.state),
    source,
  };
}
