/** A signal over REST with every term that made it (RT1), and its history. */
import * as v from "valibot";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { SignalEvent } from "../../core/lifecycle/signal.ts";
import { latinName } from "../romanise.ts";
import { encodeSignalRow, SignalRow, type WrittenSignal } from "../signal-row.ts";
import {
  ContractionBody,
  encodeContraction,
  encodeScoreTerms,
  ScoreTermsBody,
  TrendTemplateBody,
} from "../verdict.ts";
import { formatDay, formatKst, percentOf } from "../format.ts";
import { Count, ExchangeName, Figure, KstTime, listOf, SessionDate, StateName } from "../vocabulary.ts";

/** One entry of a signal's history (LC2): what changed, when, and with which values. */
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
  /** The correction that took it back, when wrong rows had led to it; `null` while it counts. */
  superseded_by: v.nullable(v.string()),
});
export type SignalEventBody = v.InferOutput<typeof SignalEventBody>;

/** `at` in milliseconds since the epoch. */
export function encodeSignalEvent(
  event: SignalEvent & { readonly at: number; readonly runId: string; readonly supersededBy?: string },
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
    superseded_by: event.supersededBy ?? null,
  };
}

/** `/signals/{id}/events`, oldest first. */
export const SignalEventsBody = v.object({
  exchange: ExchangeName,
  signal_id: v.string(),
  events: listOf(SignalEventBody),
  count: Count,
});
export type SignalEventsBody = v.InferOutput<typeof SignalEventsBody>;

/** A signal with every term that made it; fractions as per cent, prices in won. */
export const SignalDetail = v.object({
  ...SignalRow.entries,
  exchange: ExchangeName,
  contractions: listOf(ContractionBody),
  trend_template: TrendTemplateBody,
  /** Conditions of the template that pass, 0..8. */
  passed: Count,
  score_terms: ScoreTermsBody,
  /** At two and at three risks. */
  targets: listOf(Figure),
  risk_pct: Figure,
  /** Net buying over 5 sessions; `null` until a source provides it. */
  foreign_5d: v.nullable(Figure),
  inst_5d: v.nullable(Figure),
  weeks: Count,
  base_bars: Count,
  overhead_pct: Figure,
  /** Since H_T was traded above without a new contraction; `null` while it was not. */
  touched_on: v.nullable(SessionDate),
  /** Where a suspended signal goes back to. */
  previous_state: v.nullable(StateName),
  /** Why it stands where it stands. */
  reason: v.string(),
  applied_on: SessionDate,
  /**
   * The session whose closes template, RS, dry-up, score and levels were measured on. From the trigger on they stand still
   * while `current_price` moves. `null` where it was not kept.
   */
  measured_on: v.nullable(SessionDate),
  ended_on: v.nullable(SessionDate),
  params_version: v.string(),
});
export type SignalDetail = v.InferOutput<typeof SignalDetail>;

/** The whole of a stored signal. */
export function encodeSignalDetail(written: WrittenSignal): SignalDetail {
  const { signal, nameEn = null } = written;
  const { base } = signal;
  return {
    ...encodeSignalRow(written),
    name: signal.name,
    ...latinName(signal.name, nameEn),
    exchange: signal.exchange,
    contractions: base.contractions.map(encodeContraction),
    trend_template: signal.template,
    passed: signal.passed,
    score_terms: encodeScoreTerms(signal.scoreTerms),
    targets: [base.targets.twoR, base.targets.threeR],
    risk_pct: percentOf(base.risk),
    foreign_5d: null,
    inst_5d: null,
    weeks: base.weeks,
    base_bars: base.bars,
    overhead_pct: percentOf(base.overhead),
    touched_on: formatDay(base.touched?.day ?? null),
    previous_state: signal.prev,
    reason: signal.reason,
    applied_on: formatTradingDay(signal.appliedOn),
    measured_on: formatDay(signal.measuredOn),
    ended_on: formatDay(signal.endedOn),
    params_version: signal.paramsVersion,
  };
}
