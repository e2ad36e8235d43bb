/** How old shown figures are: closes beside the calendar, and the measurements of a signal beside its price. */
import { LAST_ANNOUNCED_YEAR } from "../../../worker/core/calendar/announced-years.ts";
import type { SignalDetail } from "../../../worker/protocol/rest/signal.ts";

/**
 * `current`: of the same session as the price. `before_breakout`: of one before the trigger, which froze them.
 * `earlier`: of an older session for another reason (no scan has listed the pattern since).
 */
export type MeasuredAge = "current" | "before_breakout" | "earlier";

type Days = Pick<SignalDetail, "measured_on" | "applied_on" | "triggered_on" | "signal_date">;

/** The price is new every session, the measurements stay past the trigger. Days are ISO dates, which compare as text. */
export function measuredAge(detail: Days): MeasuredAge {
  // Without a stored day the last scan is no earlier than the birth.
  const earliest = detail.measured_on ?? detail.signal_date;
  if (detail.triggered_on !== null && earliest < detail.triggered_on) {
    return "before_breakout";
  }
  return detail.measured_on !== null && detail.measured_on < detail.applied_on ? "earlier" : "current";
}

/** Calendar days: a weekend and a holiday beside it pass without a new close. */
const OLD_DAYS = 4;

const DAY_MS = 86_400_000;
const SEOUL_MS = 9 * 3_600_000;

/**
 * Imported bars grow old without any event: calendar days in Seoul from the session `day` (`2025-06-17`) to the instant `now` in milliseconds; `null` up to
 * {@link OLD_DAYS}.
 */
export function closeAge(day: string, now: number): number | null {
  const today = Math.floor((now + SEOUL_MS) / DAY_MS);
  const age = today - Math.floor(Date.parse(day) / DAY_MS);
  return age > OLD_DAYS ? age : null;
}

/** Whether today's holidays in Seoul are derived from the law, because the exchange has not announced the year (CA2). */
export function isDerivedDay(now: number): boolean {
  return new Date(now + SEOUL_MS).getUTCFullYear() > LAST_ANNOUNCED_YEAR;
}
