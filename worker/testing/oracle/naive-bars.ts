/**
 * What a second implementation of the detector reads from rows, written from the text of SPEC.md alone: arrays of objects,
 * and every extreme searched anew. Nothing below is shared with worker/core but types and parameters.
 */
import type { Row } from "../../core/bars/columns.ts";

export interface NaiveBar {
  readonly day: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  /** Its place among the raw rows; a gap to the bar before is a halt. */
  readonly row: number;
}

/** An element that must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) {
    throw new RangeError(`Element ${index} was asked of ${list.length}`);
  }
  return item;
}

/** BR1: whether the row is a bar and not a halt. */
export function isTraded(row: Row): boolean {
  return row.volume > 0 && row.high > 0;
}

/** BR1: the rows that traded, oldest first. */
export function naiveBars(rows: readonly Row[]): NaiveBar[] {
  return rows.flatMap((row, i) =>
    isTraded(row)
      ? [{ day: row.day, high: row.high, low: row.low, close: row.close, volume: row.volume, row: i }]
      : [],
  );
}

export const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

/** The mean of the two middle values when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (at(sorted, Math.ceil(half + 0.5) - 1) + at(sorted, Math.ceil(half) - 1)) / 2;
}

/** A series is asked for its ranges by every reading. */
const RANGES = new WeakMap<readonly NaiveBar[], readonly number[]>();

/** SW1: TR% of every bar. */
export function naiveRanges(bars: readonly NaiveBar[]): readonly number[] {
  const known = RANGES.get(bars);
  if (known !== undefined) {
    return known;
  }
  const ranges = bars.map((bar, k) => {
    const before = at(bars, Math.max(0, k - 1)).close;
    return Math.max(bar.high - bar.low, Math.abs(bar.high - before), Math.abs(bar.low - before)) / before;
  });
  RANGES.set(bars, ranges);
  return ranges;
}

/** Bars `from` (or the first) to `to`, both included. */
export function between<T>(list: readonly T[], from: number, to: number): readonly T[] {
  return list.slice(Math.max(0, from), to + 1);
}

/** The last `n` values that end at `to`, or all there are. */
export function lastOf<T>(list: readonly T[], n: number, to: number): readonly T[] {
  return between(list, to - n + 1, to);
}

export function highestHigh(bars: readonly NaiveBar[], from: number, to: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = Math.max(0, from); k <= to; k++) {
    highest = Math.max(highest, at(bars, k).high);
  }
  return highest;
}

export function lowestLow(bars: readonly NaiveBar[], from: number, to: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let k = Math.max(0, from); k <= to; k++) {
    lowest = Math.min(lowest, at(bars, k).low);
  }
  return lowest;
}
