/** Rows for property tests: few values and few days, so that overlaps, corrections and equal rows are common. */
import * as fc from "fast-check";
import type { Row } from "../../core/bars/columns.ts";
import { tradingDayOf, type TradingDay } from "../../core/calendar/trading-day.ts";

const number = fc.constantFrom(0, 1, 2, 1_500.5);
const optional = fc.constantFrom(null, 0, 7);

/** One row of the given day; halted rows and missing optional fields included. */
export function arbitraryRow(day: TradingDay): fc.Arbitrary<Row> {
  return fc.record({
    day: fc.constant(day),
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    value: optional,
    shares: optional,
    base: optional,
  });
}

/** Rows on some of the days `from` to `to`, both included, oldest first. */
export function arbitraryRows(from: number, to: number): fc.Arbitrary<readonly Row[]> {
  return fc
    .subarray(Array.from({ length: to - from + 1 }, (_, k) => tradingDayOf(from + k)))
    .chain((days) => fc.tuple(...days.map((day) => arbitraryRow(day))));
}
