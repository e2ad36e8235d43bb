/** One signal with every term that made it (`/signals/{id}`): its row and the measurements behind it (RT1). */
import * as v from "valibot";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { ContractionBody, encodeContraction } from "../contraction.ts";
import { percentOf } from "../rounding.ts";
import { encodeScoreTerms, ScoreTermsBody } from "../score-terms.ts";
import { encodeSignalRow, SignalRow } from "../signal-row.ts";
import type { WrittenSignal } from "../signal-row.ts";
import { TrendTemplateBody } from "../trend-template.ts";
import { Count, ExchangeName, Figure, formatDay, listOf, SessionDate, StateName } from "../vocabulary.ts";

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
  /** The multiple of the average true range at which the swings were read. */
  scale: Figure,
  weeks: Count,
  base_bars: Count,
  overhead_pct: Figure,
  volume_trend: Figure,
  shakeouts: Count,
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
  triggered_on: v.nullable(SessionDate),
  ended_on: v.nullable(SessionDate),
  params_version: v.string(),
});
export type SignalDetail = v.InferOutput<typeof SignalDetail>;

export function encodeSignalDetail(written: WrittenSignal): SignalDetail {
  const { signal } = written;
  const { base } = signal;
  return {
    ...encodeSignalRow(written),
    name: signal.name,
    exchange: signal.exchange,
    contractions: base.contractions.map(encodeContraction),
    trend_template: signal.template,
    passed: signal.passed,
    score_terms: encodeScoreTerms(signal.scoreTerms),
    targets: [base.targets.twoR, base.targets.threeR],
    risk_pct: percentOf(base.risk),
    foreign_5d: null,
    inst_5d: null,
    scale: base.scale,
    weeks: base.weeks,
    base_bars: base.bars,
    overhead_pct: percentOf(base.overhead),
    volume_trend: base.volumeTrend,
    shakeouts: base.shakeouts,
    previous_state: signal.prev,
    reason: signal.reason,
    applied_on: formatTradingDay(signal.appliedOn),
    measured_on: formatDay(signal.measuredOn),
    triggered_on: formatDay(signal.triggeredOn),
    ended_on: formatDay(signal.endedOn),
    params_version: signal.paramsVersion,
  };
}
