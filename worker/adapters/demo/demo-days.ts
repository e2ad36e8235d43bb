/** The demo's own calendar: every weekday is a session, and history always ends on the same Friday. */
import { assert } from "../../core/assert.ts";
import {
  parseTradingDay,
  type TradingDay,
  tradingDayOf,
  weekdayOf,
} from "../../core/calendar/trading-day.ts";

/** The last session of history; live sessions go on from the Monday after it. */
export const LAST_HISTORY_DAY: TradingDay = ((): TradingDay => {
  const day = parseTradingDay("2025-10-31");
  assert(day !== null && weekdayOf(day) === 5, "The constant date is a Friday");
  return day;
})();

/** The day of a session that lies `after` sessions behind the last of history (negative: within history). */
export function demoDay(after: number): TradingDay {
  // A Friday is the last weekday of its week: weekday number 4 counted from Monday.
  const weekdays = 4 + after;
  const week = Math.floor(weekdays / 5);
  return tradingDayOf(LAST_HISTORY_DAY - 4 + 7 * week + (weekdays - 5 * week));
}
