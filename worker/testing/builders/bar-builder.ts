/** Bars written by hand, so that a test of one rule writes one number and nothing else. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";

/** Day of the first bar; day counts go up from here, one a bar. 20,000 is 2024-10-04. */
const FIRST_DAY = 20_000;

export function barDay(k: number): TradingDay {
  return tradingDayOf(FIRST_DAY + k);
}

/** A quiet bar at 10,000 won; a given close moves the other prices with it. */
export function barAt(k: number, rest: Partial<Row> = {}): Row {
  const close = rest.close ?? 10_000;
  const prices = { open: close, high: close, low: close, close };
  return { day: barDay(k), ...prices, volume: 200_000, value: null, shares: null, base: null, ...rest };
}

/** A row without trade, as KRX publishes it. */
export function haltAt(k: number, close = 10_000): Row {
  return barAt(k, { open: 0, high: 0, low: 0, close, volume: 0 });
}

/** `count` bars; `shape` gives what differs at k. */
export function barsOf(count: number, shape: (k: number) => Partial<Row> = () => ({})): Row[] {
  return Array.from({ length: count }, (_, k) => barAt(k, shape(k)));
}

export function timeOf(rows: readonly Row[]): PatternTime {
  const bars = new PatternTime();
  bars.load(columnsOf(rows));
  return bars;
}
