/** SC2, SC3, SC4 and SC6 for a naive candidate: what it earns by itself, term by term (CT10 compares the sum). */
import type { BaseTerms } from "../../core/vcp/score.ts";
import {
  baseHighOf,
  dryOf,
  firstOf,
  lastOf,
  mean,
  meanRatioOf,
  type NaiveCandidate,
  ratiosOf,
  volumeTrendOf,
} from "./naive-rules.ts";
import { at, type NaiveBar } from "./naive-swings.ts";

const clip = (x: number): number => Math.min(1, Math.max(0, x));

/** R_n: highest high minus lowest low of the last n bars. */
function rangeOf(bars: readonly NaiveBar[], n: number): number {
  const last = bars.slice(-n);
  return Math.max(...last.map((bar) => bar.high)) - Math.min(...last.map((bar) => bar.low));
}

/** SC3: the lowest of the last 10 volumes ranks within the ceil(5 % n) smallest of the base's n bars. */
function hasExtremeLow(bars: readonly NaiveBar[], start: number): boolean {
  const lowest = Math.min(...bars.slice(-10).map((bar) => bar.volume));
  const base = bars
    .slice(start)
    .map((bar) => bar.volume)
    .toSorted((a, b) => a - b);
  const places = base.slice(0, Math.ceil(base.length / 20));
  return lowest <= at(places, places.length - 1);
}

/** SC3: volume of closes up exceeds that of closes down; unchanged closes count for neither. */
function isBought(bars: readonly NaiveBar[], start: number): boolean {
  const sum = (sign: number): number =>
    bars.reduce((total, bar, k) => {
      const before = bars[k - 1];
      const counts = k >= start && before !== undefined && Math.sign(bar.close - before.close) === sign;
      return total + (counts ? bar.volume : 0);
    }, 0);
  return sum(1) > sum(-1);
}

function proximityOf(distance: number): number {
  if (distance < -0.02) {
    return clip((distance + 0.08) / 0.06);
  }
  return distance <= 0.02 ? 1 : clip((0.05 - distance) / 0.03);
}

export function naiveTerms(bars: readonly NaiveBar[], c: NaiveCandidate): BaseTerms {
  const [first, last] = [firstOf(c), lastOf(c)];
  const start = first.high.bar;
  const pivot = last.high.price;
  const close = at(bars, bars.length - 1).close;
  const depth = at(c.depths, c.depths.length - 1);
  const wide = rangeOf(bars, 50);
  const mean200 = bars.length < 200 ? null : mean(bars.slice(-200).map((bar) => bar.close));
  const fall = first.low.bar - start;
  const recovery = at(c.legs, 1).high.bar - first.low.bar;
  return {
    contractionRatio: 12 * clip((1 - meanRatioOf(c)) / 0.5),
    contractionCount: 8 * clip((c.legs.length - 1) / 3),
    contractionLast: 6 * clip((0.12 - depth) / 0.09),
    contractionWorst: 4 * clip((0.8 - Math.max(...ratiosOf(c))) / 0.3),
    volumeDryUp: 9 * (1 - clip((dryOf(bars, c) - 0.4) / 0.6)),
    volumeTrend: 6 * (1 - clip((volumeTrendOf(bars, c) - 0.4) / 0.6)),
    volumeLow: hasExtremeLow(bars, start) ? 3 : 0,
    volumeUpDown: isBought(bars, start) ? 2 : 0,
    pivotProximity: 8 * proximityOf(close / pivot - 1),
    pivotTightness: wide === 0 ? 0 : 4 * clip((0.8 - rangeOf(bars, 10) / wide) / 0.5),
    pivotOverhead: 3 * (1 - clip((baseHighOf(c) / pivot - 1) / 0.1)),
    penaltyLoose: rangeOf(bars, 10) / close > 0.15 ? -15 : 0,
    penaltyVShape: recovery < 0.3 * fall ? -8 : 0,
    penaltyStretched: mean200 !== null && close > 1.5 * mean200 ? -5 : 0,
  };
}
