/** One entry of a signal's history (LC2): what changed, when, and with which values. */
import * as v from "valibot";
import type { SignalEvent } from "../../core/lifecycle/signal.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../kst-time.ts";
import { Count, Figure, KstTime, SessionDate, StateName } from "../vocabulary.ts";

export const SignalEventBody = v.object({
  /** Counts from 1 within one signal. */
  seq: Count,
  session: SessionDate,
  from: v.nullable(StateName),
  to: StateName,
  reason: v.string(),
  values: v.record(v.string(), v.nullable(v.union([Figure, v.string(), v.boolean()]))),
  at: KstTime,
  run_id: v.string(),
});
export type SignalEventBody = v.InferOutput<typeof SignalEventBody>;

/** `at` in milliseconds since the epoch. */
export function encodeSignalEvent(
  event: SignalEvent & { readonly at: number; readonly runId: string },
): SignalEventBody {
  return {
    seq: event.seq,
    session: formatTradingDay(event.day),
    from: event.from,
    to: event.to,
    reason: event.reason,
    values: { ...event.values },
    at: formatKst(event.at),
    run_id: event.runId,
  };
}
