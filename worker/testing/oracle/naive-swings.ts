/**
 * A second implementation of SW, written from the text of SPEC.md alone and as literally as it reads: arrays of objects,
 * and every extreme searched anew. Tests compare the kernels in core/ with it.
 */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";

export interface NaiveBar {
  readonly day: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface PlacedBar extends NaiveBar {
  /** Its place among the raw rows; a gap to the bar before is a halt. */
  readonly row: number;
}

export interface NaiveSwing {
  readonly kind: "high" | "low";
  readonly bar: number;
  readonly price: number;
  /** `null`: the last, provisional extreme (SW4). */
  readonly confirmedAt: number | null;
}

/** An element that must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  assert(item !== undefined, `Element ${index} was asked of ${list.length}`);
  return item;
}

/** BR1: whether the row is a bar and not a halt. */
export function isTraded(row: Row): boolean {
  return row.volume > 0 && row.high > 0;
}

/** BR1: the rows that traded, oldest first. */
export function naiveBars(rows: readonly Row[]): PlacedBar[] {
  return rows.flatMap((row, i) =>
    isTraded(row)
      ? [{ day: row.day, high: row.high, low: row.low, close: row.close, volume: row.volume, row: i }]
      : [],
  );
}

/** SW1: A_k of every bar. */
export function naiveRange(bars: readonly NaiveBar[]): number[] {
  const trueRange = bars.map((bar, k) => {
    const before = at(bars, Math.max(0, k - 1)).close;
    return Math.max(bar.high - bar.low, Math.abs(bar.high - before), Math.abs(bar.low - before)) / before;
  });
  const range: number[] = [];
  for (const [k, now] of trueRange.entries()) {
    if (k < 20) {
      range.push(trueRange.slice(0, k + 1).reduce((sum, x) => sum + x, 0) / (k + 1));
    } else {
      const before = at(range, k - 1);
      range.push(before + (now - before) / 20);
    }
  }
  return range;
}

/** The first bar with the highest high among bars `from` to `to`, both included. */
function highest(bars: readonly NaiveBar[], from: number, to: number): number {
  const highs = bars.slice(from, to + 1).map((bar) => bar.high);
  return from + highs.indexOf(Math.max(...highs));
}

function lowest(bars: readonly NaiveBar[], from: number, to: number): number {
  const lows = bars.slice(from, to + 1).map((bar) => bar.low);
  return from + lows.indexOf(Math.min(...lows));
}

/**
 * The bar of the swing high that bar `k` confirms, when the leg's extreme is searched from bar `from` on; `null` when it
 * confirms none. A bar above the extreme extends it and does nothing else.
 */
function confirmedHigh(bars: readonly NaiveBar[], from: number, k: number, threshold: number): number | null {
  if (k <= from) {
    return null;
  }
  const extreme = highest(bars, from, k - 1);
  const { high, low } = at(bars, k);
  const extending = high > at(bars, extreme).high;
  return !extending && low <= at(bars, extreme).high * (1 - threshold) ? extreme : null;
}

function confirmedLow(bars: readonly NaiveBar[], from: number, k: number, threshold: number): number | null {
  if (k <= from) {
    return null;
  }
  const extreme = lowest(bars, from, k - 1);
  const { high, low } = at(bars, k);
  const extending = low < at(bars, extreme).low;
  return !extending && high >= at(bars, extreme).low * (1 + threshold) ? extreme : null;
}

/** SW2, SW4: the swings at one scale, the provisional extreme last; empty while no direction is known. */
export function naiveSwings(
  bars: readonly NaiveBar[],
  scale: number,
  range: readonly number[] = naiveRange(bars),
): NaiveSwing[] {
  const swings: NaiveSwing[] = [];
  for (let k = 0; k < bars.length; k++) {
    const threshold = Math.min(
      PARAMS.swing.maxThreshold,
      Math.max(PARAMS.swing.minThreshold, scale * at(range, k)),
    );
    const last = swings.at(-1);
    const from = last === undefined ? 0 : last.bar + 1;
    const high = last?.kind === "high" ? null : confirmedHigh(bars, from, k, threshold);
    const low = last?.kind === "low" ? null : confirmedLow(bars, from, k, threshold);
    if (high !== null) {
      swings.push({ kind: "high", bar: high, price: at(bars, high).high, confirmedAt: k });
    } else if (low !== null) {
      swings.push({ kind: "low", bar: low, price: at(bars, low).low, confirmedAt: k });
    }
  }
  const last = swings.at(-1);
  if (last !== undefined) {
    const end = bars.length - 1;
    const bar = last.kind === "high" ? lowest(bars, last.bar + 1, end) : highest(bars, last.bar + 1, end);
    const kind = last.kind === "high" ? "low" : "high";
    const { high, low } = at(bars, bar);
    swings.push({ kind, bar, price: kind === "high" ? high : low, confirmedAt: null });
  }
  return swings;
}
