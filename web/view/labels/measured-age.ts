/** The age of a signal's measurements beside its price: the price is new every session, the measurements stay past the trigger. */
import type { SignalDetail } from "../../../worker/protocol/rest/signal-detail.ts";

/**
 * `current`: of the same session as the price. `before_breakout`: of one before the trigger, which froze them.
 * `earlier`: of an older session for another reason (no scan has listed the pattern since).
 */
export type MeasuredAge = "current" | "before_breakout" | "earlier";

type Days = Pick<SignalDetail, "measured_on" | "applied_on" | "triggered_on" | "signal_date">;

/** Days are ISO dates, which compare as text. */
export function measuredAge(detail: Days): MeasuredAge {
  // Without a stored day the last scan is no earlier than the birth.
  const earliest = detail.measured_on ?? detail.signal_date;
  if (detail.triggered_on !== null && earliest < detail.triggered_on) {
    return "before_breakout";
  }
  return detail.measured_on !== null && detail.measured_on < detail.applied_on ? "earlier" : "current";
}
