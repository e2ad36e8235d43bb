/** The detector's answer on one ticker as the command line and the routes write it: a finding, or the first unmet rule. */
import * as v from "valibot";
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import type { Base, Verdict } from "../core/vcp/verdict.ts";
import { ContractionBody, encodeContraction } from "./contraction.ts";
import { percentOf } from "./rounding.ts";
import { encodeScoreTerms, ScoreTermsBody } from "./score-terms.ts";
import { TrendTemplateBody } from "./trend-template.ts";
import {
  Count,
  Figure,
  FlagName,
  formatDay,
  GradeName,
  listOf,
  MarketName,
  SessionDate,
  StateName,
} from "./vocabulary.ts";

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
