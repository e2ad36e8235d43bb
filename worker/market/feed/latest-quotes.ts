/** The values of the sockets' messages in the shapes of REST: the same numbers, by the same functions. */
import type { FeedState, LatestQuotes } from "../../app/ports/live.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexQuote, PriceQuote } from "../../protocol/rest/quote.ts";
import type { View } from "../market-view.ts";
import { indexUpdate, type Origin, priceUpdate } from "./feed-messages.ts";

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

function originOf({ at, status: { exchange, source, session } }: View): Origin {
  return { exchange, source, at, session };
}

function priceOf(view: View, ticker: string): PriceQuote | null {
  const quote = view.quote(ticker);
  if (quote === null) {
    return null;
  }
  const { data, timestamp, source } = priceUpdate(ticker, quote, originOf(view));
  return {
    ticker,
    price: data.price,
    change: data.change,
    change_rate: data.change_rate,
    volume: quote.volume,
    open: quote.open,
    high: data.high,
    low: data.low,
    halted: false,
    // The feed's clock is in the session of its values.
    as_of: timestamp.slice(0, "2025-06-17".length),
    timestamp,
    stale: !FRESH.has(view.status.state),
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
