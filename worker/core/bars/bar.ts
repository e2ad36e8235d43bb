/** BR1, BR2, BR2b: which rows are bars, and which rows are refused when they arrive. */
import type { Row } from "./columns.ts";

/** Why a row is refused (BR2). A refused row is counted and reported, never repaired. */
export type RowRejection =
  | "not_finite"
  | "negative"
  | "out_of_range"
  | "zero_price"
  | "low_above_body"
  | "high_below_body";

/** Tolerance of BR2: exchanges publish lows a few won above the body after off-grid closes. */
const BODY_TOLERANCE = 0.002;

/** BR2b: a double no longer holds every whole number above it; sums over a series end in infinity. */
const LARGEST = Number.MAX_SAFE_INTEGER;
/** BR2b: no quote is finer, and ratios stay finite. */
const SMALLEST = 1e-9;

/** BR1: a row with volume and a high traded that day; every other row is a halt and leaves pattern time. */
export function isBar(row: { readonly high: number; readonly volume: number }): boolean {
  return row.volume > 0 && row.high > 0;
}

/**
 * BR2 and BR2b on one row; it asks for no other row, so that the answer does not depend on the order of a file.
 * BR1 is asked first, so a halted row is never refused for its zero prices; numbers are judged on every row.
 */
export function rejectRow(row: Row): RowRejection | null {
  const numbers = [row.day, row.open, row.high, row.low, row.close, row.volume];
  const given = [...numbers, row.value, row.shares, row.base].filter((x) => x !== null);
  if (numbers.some((x) => !Number.isFinite(x))) {
    return "not_finite";
  }
  if (given.some((x) => x < 0)) {
    return "negative";
  }
  if (given.some((x) => x > LARGEST || (x > 0 && x < SMALLEST))) {
    return "out_of_range";
  }
  if (!isBar(row)) {
    return row.close > 0 ? null : "zero_price";
  }
  if (row.open === 0 || row.low === 0 || row.close === 0) {
    return "zero_price";
  }
  if (row.low > (1 + BODY_TOLERANCE) * Math.min(row.open, row.close)) {
    return "low_above_body";
  }
  if (row.high < (1 - BODY_TOLERANCE) * Math.max(row.open, row.close)) {
    return "high_below_body";
  }
  return null;
}
