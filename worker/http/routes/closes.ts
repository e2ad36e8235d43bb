/** Quotes made of stored closes, for prices that no running feed has. */
import type { IndexClose } from "../../app/ports/market-book.ts";
import { adjust } from "../../core/bars/adjust.ts";
import { isBar } from "../../core/bars/bar.ts";
import { rowAt } from "../../core/bars/columns.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexQuote, PriceQuote } from "../../protocol/rest/quote.ts";
import { percentOf } from "../../protocol/rounding.ts";

/** `newest`: the book's last session; a quote of an earlier one is stale. */
export function quoteIndex(close: IndexClose, newest: TradingDay | null): IndexQuote {
  return {
    code: close.code,
    index: close.close,
    ...changeFrom(close.close, close.previous),
    volume: close.volume,
    as_of: formatTradingDay(close.day),
    timestamp: null,
    stale: newest !== null && close.day < newest,
    source: "closes",
  };
}

/** The last row of a share, against the adjusted close before it; `null` without rows. */
export function quoteShare(ticker: string, raw: Columns, newest: TradingDay | null): PriceQuote | null {
  const { columns } = adjust(raw);
  const last = columns.day.length - 1;
  if (last < 0) {
    return null;
  }
  const row = rowAt(columns, last);
  const traded = isBar(row);
  return {
    ticker,
    price: row.close,
    ...changeFrom(row.close, columns.close[last - 1] ?? null),
    volume: row.volume,
    open: traded ? row.open : null,
    high: traded ? row.high : null,
    low: traded ? row.low : null,
    halted: !traded,
    as_of: formatTradingDay(row.day),
    timestamp: null,
    stale: newest !== null && row.day < newest,
    source: "closes",
  };
}

function changeFrom(
  close: number,
  previous: number | null,
): { readonly change: number | null; readonly change_rate: number | null } {
  return previous === null || previous === 0
    ? { change: null, change_rate: null }
    : { change: close - previous, change_rate: percentOf(close / previous - 1) };
}
