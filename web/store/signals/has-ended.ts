/** Whether a signal has ended: it has no entry and no stop to act by, and stands in no list of open ones. */
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";

export function hasEnded({ state }: Pick<SignalRow, "state">): boolean {
  return state === "FAILED" || state === "EXPIRED";
}
