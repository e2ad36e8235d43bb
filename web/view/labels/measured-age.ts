/** From when the measurements of a signal are: a price goes on every session, what the scan measured stands still past the trigger. */
import type { SignalDetail } from "../../../worker/protocol/rest/signal-detail.ts";

/**
 * `current`: of the same session as the price. `before_breakout`: of one before the trigger, which froze them.
 * `earlier`: of an older session for another reason (no scan has listed the pattern since).
 */
export type MeasuredAge = "current" | "before_breakout" | "earlier";

type Days = Pick<SignalDetail, "measured_on" | "applied_on" | "triggered_on" | "signal_date">;

/** Days are ISO dates, which compare as text. */
export function measuredAge(detail: Days): MeasuredAge {
  // Where the day was not kept, no scan before the birth can have been the last.
  const earliest = detail.measured_on ?? detail.signal_date;
  if (detail.triggered_on !== null && earliest < detail.triggered_on) {
    return "before_breakout";
  }
  return detail.measured_on !== null && detail.measured_on < detail.applied_on ? "earlier" : "current";
}
