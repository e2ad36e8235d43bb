/** CA3: when the price of a running session is its close, so that no price of the after-market is ever stored as one. */
import { calendarDay } from "./krx-calendar.ts";
import type { TradingDay } from "./trading-day.ts";

const MINUTE_MS = 60_000;

/** The closing auction ends within 30 s after the close, up to two minutes later when a halt of volatility delays it. */
const SETTLED_MS = 2 * MINUTE_MS;
/** The after-market begins half an hour after the close. */
const AFTER_MARKET_MS = 30 * MINUTE_MS;

/** From `from` on and before `until` the last price of a session is its regular close. Milliseconds since the epoch. */
export interface ClosingWindow {
  readonly from: number;
  readonly until: number;
}

/**
 * `null` on a day that the calendar knows no session of. When the after-market begins on the day of the entrance exam is
 * not published; it is taken to keep its distance from the close.
 */
export function closingWindow(day: TradingDay): ClosingWindow | null {
  const known = calendarDay(day);
  return known.kind === "session" ? closingWindowAfter(known.closesAt) : null;
}

/** Of a session that closes at this instant, in milliseconds since the epoch. */
export function closingWindowAfter(closesAt: number): ClosingWindow {
  return { from: closesAt + SETTLED_MS, until: closesAt + AFTER_MARKET_MS };
}

/** Whether a price that was received at `at` is the close of the session of a window; `null` has none. */
export function isWithin(window: ClosingWindow | null, at: number): boolean {
  return window !== null && at >= window.from && at < window.until;
}

/** Whether a price that was received at `at` is the close of that day's session, by the calendar. */
export function isClosingPrice(day: TradingDay, at: number): boolean {
  return isWithin(closingWindow(day), at);
}
