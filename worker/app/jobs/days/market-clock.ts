/**
 * When the vendors of a real market are asked: which steps of the day are due at an instant, by the exchange's calendar. Whether a
 * step was done before is for the caller to know; asked twice at one instant the answer is the same.
 */
import { calendarDay } from "../../../core/calendar/krx-calendar.ts";
import { closingWindow } from "../../../core/calendar/closing-window.ts";
import {
  midnightOf,
  type TradingDay,
  tradingDayAt,
  tradingDayOf,
} from "../../../core/calendar/trading-day.ts";

/**
 * `official_master`, `official_day`: of a session that is over. `present_master`, `evening_snapshot`: of today's, before it opens,
 * and between its close and the after-market. `backfill`: of the past, which no clock begins.
 */
export const STEP_KINDS = [
  "official_master",
  "official_day",
  "present_master",
  "evening_snapshot",
  "backfill",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** `day` is the session that the step is about. */
export interface DayStep {
  readonly kind: StepKind;
  readonly day: TradingDay;
}

/** What can be asked at all. */
export interface ClockSources {
  /** Closed days, published in the morning of the next session. */
  readonly official: boolean;
  /** The master as of such a session. */
  readonly master: boolean;
  /** The master of the present; with it the other one is asked for beside it, and not before. */
  readonly present: boolean;
  /** The prices of this moment. */
  readonly snapshot: boolean;
}

const MINUTE_MS = 60_000;
/** A closed session is published at eight in the morning of the next one; who has not published it by ten will not soon. */
const MORNING_MS = [(8 * 60 + 5) * MINUTE_MS, 10 * 60 * MINUTE_MS] as const;
/** The vendors' files of the day are there at 08:40. */
const PRESENT_MS = (8 * 60 + 40) * MINUTE_MS;
/** Ninety calls take half a minute; two keep the last of them away from the after-market. */
const BEFORE_AFTER_MARKET_MS = 2 * MINUTE_MS;
/** So many sessions are caught up with after an outage; older ones are for the owner to ask for. */
export const CAUGHT_UP = 5;

/** The last sessions before a day by the calendar, oldest first; fewer where the calendar begins. */
export function sessionsBefore(day: TradingDay, count: number): readonly TradingDay[] {
  const found: TradingDay[] = [];
  for (let before = day - 1; found.length < count; before--) {
    const known = calendarDay(tradingDayOf(before));
    if (known.kind === "unknown") {
      break;
    }
    if (known.kind === "session") {
      found.unshift(known.day);
    }
  }
  return found;
}

/**
 * In the order in which they are to be done, settled ones left out. Nothing is due on a day without a session, for nothing is
 * published then, nor on one that the calendar does not know. `now` in milliseconds since the epoch.
 */
export function dueSteps(
  now: number,
  sources: ClockSources,
  isSettled: (step: DayStep) => boolean,
): readonly DayStep[] {
  const today = tradingDayAt(now);
  const window = closingWindow(today);
  if (window === null) {
    return [];
  }
  const steps: DayStep[] = [];
  const time = now - midnightOf(today);
  if (time >= MORNING_MS[0] && time < MORNING_MS[1]) {
    const closed = sessionsBefore(today, CAUGHT_UP);
    const last = closed.at(-1);
    if (sources.master && !sources.present && last !== undefined) {
      steps.push({ kind: "official_master", day: last });
    }
    if (sources.official) {
      steps.push(...closed.map((day): DayStep => ({ kind: "official_day", day })));
    }
    if (sources.present && time >= PRESENT_MS) {
      steps.push({ kind: "present_master", day: today });
    }
  }
  if (sources.snapshot && now >= window.from && now < window.until - BEFORE_AFTER_MARKET_MS) {
    steps.push({ kind: "evening_snapshot", day: today });
  }
  return steps.filter((step) => !isSettled(step));
}
