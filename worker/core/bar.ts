/** BR1, BR2: which rows are bars, and which rows are refused at the door. */
import type { Row } from "./columns.ts";
import type { TradingDay } from "./trading-day.ts";

/** Why a row is refused (BR2). A refused row is counted and reported, never repaired. */
export type RowRejection =
  | "not_finite"
  | "negative"
  | "zero_price"
  | "low_above_body"
  | "high_below_body"
  | "duplicate_date"
  | "date_order";

/** Tolerance of BR2: exchanges publish lows a few won above the body after off-grid closes. */
const BODY_TOLERANCE = 0.002;

/** BR1: a row with volume and a high traded that day; every other row is a halt and leaves pattern time. */
export function isBar(row: { readonly high: number; readonly volume: number }): boolean {
  return row.volume > 0 && row.high > 0;
}

/**
 * BR2 on one row, given the day of the row before it in the same file (`null` for the first).
 * BR1 is asked first, so a halted row is never refused for its zero prices; numbers and dates are judged on every row.
 */
export function rejectRow(row: Row, previous: TradingDay | null): RowRejection | null {
  const numbers = [row.day, row.open, row.high, row.low, row.close, row.volume];
  if (numbers.some((x) => !Number.isFinite(x))) {
    return "not_finite";
  }
  if (numbers.some((x) => x < 0) || [row.value, row.shares, row.base].some((x) => x !== null && x < 0)) {
    return "negative";
  }
  if (previous !== null && row.day <= previous) {
    return row.day === previous ? "duplicate_date" : "date_order";
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
