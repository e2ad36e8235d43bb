/**
 * The score and the grade a second time, from the text of SPEC.md alone: everything but the legs is measured on the bars.
 */
import type { BaseTerms } from "../../core/vcp/score.ts";
import type { Grade, ScoreTerms } from "../../core/vcp/verdict.ts";
import {
  candidateOn,
  firstOf,
  type LegDays,
  meanRatioOf,
  type NaiveCandidate,
  naiveMeasures,
  ratiosOf,
} from "./naive-rules.ts";
import { at, type NaiveBar } from "./naive-swings.ts";

const clip = (x: number): number => Math.min(1, Math.max(0, x));

/** R_n: highest high minus lowest low of the last n bars. */
function spanOf(bars: readonly NaiveBar[], n: number): number {
  const last = bars.slice(-n);
  return Math.max(...last.map((bar) => bar.high)) - Math.min(...last.map((bar) => bar.low));
}

/** SC3, third term: the lowest of the last ten volumes is among the smallest twentieth of the base. */
function lowVolumePoints(bars: readonly NaiveBar[], base: readonly NaiveBar[]): number {
  const lowest = Math.min(...bars.slice(-10).map((bar) => bar.volume));
  const smaller = base.filter((bar) => bar.volume < lowest).length;
  return smaller + 1 <= Math.ceil(0.05 * base.length) ? 3 : 0;
}

/** SC3, fourth term; every bar of the base is compared with the bar before it. */
function upDownPoints(bars: readonly NaiveBar[], from: number): number {
  const turned = (sign: number): number =>
    bars.reduce((total, bar, k) => {
      const before = bars[k - 1];
      const counts = k >= from && before !== undefined && Math.sign(bar.close - before.close) === sign;
      return total + (counts ? bar.volume : 0);
    }, 0);
  return turned(1) > turned(-1) ? 2 : 0;
}

function proximity(distance: number): number {
  if (distance < -0.02) {
    return clip((distance + 0.08) / 0.06);
  }
  return distance <= 0.02 ? 1 : clip((0.05 - distance) / 0.03);
}

/** SC2, SC3, SC4 and SC6: what a candidate earns by itself, term by term (CT10 compares the sum). */
export function naiveBaseTerms(
  bars: readonly NaiveBar[],
  c: NaiveCandidate,
  mean200: number | null,
): BaseTerms {
  const { overhead, distance, dryUp, volumeTrend } = naiveMeasures(bars, c);
  const { high, low } = firstOf(c);
  const close = at(bars, bars.length - 1).close;
  const [r10, r50] = [spanOf(bars, 10), spanOf(bars, 50)];
  const recovery = at(c.legs, 1).high.bar - low.bar;
  return {
    contractionRatio: 12 * clip((1 - meanRatioOf(c)) / 0.5),
    contractionCount: 8 * clip((c.legs.length - 1) / 3),
    contractionLast: 6 * clip((0.12 - at(c.depths, c.depths.length - 1)) / 0.09),
    contractionWorst: 4 * clip((0.8 - Math.max(...ratiosOf(c))) / 0.3),
    volumeDryUp: 9 * (1 - clip((dryUp - 0.4) / 0.6)),
    volumeTrend: 6 * (1 - clip((volumeTrend - 0.4) / 0.6)),
    volumeLow: lowVolumePoints(bars, bars.slice(high.bar)),
    volumeUpDown: upDownPoints(bars, high.bar),
    pivotProximity: 8 * proximity(distance),
    pivotTightness: r50 === 0 ? 0 : 4 * clip((0.8 - r10 / r50) / 0.5),
    pivotOverhead: 3 * (1 - clip(overhead / 0.1)),
    penaltyLoose: r10 / close > 0.15 ? -15 : 0,
    penaltyVShape: recovery < 0.3 * (low.bar - high.bar) ? -8 : 0,
    penaltyStretched: mean200 !== null && close > 1.5 * mean200 ? -5 : 0,
  };
}

export interface NaiveScoreInput {
  readonly bars: readonly NaiveBar[];
  readonly legs: readonly LegDays[];
  readonly passed: number;
  readonly rs: number | null;
  readonly gap: number | null;
  readonly mean200: number | null;
}

/** SC1 to SC7. */
export function naiveTerms({ bars, legs, passed, rs, gap, mean200 }: NaiveScoreInput): ScoreTerms {
  return {
    ...naiveBaseTerms(bars, candidateOn(bars, legs), mean200),
    trendPassed: (14 * passed) / 8,
    trendRs: rs === null ? null : 6 * clip((rs - 70) / 29),
    leadershipRs: rs === null ? null : (10 * rs) / 99,
    leadershipLine: gap === null ? null : 5 * clip(1 - gap / 0.05),
  };
}

export interface NaiveGradeInput {
  readonly score: number;
  readonly passed: number;
  readonly lastDepth: number;
  readonly dryUp: number;
  readonly leaderValue: boolean;
  readonly young: boolean;
  readonly deep: boolean;
  readonly rs: number | null;
  readonly state: string;
}

/** SC8 for a share with at least 120 bars: the first grade that passes its own conditions and every cap. */
export function naiveGrade(x: NaiveGradeInput): Grade {
  const caps: Grade[] = ["S"];
  if (["FAILED", "SUSPENDED", "OVEREXTENDED"].includes(x.state)) {
    caps.push("D");
  }
  if (x.state === "EXTENDED" || x.young) {
    caps.push("C");
  }
  if (x.state === "UNCONFIRMED") {
    caps.push("A");
  }
  if (x.deep || x.rs === null) {
    caps.push("B");
  }
  // "S" to "D" in the order of the grades; the worst cap is the one furthest along.
  const order: readonly Grade[] = ["S", "A", "B", "C", "D"];
  const worst = Math.max(...caps.map((cap) => order.indexOf(cap)));
  const meets: Readonly<Record<Grade, boolean>> = {
    S:
      x.score >= 75 &&
      x.passed === 8 &&
      x.lastDepth <= 0.06 &&
      x.dryUp <= 0.6 &&
      x.leaderValue &&
      (x.rs ?? 0) >= 90,
    A:
      x.score >= 68 &&
      x.passed === 8 &&
      x.lastDepth <= 0.08 &&
      x.dryUp <= 0.7 &&
      x.leaderValue &&
      (x.rs ?? 0) >= 90,
    B: x.score >= 60 && x.passed >= 7,
    C: x.score >= 50 && (x.passed >= 6 || x.young),
    D: true,
  };
  return order.find((grade, i) => i >= worst && meets[grade]) ?? "D";
}
