/** OC: what an order at a signal's trigger would have got in one session, by that session's bar. */
import { type History, isLocked, isTraded } from "./history.ts";

/** PL1: nothing is bought above 1.03 P. */
const BUY_ZONE = 1.03;

/** A trigger carried over a split has noise in its last digits; a price tick is far larger. */
const NOISE = 1e-9;

/** In the history's shares. */
export interface TriggerOrder {
  readonly trigger: number;
  readonly pivot: number;
}

/** `untouched`: the session's bar does not reach the trigger, or the share did not trade. */
export type Unfilled = "untouched" | "locked" | "beyond_zone";

/** The price paid: the trigger, or the open of a session that opened above it. */
export function fillAtTrigger(
  history: History,
  place: number,
  { trigger, pivot }: TriggerOrder,
): number | Unfilled {
  if (!isTraded(history, place) || (history.high[place] ?? 0) < trigger * (1 - NOISE)) {
    return "untouched";
  }
  if (isLocked(history, place)) {
    return "locked";
  }
  const price = Math.max(trigger, history.open[place] ?? 0);
  return price <= BUY_ZONE * pivot ? price : "beyond_zone";
}
