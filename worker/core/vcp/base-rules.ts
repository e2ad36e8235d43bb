/**
 * CT1..CT7 and the base's part of BR4 as one table, in reporting order. A rule is a measure, a limit and the side on
 * which it must lie, so that the same line serves the verdict (pass or fail) and the explanation (value, threshold).
 */
import type { Candidate } from "./candidate.ts";
import { barIndexOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import { BASE_RULES, type BaseRule } from "./verdict.ts";

/** One base rule, asked alone: what is measured on a candidate, and the limit it is held against. */
export interface BaseRuleTest {
  readonly id: BaseRule;
  readonly measure: (candidate: Candidate, params: Params) => number;
  readonly limit: (params: Params) => number;
  /** `below` is strict; a measure that is not a number is never met. */
  readonly side: "atMost" | "atLeast" | "below";
}

type Measure = BaseRuleTest["measure"];

const RULES: Readonly<Record<BaseRule, Omit<BaseRuleTest, "id">>> = {
  CT1r: { side: "atMost", limit: (p) => p.base.maxRatio, measure: (c) => c.worstRatio },
  CT1g: { side: "atMost", limit: (p) => p.base.maxMeanRatio, measure: (c) => c.meanRatio },
  CT2low: { side: "atLeast", limit: (p) => p.base.lowFloor, measure: lowestUnexcusedLow },
  CT2h90: { side: "atLeast", limit: (p) => p.base.highFloor, measure: lowestLaterHigh },
  CT2h105: { side: "atMost", limit: (p) => p.base.highCeiling, measure: steepestHigh },
  CT3d1lo: { side: "atLeast", limit: (p) => p.base.firstDepth[0], measure: (c) => c.depth(0) },
  CT3d1hi: { side: "atMost", limit: (p) => p.base.firstDepth[1], measure: (c) => c.depth(0) },
  CT3dT: { side: "atMost", limit: (p) => p.base.lastDepth, measure: (c) => c.depth(c.lastLeg) },
  CT3d60: {
    side: "below",
    limit: (p) => p.base.yearFall,
    measure: (c) => 1 - c.bars.lowestLow(c.highBar(0), c.today) / c.yearHigh,
  },
  CT4short: { side: "atLeast", limit: (p) => p.base.bars[0], measure: (c) => c.length },
  CT4long: { side: "atMost", limit: (p) => p.base.bars[1], measure: (c) => c.length },
  CT5adv: { side: "atLeast", limit: (p) => p.base.advance, measure: priorAdvance },
  CT5h252: { side: "atLeast", limit: (p) => p.base.yearHighShare, measure: (c) => c.baseHigh / c.yearHigh },
  CT6brk: { side: "atLeast", limit: () => 1, measure: lowestCloseAfter },
  CT6ext: { side: "atMost", limit: (p) => p.base.extended, measure: (c) => c.distance },
  CT7dry: { side: "atMost", limit: (p) => p.base.maxDryUp, measure: (c, p) => c.dryUp(p.base.dryBars) },
  CT7vtr: { side: "atMost", limit: (p) => p.base.maxVolumeTrend, measure: (c) => c.volumeTrend },
  BR4base: {
    side: "below",
    limit: (p) => p.base.haltedBars,
    measure: (c) => c.bars.haltsBetween(c.highBar(0), c.today),
  },
};

/** In the order of the near-miss (CT10). The search asks faster; these name value and threshold. */
export const BASE_RULE_TESTS: readonly BaseRuleTest[] = BASE_RULES.map((id) => ({ id, ...RULES[id] }));

/** CT1..CT5 stand before this place of the table. */
export const SHAPE_RULES: number = BASE_RULES.indexOf("CT6brk");

/** A measure that is not a number meets no rule. */
export function isMet(rule: BaseRuleTest, candidate: Candidate, params: Params): boolean {
  const value = rule.measure(candidate, params);
  const limit = rule.limit(params);
  switch (rule.side) {
    case "atMost":
      return value <= limit;
    case "atLeast":
      return value >= limit;
    case "below":
      return value < limit;
  }
}

/** Whether the first `rules` rules of the table hold; stops at the first that does not. */
export function stands(
  candidate: Candidate,
  params: Params,
  rules: number = BASE_RULE_TESTS.length,
): boolean {
  for (let r = 0; r < rules; r++) {
    if (!isMet(BASE_RULE_TESTS[r]!, candidate, params)) {
      return false;
    }
  }
  return true;
}

/** CT2: the lowest L_{i+1} / L_i that no shakeout excuses; infinite when every low is excused. */
function lowestUnexcusedLow(...[c, p]: Parameters<Measure>): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let leg = 0; leg < c.lastLeg; leg++) {
    const ratio = c.low(leg + 1) / c.low(leg);
    if (!isShakeout(c, leg, p)) {
      lowest = Math.min(lowest, ratio);
    }
  }
  return lowest;
}

/** CT2: leg `leg + 1` undercut the low of `leg` by at most 3 % and closed back above it within three bars. */
export function isShakeout(c: Candidate, leg: number, p: Params): boolean {
  const floor = c.low(leg);
  const ratio = c.low(leg + 1) / floor;
  if (ratio >= p.base.lowFloor || ratio < p.base.shakeoutFloor) {
    return false;
  }
  return c.bars.closesBack(barIndexOf(c.highBar(leg + 1) + 1), floor, p.base.shakeoutBars);
}

/** The lowest later high over the base high. */
function lowestLaterHigh(c: Candidate): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let leg = 1; leg < c.count; leg++) {
    lowest = Math.min(lowest, c.high(leg));
  }
  return lowest / c.baseHigh;
}

/** The largest H_{i+1} / H_i. */
function steepestHigh(c: Candidate): number {
  let steepest = 0;
  for (let leg = 1; leg < c.count; leg++) {
    steepest = Math.max(steepest, c.high(leg) / c.high(leg - 1));
  }
  return steepest;
}

/** CT5: H_1 over the lowest low of up to 126 bars before it; not a number with fewer than 20 such bars. */
function priorAdvance(...[c, p]: Parameters<Measure>): number {
  const [min, max] = p.base.advanceBars;
  const start = c.highBar(0);
  return start < min ? Number.NaN : c.high(0) / c.bars.lowestLow(start - max, start - 1);
}

/** CT6: the lowest close after L_T's bar over L_T; infinite when there is no later bar. */
function lowestCloseAfter(c: Candidate): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let k = c.lowBar(c.lastLeg) + 1; k <= c.today; k++) {
    lowest = Math.min(lowest, c.bars.close[k]!);
  }
  return lowest / c.low(c.lastLeg);
}
