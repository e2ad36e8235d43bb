/** The detector's answer on one ticker as the command line and the routes write it: a finding, or the first unmet rule. */
import * as v from "valibot";
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import type { Base, Contraction, ScoreTerms, Verdict } from "../core/vcp/verdict.ts";
import { formatDay, percentOf } from "./format.ts";
import {
  Count,
  Figure,
  FlagName,
  GradeName,
  listOf,
  MarketName,
  SessionDate,
  StateName,
} from "./vocabulary.ts";

/** One contraction of a base as the wire writes it: the swing high, the swing low after it, and what lies between. */
export const ContractionBody = v.object({
  high_date: SessionDate,
  high: Figure,
  low_date: SessionDate,
  low: Figure,
  /** A fraction of the high, unrounded. */
  depth: Figure,
  /** Bars from the high to the low. */
  bars: Count,
  mean_volume: Figure,
});
export type ContractionBody = v.InferOutput<typeof ContractionBody>;

/** Days become texts, the depth per cent. */
export function encodeContraction(leg: Contraction): ContractionBody {
  return {
    high_date: formatTradingDay(leg.highDay),
    high: leg.high,
    low_date: formatTradingDay(leg.lowDay),
    low: leg.low,
    depth: leg.depth,
    bars: leg.bars,
    mean_volume: leg.meanVolume,
  };
}

/** Every term of a score in points (SC). `null`: the input is unavailable and the term counts 0. Penalties are negative. */
export const ScoreTermsBody = v.object({
  trend_passed: Figure,
  trend_rs: v.nullable(Figure),
  contraction_ratio: Figure,
  contraction_count: Figure,
  contraction_last: Figure,
  contraction_worst: Figure,
  volume_dry_up: Figure,
  volume_trend: Figure,
  volume_low: Figure,
  volume_up_down: Figure,
  pivot_proximity: Figure,
  pivot_tightness: Figure,
  pivot_overhead: Figure,
  leadership_rs: v.nullable(Figure),
  leadership_line: v.nullable(Figure),
  penalty_loose: Figure,
  penalty_v_shape: Figure,
  penalty_stretched: Figure,
});
export type ScoreTermsBody = v.InferOutput<typeof ScoreTermsBody>;

/** Points by the wire's names; an unavailable term stays `null`. */
export function encodeScoreTerms(terms: ScoreTerms): ScoreTermsBody {
  return {
    trend_passed: terms.trendPassed,
    trend_rs: terms.trendRs,
    contraction_ratio: terms.contractionRatio,
    contraction_count: terms.contractionCount,
    contraction_last: terms.contractionLast,
    contraction_worst: terms.contractionWorst,
    volume_dry_up: terms.volumeDryUp,
    volume_trend: terms.volumeTrend,
    volume_low: terms.volumeLow,
    volume_up_down: terms.volumeUpDown,
    pivot_proximity: terms.pivotProximity,
    pivot_tightness: terms.pivotTightness,
    pivot_overhead: terms.pivotOverhead,
    leadership_rs: terms.leadershipRs,
    leadership_line: terms.leadershipLine,
    penalty_loose: terms.penaltyLoose,
    penalty_v_shape: terms.penaltyVShape,
    penalty_stretched: terms.penaltyStretched,
  };
}

/** The eight conditions of the trend template (TT), each with what was measured and against which limit. */
export const TrendTemplateBody = listOf(
  v.object({
    id: v.picklist(["TT1", "TT2", "TT3", "TT4", "TT5", "TT6", "TT7", "TT8"]),
    value: v.nullable(Figure),
    threshold: v.nullable(Figure),
    result: v.picklist(["pass", "fail", "unavailable"]),
  }),
);

const Measured = v.nullable(v.union([Figure, v.string()]));

/** Fields of the base are `null` (lists empty) while no base stands. */
const BaseFields = v.object({
  state: v.nullable(StateName),
  footprint: v.nullable(v.string()),
  contractions: listOf(ContractionBody),
  base_bars: v.nullable(Count),
  pivot: v.nullable(Figure),
  entry_price: v.nullable(Figure),
  stop_loss: v.nullable(Figure),
  targets: listOf(Figure),
  risk_pct: v.nullable(Figure),
  distance_pct: v.nullable(Figure),
  volume_dry_up: v.nullable(Figure),
  volume_trend: v.nullable(Figure),
  contraction_ratio: v.nullable(Figure),
});

/** One ticker: a base with its plan, or the rule that was not met. */
export const VerdictBody = v.object({
  ticker: v.string(),
  name: v.nullable(v.string()),
  market: v.nullable(MarketName),
  as_of: SessionDate,
  last_date: v.nullable(SessionDate),
  current_price: v.nullable(Figure),
  /** Valid bars of the ticker up to `as_of`. */
  bars: Count,
  valid: v.boolean(),
  detected: v.boolean(),
  grade: v.nullable(GradeName),
  score: v.nullable(Figure),
  score_terms: v.nullable(ScoreTermsBody),
  ...BaseFields.entries,
  trend_template: TrendTemplateBody,
  passed: Count,
  rs: v.nullable(Figure),
  rs_raw: v.nullable(Figure),
  eligibility: v.object({
    ok: v.boolean(),
    reason: v.nullable(v.string()),
    value: Measured,
    threshold: Measured,
  }),
  near_miss: v.nullable(v.object({ rule: v.string(), value: Measured, threshold: Measured })),
  flags: listOf(FlagName),
});
export type VerdictBody = v.InferOutput<typeof VerdictBody>;

/** The scan's verdict, the same for the command line and the routes. */
export function encodeVerdict(verdict: Verdict): VerdictBody {
  return {
    ticker: verdict.ticker,
    name: verdict.name,
    market: verdict.market,
    as_of: formatTradingDay(verdict.asOf),
    last_date: formatDay(verdict.lastDay),
    current_price: verdict.close,
    bars: verdict.bars,
    valid: verdict.valid,
    detected: verdict.detected,
    grade: verdict.grade,
    score: verdict.score,
    score_terms: verdict.scoreTerms && encodeScoreTerms(verdict.scoreTerms),
    ...(verdict.base ? encodeBase(verdict.base) : NO_BASE),
    trend_template: verdict.template,
    passed: verdict.passed,
    rs: verdict.rs,
    rs_raw: verdict.rsRaw,
    eligibility: verdict.eligibility,
    near_miss: verdict.nearMiss,
    flags: verdict.flags,
  };
}

function encodeBase(base: Base): v.InferOutput<typeof BaseFields> {
  return {
    state: base.state,
    footprint: base.footprint,
    contractions: base.contractions.map(encodeContraction),
    base_bars: base.bars,
    pivot: base.pivot,
    entry_price: base.entry,
    stop_loss: base.stop,
    targets: [base.targets.twoR, base.targets.threeR],
    risk_pct: percentOf(base.risk),
    distance_pct: percentOf(base.distance),
    volume_dry_up: base.dryUp,
    volume_trend: base.volumeTrend,
    contraction_ratio: base.contractionRatio,
  };
}

const NO_BASE: v.InferOutput<typeof BaseFields> = {
  state: null,
  footprint: null,
  contractions: [],
  base_bars: null,
  pivot: null,
  entry_price: null,
  stop_loss: null,
  targets: [],
  risk_pct: null,
  distance_pct: null,
  volume_dry_up: null,
  volume_trend: null,
  contraction_ratio: null,
};
