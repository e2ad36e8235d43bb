/** Rows drawn by hand: straight lines between named bars, so that every swing lies exactly where a test puts it. */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { LAST_DAY } from "./base-builder.ts";

/** A bar and its price. */
export type Knot = readonly [bar: number, price: number];

/** What a bar's volume is, by its number. */
export type VolumeOf = (bar: number) => number;

/** Open, high, low and close are one price: a depth is then the ratio of two knots. The first knot is bar 0. */
export function drawPath(knots: readonly Knot[], volumeOf: VolumeOf = () => 100_000): Row[] {
  const prices: number[] = knots.slice(0, 1).map(([, price]) => price);
  for (const [i, [bar, price]] of knots.entries()) {
    const [fromBar, from] = knots[i - 1] ?? [bar, price];
    assert(i === 0 ? bar === 0 : bar > fromBar, `Knot ${i} lies on bar ${bar}`);
    for (let k = fromBar + 1; k <= bar; k++) {
      prices.push(k === bar ? price : from + ((price - from) * (k - fromBar)) / (bar - fromBar));
    }
  }
  return dated(
    prices.map((price, bar) => ({
      open: price,
      high: price,
      low: price,
      close: price,
      volume: volumeOf(bar),
    })),
  );
}

/** A halted row as KRX publishes it. */
export function haltedAt(close: number): UndatedRow {
  return { open: 0, high: 0, low: 0, close, volume: 0 };
}

export type UndatedRow = Pick<Row, "open" | "high" | "low" | "close" | "volume">;

/** Gives rows their days, one a calendar day, the last one on {@link LAST_DAY}. */
export function dated(rows: readonly UndatedRow[]): Row[] {
  return rows.map(({ open, high, low, close, volume }, i) => ({
    day: tradingDayOf(LAST_DAY - rows.length + 1 + i),
    open,
    high,
    low,
    close,
    volume,
    value: null,
    shares: null,
    base: null,
  }));
}

/** The rows with `count` halted rows after row `after`. */
export function withHalts(rows: readonly Row[], after: number, count: number): Row[] {
  const close = rows[after]?.close;
  assert(close !== undefined, `Row ${after} was asked of ${rows.length}`);
  return dated([
    ...rows.slice(0, after + 1),
    ...Array.from({ length: count }, () => haltedAt(close)),
    ...rows.slice(after + 1),
  ]);
}
