/** The detector's answer on one ticker as the command line and the routes write it: a finding, or the first unmet rule. */
import * as v from "valibot";
import { formatTradingDay } from "../core/calendar/trading-day.ts";
import type { Params } from "../core/params.ts";
import type { FormExplanation } from "../core/scan/explain.ts";
import type { Base, Contraction, NearMiss, StoredTerms, Verdict } from "../core/vcp/verdict.ts";
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

/** Every term of a score in points (SC), by its name; a signal that an earlier law listed has the terms of that law. `null`: the input is unavailable and the term counts 0. */
export const ScoreTermsBody = v.record(v.string(), v.nullable(Figure));
export type ScoreTermsBody = v.InferOutput<typeof ScoreTermsBody>;

/** Points by the wire's names; an unavailable term stays `null`. */
export function encodeScoreTerms(terms: StoredTerms): ScoreTermsBody {
  const named = Object.entries(terms).map(([name, points]) => [
    name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
    points,
  ]);
  return Object.fromEntries(named);
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
  contraction_ratio: v.nullable(Figure),
});

/** A base that is not listed: what a chart needs to draw it. */
const NearBase = v.object({
  footprint: v.string(),
  contractions: listOf(ContractionBody),
  base_bars: Count,
  pivot: Figure,
  stop_loss: Figure,
});

/** The first rule that was not met. `base` is `null` when the rule is not one of a base. */
const NearMissBody = v.object({
  rule: v.string(),
  value: Measured,
  threshold: Measured,
  base: v.nullable(NearBase),
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
  near_miss: v.nullable(NearMissBody),
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
    score_terms: verdict.scoreTerms && encodeScoreTerms({ ...verdict.scoreTerms }),
    ...(verdict.base ? encodeBase(verdict.base) : NO_BASE),
    trend_template: verdict.template,
    passed: verdict.passed,
    rs: verdict.rs,
    rs_raw: verdict.rsRaw,
    eligibility: verdict.eligibility,
    near_miss: verdict.nearMiss && encodeNearMiss(verdict.nearMiss),
    flags: verdict.flags,
  };
}

function encodeNearMiss({ base, ...miss }: NearMiss): v.InferOutput<typeof NearMissBody> {
  return { ...miss, base: base && encodeNearBase(base) };
}

function encodeNearBase(base: Base): v.InferOutput<typeof NearBase> {
  return {
    footprint: base.footprint,
    contractions: base.contractions.map(encodeContraction),
    base_bars: base.bars,
    pivot: base.pivot,
    stop_loss: base.stop,
  };
}

/** One rule of the form on one share (FM1), met or not. */
const FormRuleBody = v.object({
  id: v.string(),
  /** `null`: it cannot be measured, which is not held against the share, or there is no base to measure it on. */
  value: v.nullable(Figure),
  /** For a new listing. */
  threshold: Figure,
  /** For a pattern that is listed already (SC10). */
  keep: Figure,
  /** `null`: there is no base to ask it of. */
  met: v.nullable(v.boolean()),
});

/** One ticker with its whole form. */
export const ExplainedVerdictBody = v.object({
  ...VerdictBody.entries,
  rules: listOf(FormRuleBody),
  /** The base that the rules were asked of; on a signal's own one `met` is by `keep`. `null`: no base can be read. */
  rules_of: v.nullable(v.picklist(["listed", "own", "nearest"])),
});
export type ExplainedVerdictBody = v.InferOutput<typeof ExplainedVerdictBody>;

/**
 * The scan's verdict and its explanation. The base of a near miss is then also there when a rule of the share stood in the way
 * and the scan looked for none; on an open signal it is the signal's own, of which the rules were asked.
 */
export function encodeExplained(
  verdict: Verdict,
  { rules, of }: FormExplanation,
  params: Params,
): ExplainedVerdictBody {
  const body = encodeVerdict(verdict);
  return {
    ...body,
    near_miss: body.near_miss && {
      ...body.near_miss,
      base: (of?.kind === "own" ? null : body.near_miss.base) ?? (of && encodeNearBase(of.base)),
    },
    rules: rules.map(({ rule: { id }, value, met }) => ({
      id,
      value,
      threshold: params.form[id].limit,
      keep: params.form[id].keep,
      met,
    })),
    rules_of: of?.kind ?? null,
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
  contraction_ratio: null,
};
