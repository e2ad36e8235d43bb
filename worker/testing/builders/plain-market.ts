/** A market without patterns, as columns by ticker, to be spoilt as a whole: what is wrong with a session shows in all rows at once. */
import { type Columns, columnsOf, type Row } from "../../core/bars/columns.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { makeRandom } from "../chance/random.ts";

/** Sessions of the calendar up to `last`, that day included when it is one; oldest first. */
export function sessionsUntil(last: TradingDay, count: number): readonly TradingDay[] {
  const days: TradingDay[] = [];
  for (let day: number = last; days.length < count; day--) {
    if (calendarDay(tradingDayOf(day)).kind === "session") {
      days.unshift(tradingDayOf(day));
    }
  }
  return days;
}

/** Rows by ticker: every share moves by up to 3 % a day, trades around 100,000 shares, and has base price and value. */
export function plainMarket(days: readonly TradingDay[], tickers: number, seed = 1): Map<string, Row[]> {
  const random = makeRandom(seed);
  return new Map(
    Array.from({ length: tickers }, (_, n) => {
      let close = 5_000 + Math.floor(90_000 * random());
      const rows = days.map((day): Row => {
        const base = close;
        close = Math.round(base * (0.97 + 0.06 * random()));
        const volume = 60_000 + Math.floor(80_000 * random());
        const [low, high] = [Math.min(base, close), Math.max(base, close)];
        return { day, open: base, high, low, close, volume, value: close * volume, shares: 1e7, base };
      });
      return [`${String(n + 1).padStart(5, "0")}0`, rows];
    }),
  );
}

/** The market with its last session changed, ticker by ticker; `null` takes the row out. */
export function withLastSession(
  market: ReadonlyMap<string, readonly Row[]>,
  change: (row: Row, before: Row, n: number) => Row | null,
): Map<string, Row[]> {
  return new Map(
    Array.from(market, ([ticker, rows], n) => {
      const [before, row] = rows.slice(-2);
      const last = before && row ? change(row, before, n) : null;
      return [ticker, [...rows.slice(0, -1), ...(last === null ? [] : [last])]];
    }),
  );
}

/** A row of the same session at `factor` times its prices. */
export function priced(row: Row, factor: number): Row {
  const { open, high, low, close } = row;
  return { ...row, open: open * factor, high: high * factor, low: low * factor, close: close * factor };
}

/** Trading is halted: the close before is carried. */
export function haltedRow(row: Row, before: Row): Row {
  return { ...row, open: 0, high: 0, low: 0, close: before.close, volume: 0, value: 0 };
}

/** The series of a market, as they are stored. */
export function seriesOf(market: ReadonlyMap<string, readonly Row[]>): ReadonlyMap<string, Columns> {
  return new Map(Array.from(market, ([ticker, rows]) => [ticker, columnsOf(rows)]));
}
