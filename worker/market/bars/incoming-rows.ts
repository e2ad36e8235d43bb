/** BK10: the check of a chunk before its transaction, and the counts after it. Values were checked when the file was read (BR2). */
import type { StoredRows, TickerColumns } from "../../app/ports/market-book.ts";
import { assert } from "../../core/assert.ts";
import { OPTIONAL_FIELDS, REQUIRED_FIELDS } from "../../core/bars/columns.ts";
import type { Rebase } from "../../core/session/rebase-of.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";

/** Asserts: each ticker once, columns of one length, days whole and strictly rising. Returns the last day; `null` without rows. */
export function assertHistory(chunk: readonly TickerColumns[]): TradingDay | null {
  const seen = new Set<string>();
  let last = Number.NEGATIVE_INFINITY;
  for (const { ticker, columns } of chunk) {
    assert(!seen.has(ticker), `${ticker} stands twice in one chunk`);
    seen.add(ticker);
    const rows = columns.day.length;
    for (const field of [...REQUIRED_FIELDS, ...OPTIONAL_FIELDS]) {
      assert(
        (columns[field]?.length ?? rows) === rows,
        `${ticker} has another number of ${field} than of days`,
      );
    }
    const falling = columns.day.findIndex(
      (day, k) => tradingDayOf(day) <= (columns.day[k - 1] ?? Number.NEGATIVE_INFINITY),
    );
    assert(falling < 0, `The days of ${ticker} do not rise at row ${falling}`);
    last = Math.max(last, columns.day.at(-1) ?? last);
  }
  return last === Number.NEGATIVE_INFINITY ? null : tradingDayOf(last);
}

/** Asserts also: one row a ticker, all of one day. Returns that day; `null` without rows. */
export function assertOneDay(chunk: readonly TickerColumns[]): TradingDay | null {
  const day = assertHistory(chunk);
  for (const { ticker, columns } of chunk) {
    assert(columns.day.length === 1 && columns.day[0] === day, `${ticker} is not one row of the closed day`);
  }
  return day;
}

/** The report of a merge, with the days that the count of sessions must learn. */
export interface MergedRows extends StoredRows {
  /** How many of the added rows are of which day. */
  readonly addedByDay: ReadonlyMap<TradingDay, number>;
  /** DY5: the tickers whose closes were replaced by a constant factor. */
  readonly rebased: ReadonlyMap<string, Rebase>;
  /** The days of the replaced rows. */
  readonly correctedDays: ReadonlySet<TradingDay>;
}

/** The sum before the first ticker. */
export const NOTHING_MERGED: MergedRows = {
  added: 0,
  replaced: 0,
  unchanged: 0,
  addedByDay: new Map(),
  rebased: new Map(),
  correctedDays: new Set(),
};
