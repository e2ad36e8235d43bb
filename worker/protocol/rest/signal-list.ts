/** Lists of signals over REST, in the order of their score: apart from a signal in full, which a page of lists does not load. */
import * as v from "valibot";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { Grade } from "../../core/vcp/verdict.ts";
import { encodeSignalRow, SignalRow, type WrittenSignal } from "../signal-row.ts";
import { Count, EndingName, ExchangeName, GradeName, KstTime, listOf, SessionDate } from "../vocabulary.ts";

/** `/signals/vcp`. `count` is of all that match, on this page or not. */
export const VcpSignalsBody = v.object({
  exchange: ExchangeName,
  signals: listOf(SignalRow),
  count: Count,
  generated_at: KstTime,
});
export type VcpSignalsBody = v.InferOutput<typeof VcpSignalsBody>;

/** `/signals`. `next_cursor`, opaque, asks for the page after this one; `null` on the last. */
export const SignalsBody = v.object({ ...VcpSignalsBody.entries, next_cursor: v.nullable(v.string()) });
export type SignalsBody = v.InferOutput<typeof SignalsBody>;

/** A signal of the archive. */
export const EndedSignal = v.object({
  ...SignalRow.entries,
  ended_on: SessionDate,
  ending: EndingName,
  /** Listed before its entry level was reached; `null` where no outcome is measured, and of an earlier server. */
  entry_grade: v.optional(v.nullable(GradeName), null),
  /** Why, as its last event has it. */
  reason: v.string(),
});
export type EndedSignal = v.InferOutput<typeof EndedSignal>;

/** `/archive`, the latest end first. `count` is of all that match; `next_cursor` as in `/signals`. */
export const EndedSignalsBody = v.object({
  exchange: ExchangeName,
  signals: listOf(EndedSignal),
  count: Count,
  next_cursor: v.nullable(v.string()),
  generated_at: KstTime,
});
export type EndedSignalsBody = v.InferOutput<typeof EndedSignalsBody>;

/** The row of a signal that has ended. */
export function encodeEndedSignal(
  written: WrittenSignal & { readonly entryGrade: Grade | null },
  endedOn: TradingDay,
): EndedSignal {
  const { state, triggeredOn, reason } = written.signal;
  const [after, before] = state === "FAILED" ? (["stopped", "broken"] as const) : (["over", "left"] as const);
  return {
    ...encodeSignalRow(written),
    ended_on: formatTradingDay(endedOn),
    ending: triggeredOn === null ? before : after,
    entry_grade: written.entryGrade,
    reason,
  };
}

/** `/stocks/{ticker}/signals`: open and ended ones, the latest born first. */
export const StockSignalsBody = v.object({ ...VcpSignalsBody.entries, ticker: v.string() });
export type StockSignalsBody = v.InferOutput<typeof StockSignalsBody>;
