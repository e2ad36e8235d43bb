/** How days, instants and ratios are written on the wire (RT6). */
import { formatTradingDay, KST_OFFSET_MS, type TradingDay } from "../core/calendar/trading-day.ts";

/** A day that may be missing, as the wire writes it. */
export function formatDay(day: TradingDay | null): string | null {
  return day === null ? null : formatTradingDay(day);
}

/**
 * `2025-06-17T15:30:00.000+09:00` from milliseconds since the epoch: in KST, so that a session's date is readable in the text.
 * Throws RangeError outside the years of ISO 8601.
 */
export function formatKst(epochMs: number): string {
  return new Date(epochMs + KST_OFFSET_MS).toISOString().replace("Z", "+09:00");
}

/** A measured ratio to four decimals: finer than any rule's threshold, without the noise of seventeen digits. */
export function round4(x: number): number {
  return Math.round(x * 1e4) / 1e4;
}

/** A value, a change or a rate of the market to two decimals, as the exchange publishes its indices. */
export function round2(x: number): number {
  return Math.round(x * 100) / 100;
}

/** What a value has moved since the previous close, and the same in per cent, by {@link round2}; `null` without such a close. */
export function changeFrom(
  value: number,
  previous: number | null,
): { readonly change: number | null; readonly change_rate: number | null } {
  return previous === null || previous <= 0
    ? { change: null, change_rate: null }
    : { change: round2(value - previous), change_rate: round2(100 * (value / previous - 1)) };
}

/** A fraction as a number of per cent: 0.0062 is 0.62. */
export function percentOf(fraction: number): number {
  return round4(100 * fraction);
}
