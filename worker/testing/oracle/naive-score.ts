/**
 * The score and the grade a second time, from the text of SPEC.md alone: the legs are given by their days, everything
 * else is measured again on the raw bars.
 */
import { assert } from "../../core/assert.ts";
import type { Row } from "../../core/bars/columns.ts";
import type { Grade, ScoreTerms } from "../../core/vcp/verdict.ts";
import { mean, sum } from "./naive-verdict.ts";

/** A leg as the days of its high and its low. */
export interface NaiveLeg {
  readonly highDay: number;
  readonly lowDay: number;
}

export interface NaiveBase {
  readonly depths: readonly number[];
  readonly ratios: readonly number[];
  readonly meanRatio: number;
  readonly pivot: number;
  readonly overhead: number;
  readonly distance: number;
  readonly dryUp: number;
  readonly volumeTrend: number;
  /** Index of H_1 and of the other turns in the bars. */
  readonly highs: readonly number[];
  readonly lows: readonly number[];
}

function barAt(bars: readonly Row[], index: number): Row {
  const bar = bars.at(index);
  assert(bar !== undefined, `No bar at ${index} of ${bars.length}`);
  return bar;
}

function clip01(x: number): number {
  if (x < 0) {
    return 0;
  }
  return x > 1 ? 1 : x;
}

function meanVolume(bars: readonly Row[]): number {
  return mean(bars.map((bar) => bar.volume));
}

/** CT's measures of the legs on the bars up to today. */
export function naiveBase(bars: readonly Row[], legs: readonly NaiveLeg[]): NaiveBase {
  const indexOf = (day: number): number => bars.findIndex((bar) => bar.day === day);
  const highs = legs.map((leg) => indexOf(leg.highDay));
  const lows = legs.map((leg) => indexOf(leg.lowDay));
  const [firstHigh, firstLow, lastHigh, lastLow] = [highs[0], lows[0], highs.at(-1), lows.at(-1)];
  assert(
    firstHigh !== undefined && firstLow !== undefined && lastHigh !== undefined && lastLow !== undefined,
    "A base has legs",
  );
  const top = highs.map((k) => barAt(bars, k).high);
  const depths = top.map((high, i) => (high - barAt(bars, lows[i] ?? -1).low) / high);
  const ratios = depths.slice(1).map((depth, i) => depth / (depths[i] ?? Number.NaN));
  const pivot = barAt(bars, lastHigh).high;
  const t = bars.length - 1;
  let u = t;
  for (let k = t; k > lastLow; k--) {
    u = barAt(bars, k).close > pivot ? k : u;
  }
  return {
    depths,
    ratios,
    meanRatio: ((depths.at(-1) ?? Number.NaN) / (depths[0] ?? Number.NaN)) ** (1 / (legs.length - 1)),
    pivot,
    overhead: Math.max(...top) / pivot - 1,
    distance: barAt(bars, -1).close / pivot - 1,
    dryUp: meanVolume(bars.slice(u - 5, u)) / meanVolume(bars.slice(u - 50, u)),
    volumeTrend:
      meanVolume(bars.slice(lastHigh, lastLow + 1)) / meanVolume(bars.slice(firstHigh, firstLow + 1)),
    highs,
    lows,
  };
}

function spanOf(bars: readonly Row[], n: number): number {
  const last = bars.slice(-n);
  return Math.max(...last.map((bar) => bar.high)) - Math.min(...last.map((bar) => bar.low));
}

/** SC3, third term: the lowest of the last ten volumes is among the smallest twentieth of the base. */
function lowVolumePoints(bars: readonly Row[], base: readonly Row[]): number {
  const lowest = Math.min(...bars.slice(-10).map((bar) => bar.volume));
  const smaller = base.filter((bar) => bar.volume < lowest).length;
  return smaller + 1 <= Math.ceil(0.05 * base.length) ? 3 : 0;
}

/** SC3, fourth term; every bar of the base is compared with the bar before it. */
function upDownPoints(bars: readonly Row[], from: number): number {
  const turned = (sign: number): number =>
    sum(
      bars.map((bar, k) => {
        const change = k === 0 ? 0 : bar.close - barAt(bars, k - 1).close;
        return k >= from && Math.sign(change) === sign ? bar.volume : 0;
      }),
    );
  return turned(1) > turned(-1) ? 2 : 0;
}

function proximity(distance: number): number {
  if (distance < -0.02) {
    return clip01((distance + 0.08) / 0.06);
  }
  return distance <= 0.02 ? 1 : clip01((0.05 - distance) / 0.03);
}

export interface NaiveScoreInput {
  readonly bars: readonly Row[];
  readonly legs: readonly NaiveLeg[];
  readonly passed: number;
  readonly rs: number | null;
  readonly gap: number | null;
  readonly mean200: number | null;
}

/** SC1 to SC7. */
export function naiveTerms({ bars, legs, passed, rs, gap, mean200 }: NaiveScoreInput): ScoreTerms {
  const base = naiveBase(bars, legs);
  const [h1, h2] = base.highs;
  const [l1] = base.lows;
  assert(h1 !== undefined && h2 !== undefined && l1 !== undefined, "A base has two legs");
  const close = barAt(bars, -1).close;
  const [r10, r50] = [spanOf(bars, 10), spanOf(bars, 50)];
  return {
    trendPassed: (14 * passed) / 8,
    trendRs: rs === null ? null : 6 * clip01((rs - 70) / 29),
    contractionRatio: 12 * clip01((1 - base.meanRatio) / 0.5),
    contractionCount: 8 * clip01((legs.length - 1) / 3),
    contractionLast: 6 * clip01((0.12 - (base.depths.at(-1) ?? Number.NaN)) / 0.09),
    contractionWorst: 4 * clip01((0.8 - Math.max(...base.ratios)) / 0.3),
    volumeDryUp: 9 * (1 - clip01((base.dryUp - 0.4) / 0.6)),
    volumeTrend: 6 * (1 - clip01((base.volumeTrend - 0.4) / 0.6)),
    volumeLow: lowVolumePoints(bars, bars.slice(h1)),
    volumeUpDown: upDownPoints(bars, h1),
    pivotProximity: 8 * proximity(base.distance),
    pivotTightness: r50 === 0 ? 0 : 4 * clip01((0.8 - r10 / r50) / 0.5),
    pivotOverhead: 3 * (1 - clip01(base.overhead / 0.1)),
    leadershipRs: rs === null ? null : (10 * rs) / 99,
    leadershipLine: gap === null ? null : 5 * clip01(1 - gap / 0.05),
    penaltyLoose: r10 / close > 0.15 ? -15 : 0,
    penaltyVShape: h2 - l1 < 0.3 * (l1 - h1) ? -8 : 0,
    penaltyStretched: mean200 !== null && close > 1.5 * mean200 ? -5 : 0,
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
