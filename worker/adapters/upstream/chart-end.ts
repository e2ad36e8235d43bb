/** How the reading of a past ends: from which day on it has all, and what no row of it means. */
import type { Answer, DatedRow } from "../../app/ports/market-sources.ts";
import { calendarDay } from "../../core/calendar/krx-calendar.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";

const HOUR_MS = 3_600_000;

/** The first day of which the calendar knows a session, or does not know that there is none; a day after `to` without one. */
export function firstOpenDay(from: TradingDay, to: TradingDay): number {
  let day: number = from;
  while (day <= to && /^(?:weekend|holiday)$/.test(calendarDay(tradingDayOf(day)).kind)) {
    day += 1;
  }
  return day;
}

/** The rows from `from` to `to`; without any `not_ready` where there may have been a session, else `closed`. */
export function chartAnswer(
  rows: readonly DatedRow[],
  { from, to, now }: { readonly from: TradingDay; readonly to: TradingDay; readonly now: number },
): Answer<readonly DatedRow[]> {
  if (rows.length > 0) {
    return { status: "ok", value: rows, at: now };
  }
  return firstOpenDay(from, to) <= to
    ? { status: "not_ready", retryAt: now + HOUR_MS }
    : { status: "closed" };
}
