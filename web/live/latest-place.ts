/** Where a client stands in a topic of latest values: only forward within an epoch, and a new epoch replaces (WS5). */
import type { PositionText } from "../../worker/protocol/messages/client-message.ts";

/** Epochs that are over; a late value of one is nothing. More are not remembered. */
const MAX_RETIRED = 8;

export interface LatestPlace {
  /** `null` before the first value. */
  readonly position: PositionText | null;
  readonly retired: readonly string[];
}

export const UNSEEN: LatestPlace = { position: null, retired: [] };

/** The place after a value, or `null` when the value is late or known and must not be shown. */
export function onLatest(place: LatestPlace, at: PositionText): LatestPlace | null {
  const { position, retired } = place;
  if (retired.includes(at.epoch) || (position?.epoch === at.epoch && at.seq <= position.seq)) {
    return null;
  }
  const next = { epoch: at.epoch, seq: at.seq };
  return position === null || position.epoch === at.epoch
    ? { position: next, retired }
    : { position: next, retired: [...retired, position.epoch].slice(-MAX_RETIRED) };
}
