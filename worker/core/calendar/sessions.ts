/** SE1: which days the exchange was open, read from the data itself. */
import { type TradingDay, tradingDayOf } from "./trading-day.ts";

/** A day with fewer rows than this share of the fullest day is a stray, not a session. */
const MIN_SHARE = 0.1;

/**
 * Ascending days on which an index has a bar, or on which at least a tenth as many tickers as on the fullest day have
 * a row, up to the last day with enough rows: an index that runs ahead of the shares makes no session.
 */
export function sessionsOf(
  rowsByDay: ReadonlyMap<number, number>,
  indexDays: Iterable<number>,
): TradingDay[] {
  const fullest = Math.max(0, ...rowsByDay.values());
  const open = [...rowsByDay].filter(([, rows]) => rows >= MIN_SHARE * fullest).map(([day]) => day);
  const last = open.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const days = new Set(open);
  for (const day of indexDays) {
    if (day <= last) {
      days.add(day);
    }
  }
  return Array.from(days, tradingDayOf).toSorted((a, b) => a - b);
}

/** A session with fewer rows than this share of the one before it has not arrived whole. */
const WHOLE_SHARE = 0.9;

/** SE2: whether a session with so many rows came in part, `before` being those of its neighbour. */
export function isPart(rows: number, before: number): boolean {
  return rows < WHOLE_SHARE * before;
}

/** `rows` of the last session, `before` of the one before it: counts of tickers. */
export interface PartialDay {
  readonly day: TradingDay;
  readonly rows: number;
  readonly before: number;
}

/** SE2: the last session, when it has arrived only in part; `null` when it is whole or the first. */
export function partialDay(rowsByDay: ReadonlyMap<number, number>): PartialDay | null {
  const days = sessionsOf(rowsByDay, []);
  const [before, last] = days.slice(-2);
  if (before === undefined || last === undefined) {
    return null;
  }
  const partial = { day: last, rows: rowsByDay.get(last) ?? 0, before: rowsByDay.get(before) ?? 0 };
  return isPart(partial.rows, partial.before) ? partial : null;
}
