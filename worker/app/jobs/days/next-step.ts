/** Which step comes next and when, so that an owner knows what to wait for. */
import { midnightOf, tradingDayAt, tradingDayOf } from "../../../core/calendar/trading-day.ts";
import type { MarketStatus } from "../../ports/market-status.ts";
import { type ClockSources, type DayStep, dueSteps, MORNING_MS } from "./market-clock.ts";
import { CALENDAR_DAYS, type SessionDays } from "./session-days.ts";

const MINUTE_MS = 60_000;
/** The clock's turns: five minutes past the hour, and every ten. */
const TURN_MS = 10 * MINUTE_MS;
const FIRST_TURN_MS = 5 * MINUTE_MS;
/** The longest run of days without a session has eleven. */
const AHEAD_DAYS = 20;

function turnAfter(at: number): number {
  return Math.ceil((at - FIRST_TURN_MS) / TURN_MS) * TURN_MS + FIRST_TURN_MS;
}

/** At `now` or later, both in milliseconds since the epoch. Of the steps of one turn it is the last, which the others prepare. */
export function nextStep(
  now: number,
  sources: ClockSources,
  isSettled: (step: DayStep) => boolean,
  days: SessionDays = CALENDAR_DAYS,
): MarketStatus["next"] {
  for (let n = 0; n < AHEAD_DAYS; n++) {
    const day = tradingDayOf(tradingDayAt(now) + n);
    const midnight = midnightOf(day);
    const window = days.closingWindow(day);
    const spans = [
      [midnight + MORNING_MS[0], midnight + MORNING_MS[1]] as const,
      ...(window === null ? [] : [[window.from, window.until] as const]),
    ];
    for (const [from, until] of spans) {
      for (let at = turnAfter(Math.max(from, now)); at < until; at += TURN_MS) {
        const step = dueSteps(at, sources, isSettled, days).at(-1);
        if (step !== undefined) {
          return { kind: step.kind, day: step.day, at };
        }
      }
    }
  }
  return null;
}
