/** Every term of a score in points (SC), so that a score can be traced to its rules. */
import * as v from "valibot";
import type { ScoreTerms } from "../core/vcp/verdict.ts";
import { Figure } from "./vocabulary.ts";

/** `null`: the input is unavailable and the term counts 0. Penalties are negative. */
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
