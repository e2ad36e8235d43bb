/**
 * The raw daily rows of one instrument, oldest first, one typed array a field.
 * Halted rows are kept as the exchange publishes them (open = high = low = 0, volume 0, close carried);
 * BR1 takes them out of pattern time later.
 */
import { assert } from "../assert.ts";
import { tradingDayOf, type TradingDay } from "../calendar/trading-day.ts";

/** The six fields that every source has, in storage order. */
export const REQUIRED_FIELDS = ["day", "open", "high", "low", "close", "volume"] as const;
/** Traded value in won, shares listed, exchange base price, origin code (`origin.ts`); `NaN` where a row has none. */
export const OPTIONAL_FIELDS = ["value", "shares", "base", "origin"] as const;

/** Name of a column that holds a number in every row. */
export type RequiredField = (typeof REQUIRED_FIELDS)[number];
/** Name of a column that a source may lack. */
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

/** All arrays have one length; `day` holds `TradingDay`s, strictly rising. A missing optional field is `null`. */
export type Columns = Readonly<Record<RequiredField, Float64Array>> &
  Readonly<Record<OptionalField, Float64Array | null>>;

/** One row of {@link Columns}. */
export interface Row {
  readonly day: TradingDay;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number | null;
  readonly shares: number | null;
  readonly base: number | null;
  /** The code of {@link originCode}; absent where the source named none. */
  readonly origin?: number;
}

/** Rows in their order; an optional field that no row has becomes `null`. */
export function columnsOf(rows: readonly Row[]): Columns {
  const required = (field: RequiredField): Float64Array => Float64Array.from(rows, (row) => row[field]);
  const optional = (field: OptionalField): Float64Array | null =>
    rows.some((row) => (row[field] ?? null) !== null)
      ? Float64Array.from(rows, (row) => row[field] ?? Number.NaN)
      : null;
  return {
    day: required("day"),
    open: required("open"),
    high: required("high"),
    low: required("low"),
    close: required("close"),
    volume: required("volume"),
    value: optional("value"),
    shares: optional("shares"),
    base: optional("base"),
    origin: optional("origin"),
  };
}

/** Row `index` as an object; an index outside the rows is a broken invariant. */
export function rowAt(columns: Columns, index: number): Row {
  const required = (field: RequiredField): number => {
    const value = columns[field][index];
    assert(value !== undefined, `Row ${index} was asked of ${columns.day.length} rows`);
    return value;
  };
  const optional = (field: OptionalField): number | null => {
    const value = columns[field]?.[index];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const origin = optional("origin");
  return {
    day: tradingDayOf(required("day")),
    open: required("open"),
    high: required("high"),
    low: required("low"),
    close: required("close"),
    volume: required("volume"),
    value: optional("value"),
    shares: optional("shares"),
    base: optional("base"),
    ...(origin !== null && { origin }),
  };
}

/** The number of rows on or before a day. */
export function rowsUntil(columns: Columns, day: TradingDay): number {
  let low = 0;
  let high = columns.day.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns.day[middle] ?? Number.POSITIVE_INFINITY) <= day) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The rows on or before a day, as views on the same memory. */
export function asOf(columns: Columns, day: TradingDay): Columns {
  const n = rowsUntil(columns, day);
  return n === columns.day.length ? columns : viewOf(columns, 0, n);
}

/** Rows `from` (inclusive) to `to` (exclusive), as views on the same memory. */
export function viewOf(columns: Columns, from: number, to: number): Columns {
  return {
    day: columns.day.subarray(from, to),
    open: columns.open.subarray(from, to),
    high: columns.high.subarray(from, to),
    low: columns.low.subarray(from, to),
    close: columns.close.subarray(from, to),
    volume: columns.volume.subarray(from, to),
    value: columns.value?.subarray(from, to) ?? null,
    shares: columns.shares?.subarray(from, to) ?? null,
    base: columns.base?.subarray(from, to) ?? null,
    origin: columns.origin?.subarray(from, to) ?? null,
  };
}
