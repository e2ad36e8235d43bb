/**
 * When the vendors of a real market are asked: which steps of the day are due at an instant, by the days on which there is a session.
 * Whether a step was done before is for the caller to know; asked twice at one instant the answer is the same.
 */
import { midnightOf, type TradingDay, tradingDayAt, weekdayOf } from "../../../core/calendar/trading-day.ts";
import type { NamedStep } from "../../ports/market-status.ts";
import { CALENDAR_DAYS, type SessionDays, sessionsBefore } from "./session-days.ts";

/** `day` is the session that the step is about. */
export type DayStep = NamedStep;

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
  /** The vendor's calendar; left out where there is none. */
  readonly oracle?: boolean;
}

const MINUTE_MS = 60_000;
/** After midnight in Seoul, from and until: a closed session is published at eight in the morning of the next one; who has not by ten will not soon. */
export const MORNING_MS: readonly [from: number, until: number] = [
  (8 * 60 + 5) * MINUTE_MS,
  10 * 60 * MINUTE_MS,
];
/** The vendors' files of the day are there at 08:40. */
const PRESENT_MS = (8 * 60 + 40) * MINUTE_MS;
/** Ninety calls take half a minute; two keep the last of them away from the after-market. */
const BEFORE_AFTER_MARKET_MS = 2 * MINUTE_MS;
/** So many sessions are caught up with after an outage; older ones are for the owner to ask for. */
export const CAUGHT_UP = 5;

/** Whether sessions that are over are asked for: on the morning of a session. `now` in milliseconds since the epoch. */
export function isMorning(now: number, days: SessionDays): boolean {
  const today = tradingDayAt(now);
  const at = now - midnightOf(today);
  return days.isSession(today) === true && at >= MORNING_MS[0] && at < MORNING_MS[1];
}

/** When a step may be done: from `from` on and before `until`, in milliseconds since the epoch. */
interface StepTime {
  readonly step: DayStep;
  readonly from: number;
  readonly until: number;
}

/** The steps of one day, in the order in which they are to be done, each at its time. */
function timesOf(today: TradingDay, sources: ClockSources, days: SessionDays): readonly StepTime[] {
  const midnight = midnightOf(today);
  const at = ([from, until]: readonly [number, number], step: DayStep): StepTime => ({
    step,
    from: midnight + from,
    until: midnight + until,
  });
  const times: StepTime[] = [];
  // Also on a day that the calendar takes off: the vendor may know better.
  if (sources.oracle === true && weekdayOf(today) % 6 !== 0) {
    times.push(at([PRESENT_MS, MORNING_MS[1]], { kind: "calendar", day: today }));
  }
  const window = days.closingWindow(today);
  if (window === null) {
    return times;
  }
  const closed = sessionsBefore(today, CAUGHT_UP, days);
  const last = closed.at(-1);
  if (sources.master && !sources.present && last !== undefined) {
    times.push(at(MORNING_MS, { kind: "official_master", day: last }));
  }
  if (sources.official) {
    times.push(...closed.map((day) => at(MORNING_MS, { kind: "official_day", day })));
  }
  if (sources.present) {
    times.push(at([PRESENT_MS, MORNING_MS[1]], { kind: "present_master", day: today }));
  }
  if (sources.snapshot) {
    const step: DayStep = { kind: "evening_snapshot", day: today };
    times.push({ step, from: window.from, until: window.until - BEFORE_AFTER_MARKET_MS });
  }
  return times;
}

/**
 * In the order in which they are to be done, settled ones left out. Nothing but the vendor's calendar is due on a day without a
 * session, for nothing is published then, nor on one that nobody knows. `now` in milliseconds since the epoch.
 */
export function dueSteps(
  now: number,
  sources: ClockSources,
  isSettled: (step: DayStep) => boolean,
  days: SessionDays = CALENDAR_DAYS,
): readonly DayStep[] {
  return timesOf(tradingDayAt(now), sources, days)
    .filter(({ step, from, until }) => now >= from && now < until && !isSettled(step))
    .map(({ step }) => step);
}

/**
 * Steps of rows whose first time of today or of the session before is over, and that have had no outcome at all: the program was down.
 * Times that began before `since`, when the vendors were first asked, are nobody's fault.
 */
export function missedSteps(
  now: number,
  sources: ClockSources,
  { since, isNoted }: { readonly since: number; readonly isNoted: (step: DayStep) => boolean },
  days: SessionDays = CALENDAR_DAYS,
): readonly DayStep[] {
  const today = tradingDayAt(now);
  return [...sessionsBefore(today, 1, days), today].flatMap((day) => {
    const [before] = sessionsBefore(day, 1, days);
    return timesOf(day, sources, days).flatMap(({ step, from, until }) =>
      from >= since &&
      until <= now &&
      (step.kind === "evening_snapshot" || (step.kind === "official_day" && step.day === before)) &&
      !isNoted(step)
        ? [step]
        : [],
    );
  });
}
