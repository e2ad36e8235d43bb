/** SC: points of a candidate base and of its leader, every term kept. Sums are unrounded. */
import type { Candidate } from "./candidate.ts";
import type { Params } from "../params.ts";
import type { ScoreTerms } from "./verdict.ts";

/** `x` held within 0 and 1. */
export function clip(x: number): number {
  return Math.min(1, Math.max(0, x));
}

/** The terms that need neither the template nor the other tickers. */
export type BaseTerms = Omit<ScoreTerms, "trendPassed" | "trendRs" | "leadershipRs" | "leadershipLine">;

/** SC2, SC3, SC4 and the penalties: what the base alone earns. `mean200` is `NaN` for a young ticker. */
export function baseTerms(c: Candidate, mean200: number, params: Params): BaseTerms {
  return { ...contractionTerms(c), ...volumeTerms(c, params), ...pivotTerms(c), ...penalties(c, mean200) };
}

/** SC2: eight points for four contractions, in proportion. */
export function countPoints(count: number): number {
  return (8 * (count - 1)) / 3;
}

function contractionTerms(
  c: Candidate,
): Pick<ScoreTerms, "contractionRatio" | "contractionCount" | "contractionLast" | "contractionWorst"> {
  return {
    contractionRatio: 12 * clip((1 - c.meanRatio) / 0.5),
    contractionCount: Math.min(8, countPoints(c.count)),
    contractionLast: 6 * clip((0.12 - c.depth(c.lastLeg)) / 0.09),
    contractionWorst: 4 * clip((0.8 - c.worstRatio) / 0.3),
  };
}

function volumeTerms(
  c: Candidate,
  params: Params,
): Pick<ScoreTerms, "volumeDryUp" | "volumeTrend" | "volumeLow" | "volumeUpDown"> {
  return {
    volumeDryUp: 9 * (1 - clip((c.dryUp(params.base.dryBars) - 0.4) / 0.6)),
    volumeTrend: 6 * (1 - clip((c.volumeTrend - 0.4) / 0.6)),
    volumeLow: hasExtremeLow(c) ? 3 : 0,
    volumeUpDown: c.bars.pressure(c.highBar(0), c.today) > 0 ? 2 : 0,
  };
}

/** The lowest of the last 10 volumes ranks within the ceil(5 % n) smallest of the base's n bars. */
function hasExtremeLow(c: Candidate): boolean {
  const { volume } = c.bars;
  let lowest = Number.POSITIVE_INFINITY;
  for (let k = Math.max(0, c.today - 9); k <= c.today; k++) {
    lowest = Math.min(lowest, volume[k]!);
  }
  const start = c.highBar(0);
  const places = Math.ceil(0.05 * (c.today - start + 1));
  let smaller = 0;
  for (let k = start; k <= c.today && smaller < places; k++) {
    if (volume[k]! < lowest) {
      smaller += 1;
    }
  }
  return smaller < places;
}

function span(c: Candidate, bars: number): number {
  return c.bars.highestHigh(c.today - bars + 1, c.today) - c.bars.lowestLow(c.today - bars + 1, c.today);
}

function pivotTerms(c: Candidate): Pick<ScoreTerms, "pivotProximity" | "pivotTightness" | "pivotOverhead"> {
  const { distance } = c;
  const near =
    distance < -0.02 ? clip((distance + 0.08) / 0.06) : distance <= 0.02 ? 1 : clip((0.05 - distance) / 0.03);
  const wide = span(c, 50);
  const overhead = c.baseHigh / c.pivot - 1;
  return {
    pivotProximity: 8 * near,
    pivotTightness: wide === 0 ? 0 : 4 * clip((0.8 - span(c, 10) / wide) / 0.5),
    pivotOverhead: 3 * (1 - clip(overhead / 0.1)),
  };
}

function penalties(
  c: Candidate,
  mean200: number,
): Pick<ScoreTerms, "penaltyLoose" | "penaltyVShape" | "penaltyStretched"> {
  const close = c.bars.close[c.today]!;
  const fall = c.lowBar(0) - c.highBar(0);
  const recovery = c.highBar(1) - c.lowBar(0);
  return {
    penaltyLoose: span(c, 10) / close > 0.15 ? -15 : 0,
    penaltyVShape: recovery < 0.3 * fall ? -8 : 0,
    penaltyStretched: close > 1.5 * mean200 ? -5 : 0,
  };
}

/** More than any two candidates differ by, in hundredths of a point. */
const BEHIND = 100_000;

/**
 * CT10: what candidates are compared by, in hundredths of a point. The count goes on paying past four contractions, and
 * a last contraction of a single bar stands behind every longer one; the points shown know neither (decision 011).
 */
export function rankOf(c: Candidate, mean200: number, params: Params): number {
  const terms = baseTerms(c, mean200, params);
  const points = sumOf(terms) - terms.contractionCount + countPoints(c.count);
  const brief = c.lowBar(c.lastLeg) - c.highBar(c.lastLeg) < params.base.lastLegBars;
  return Math.round(100 * points) - (brief ? BEHIND : 0);
}

/** SC1 and SC5. A missing rating or line earns nothing and is `null` (SC7). */
export function leaderTerms(
  passed: number,
  rs: number | null,
  lineGap: number | null,
): Pick<ScoreTerms, "trendPassed" | "trendRs" | "leadershipRs" | "leadershipLine"> {
  return {
    trendPassed: (14 * passed) / 8,
    trendRs: rs === null ? null : 6 * clip((rs - 70) / 29),
    leadershipRs: rs === null ? null : (10 * rs) / 99,
    leadershipLine: lineGap === null ? null : 5 * clip(1 - lineGap / 0.05),
  };
}

/** The sum of terms, unclipped: candidates are compared by it (CT10). */
export function sumOf(terms: Partial<ScoreTerms>): number {
  return Object.values(terms).reduce<number>((sum, points) => sum + (points ?? 0), 0);
}
