/** Collects rows one by one into columns: a row as an object would be garbage a million times. */
import { assert } from "../../core/assert.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { withoutEmpty } from "../../core/bars/take-rows.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { DraftRow } from "./draft-row.ts";

/** `count` empty rows, every field present. */
export function emptyColumns(count: number): Columns {
  const column = (): Float64Array => new Float64Array(count);
  return {
    day: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    value: column(),
    shares: column(),
    base: column(),
    origin: column(),
  };
}

/** Copies a finished row to place `k`. */
export function putRow(columns: Columns, k: number, day: TradingDay, row: DraftRow): void {
  const { value, shares, base } = columns;
  assert(value !== null && shares !== null && base !== null, "Rows are collected with every field");
  columns.day[k] = day;
  columns.open[k] = row.open;
  columns.high[k] = row.high;
  columns.low[k] = row.low;
  columns.close[k] = row.close;
  columns.volume[k] = row.volume;
  value[k] = row.value;
  shares[k] = row.shares;
  base[k] = row.base;
}

/** The first `n` rows, in memory of their own; an optional field without a value becomes `null`. */
export function firstRows(columns: Columns, n: number): Columns {
  const { value, shares, base, origin } = columns;
  return withoutEmpty({
    day: columns.day.slice(0, n),
    open: columns.open.slice(0, n),
    high: columns.high.slice(0, n),
    low: columns.low.slice(0, n),
    close: columns.close.slice(0, n),
    volume: columns.volume.slice(0, n),
    value: value && value.slice(0, n),
    shares: shares && shares.slice(0, n),
    base: base && base.slice(0, n),
    origin: origin && origin.slice(0, n),
  });
}
