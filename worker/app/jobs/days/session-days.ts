/**
 * On which days there is a session: the exchange's calendar as it is built in, and over it what a vendor states of a day, because a
 * holiday by decree is in no table that was written before.
 */
import {
  type ClosingWindow,
  closingWindow,
  closingWindowAfter,
} from "../../../core/calendar/closing-window.ts";
import { calendarDay, REGULAR_HOURS } from "../../../core/calendar/krx-calendar.ts";
import { midnightOf, type TradingDay, tradingDayOf } from "../../../core/calendar/trading-day.ts";

const MINUTE_MS = 60_000;

/** Whether the exchange opens, of days of which a vendor states another thing than the calendar. */
export type StatedDays = ReadonlyMap<number, boolean>;

export interface SessionDays {
  /** `null` for a day that nobody knows. */
  isSession(day: TradingDay): boolean | null;
  /** As {@link closingWindow}. */
  closingWindow(day: TradingDay): ClosingWindow | null;
}

/** What the calendar knows of a day; `null` for a weekday that it does not reach. */
export function isCalendarSession(day: TradingDay): boolean | null {
  const { kind } = calendarDay(day);
  return kind === "unknown" ? null : kind === "session";
}

/** A session that the calendar does not know is taken to have the regular hours. */
export function sessionDaysOf(stated: StatedDays): SessionDays {
  return {
    isSession: (day) => stated.get(day) ?? isCalendarSession(day),
    closingWindow: (day) => {
      const isOpen = stated.get(day);
      return isOpen === true
        ? (closingWindow(day) ?? closingWindowAfter(midnightOf(day) + REGULAR_HOURS[1] * MINUTE_MS))
        : isOpen === false
          ? null
          : closingWindow(day);
    },
  };
}

/** The calendar alone. */
export const CALENDAR_DAYS: SessionDays = sessionDaysOf(new Map());

/** The last sessions before a day, oldest first; fewer where the calendar begins. */
export function sessionsBefore(
  day: TradingDay,
  count: number,
  days: SessionDays = CALENDAR_DAYS,
): readonly TradingDay[] {
  const found: TradingDay[] = [];
  for (let before = tradingDayOf(day - 1); found.length < count; before = tradingDayOf(before - 1)) {
    const isSession = days.isSession(before);
    if (isSession === null) {
      break;
    }
    if (isSession) {
      found.unshift(before);
    }
  }
  return found;
}
