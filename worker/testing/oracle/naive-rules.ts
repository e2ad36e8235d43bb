/** A second implementation of CT1 to CT7 and of BR4's base half: each rule as its sentence in SPEC.md, and every rule always measured. */
import type { Base, BaseRule, NearMiss } from "../../core/vcp/verdict.ts";
import type { Bare } from "../builders/bare.ts";
import { at, type NaiveBar, type NaiveSwing, type PlacedBar } from "./naive-swings.ts";

export interface NaiveLeg {
  readonly high: NaiveSwing;
  readonly low: NaiveSwing;
}

/** A leg as the days of its high and its low. */
export interface LegDays {
  readonly highDay: number;
  readonly lowDay: number;
}

/** The last T legs at one scale. */
export interface NaiveCandidate {
  readonly scale: number;
  readonly legs: readonly NaiveLeg[];
  readonly depths: readonly number[];
}

export type Unmet = NearMiss & { readonly rule: BaseRule };

export const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

/** Swing highs with the swing low after each; a trailing high has none and is ignored. */
export function naiveLegs(swings: readonly NaiveSwing[]): NaiveLeg[] {
  return swings.flatMap((high, i) => {
    const low = swings[i + 1];
    return high.kind === "high" && low !== undefined ? [{ high, low }] : [];
  });
}

export function naiveCandidate(scale: number, legs: readonly NaiveLeg[]): NaiveCandidate {
  return { scale, legs, depths: legs.map(({ high, low }) => (high.price - low.price) / high.price) };
}

/** The candidate with these legs, its prices read from the bars; of no scale. */
export function candidateOn(bars: readonly NaiveBar[], legs: readonly LegDays[]): NaiveCandidate {
  const turn = (kind: NaiveSwing["kind"], day: number): NaiveSwing => {
    const bar = bars.findIndex((one) => one.day === day);
    return { kind, bar, price: at(bars, bar)[kind], confirmedAt: null };
  };
  return naiveCandidate(
    Number.NaN,
    legs.map(({ highDay, lowDay }) => ({ high: turn("high", highDay), low: turn("low", lowDay) })),
  );
}

export const ratiosOf = ({ depths }: NaiveCandidate): number[] =>
  depths.slice(1).map((depth, i) => depth / at(depths, i));
export const meanRatioOf = ({ depths }: NaiveCandidate): number =>
  (at(depths, depths.length - 1) / at(depths, 0)) ** (1 / (depths.length - 1));
const baseHighOf = ({ legs }: NaiveCandidate): number => Math.max(...legs.map((leg) => leg.high.price));
export const firstOf = ({ legs }: NaiveCandidate): NaiveLeg => at(legs, 0);
export const lastOf = ({ legs }: NaiveCandidate): NaiveLeg => at(legs, legs.length - 1);
const yearHighOf = (bars: readonly NaiveBar[]): number =>
  Math.max(...bars.slice(-252).map((bar) => bar.high));

/** CT2: the low of leg i + 1 undercuts that of leg i by 1 to 3 %, and a close comes back within four bars. */
function isShakeout(bars: readonly NaiveBar[], before: NaiveLeg, after: NaiveLeg): boolean {
  const first = bars.findIndex((bar, k) => k > after.high.bar && bar.low < before.low.price);
  const undercuts = after.low.price < 0.99 * before.low.price && after.low.price >= 0.97 * before.low.price;
  return undercuts && first >= 0 && bars.slice(first, first + 4).some((bar) => bar.close >= before.low.price);
}

const pairsOf = ({ legs }: NaiveCandidate): (readonly [NaiveLeg, NaiveLeg])[] =>
  legs.slice(1).map((after, i) => [at(legs, i), after] as const);

export function shakeoutsOf(bars: readonly NaiveBar[], c: NaiveCandidate): number {
  return pairsOf(c).filter(([before, after]) => isShakeout(bars, before, after)).length;
}

/** CT7: the first bar after L_T that closed above H_T, else the last bar. */
export function dryEndOf(bars: readonly NaiveBar[], c: NaiveCandidate): number {
  const { high, low } = lastOf(c);
  const above = bars.findIndex((bar, k) => k > low.bar && bar.close > high.price);
  return above < 0 ? bars.length - 1 : above;
}

/** CT7 dry; not a number while there are fewer than 50 bars before `u`. */
function dryOf(bars: readonly NaiveBar[], c: NaiveCandidate): number {
  const u = dryEndOf(bars, c);
  const before = bars.slice(Math.max(0, u - 50), u).map((bar) => bar.volume);
  return u < 50 ? Number.NaN : mean(before.slice(-5)) / mean(before);
}

const legVolume = (bars: readonly NaiveBar[], { high, low }: NaiveLeg): number =>
  mean(bars.slice(high.bar, low.bar + 1).map((bar) => bar.volume));

const volumeTrendOf = (bars: readonly NaiveBar[], c: NaiveCandidate): number =>
  legVolume(bars, lastOf(c)) / legVolume(bars, firstOf(c));

/** What a base states beside its legs, as of the last bar. */
export function naiveMeasures(
  bars: readonly NaiveBar[],
  c: NaiveCandidate,
): Bare<Pick<Base, "pivot" | "overhead" | "distance" | "dryUp" | "volumeTrend">> {
  const pivot = lastOf(c).high.price;
  return {
    pivot,
    overhead: baseHighOf(c) / pivot - 1,
    distance: at(bars, bars.length - 1).close / pivot - 1,
    dryUp: dryOf(bars, c),
    volumeTrend: volumeTrendOf(bars, c),
  };
}

/** CT1 to CT5 that do not hold, in the order of the SPEC. */
export function naiveShape(bars: readonly NaiveBar[], c: NaiveCandidate): Unmet[] {
  const unmet: Unmet[] = [];
  const ask = (rule: BaseRule, holds: boolean, value: number | null, threshold: number): void => {
    if (!holds) {
      unmet.push({ rule, value, threshold });
    }
  };
  const pairs = pairsOf(c);
  const baseHigh = baseHighOf(c);
  const yearHigh = yearHighOf(bars);
  const start = firstOf(c).high.bar;
  const [d1, dT] = [at(c.depths, 0), at(c.depths, c.depths.length - 1)];
  const worst = Math.max(...ratiosOf(c));
  ask("CT1r", worst <= 0.8, worst, 0.8);
  ask("CT1g", meanRatioOf(c) <= 0.72, meanRatioOf(c), 0.72);
  const broken = pairs.filter(([a, b]) => !(b.low.price >= 0.99 * a.low.price) && !isShakeout(bars, a, b));
  ask("CT2low", broken.length === 0, Math.min(...broken.map(([a, b]) => b.low.price / a.low.price)), 0.99);
  ask(
    "CT2h90",
    pairs.every(([, b]) => b.high.price >= 0.9 * baseHigh),
    Math.min(...pairs.map(([, b]) => b.high.price / baseHigh)),
    0.9,
  );
  ask(
    "CT2h105",
    pairs.every(([a, b]) => b.high.price <= 1.05 * a.high.price),
    Math.max(...pairs.map(([a, b]) => b.high.price / a.high.price)),
    1.05,
  );
  ask("CT3d1lo", d1 >= 0.08, d1, 0.08);
  ask("CT3d1hi", d1 <= 0.45, d1, 0.45);
  ask("CT3dT", dT <= 0.12, dT, 0.12);
  const fall = 1 - Math.min(...bars.slice(start).map((bar) => bar.low)) / yearHigh;
  ask("CT3d60", !(fall >= 0.6), fall, 0.6);
  const length = bars.length - 1 - start;
  ask("CT4short", length >= 15, length, 15);
  ask("CT4long", length <= 325, length, 325);
  const before = bars.slice(start - Math.min(126, start), start);
  const advance = firstOf(c).high.price / Math.min(...before.map((bar) => bar.low));
  ask("CT5adv", before.length >= 20 && advance >= 1.3, before.length < 20 ? null : advance, 1.3);
  ask("CT5h252", baseHigh >= 0.75 * yearHigh, baseHigh / yearHigh, 0.75);
  return unmet;
}

/** CT6, CT7 and BR4 that do not hold, in the order of the SPEC. */
export function naiveToday(bars: readonly PlacedBar[], c: NaiveCandidate): Unmet[] {
  const unmet: Unmet[] = [];
  const ask = (rule: BaseRule, holds: boolean, value: number | null, threshold: number): void => {
    if (!holds) {
      unmet.push({ rule, value, threshold });
    }
  };
  const { high, low } = lastOf(c);
  const t = bars.length - 1;
  const lowestClose = Math.min(...bars.slice(low.bar + 1).map((bar) => bar.close));
  ask("CT6brk", !(lowestClose < low.price), lowestClose / low.price, 1);
  // Divided once: close / H_T - 1 in doubles makes exactly 5 % a little more than 5 %.
  const distance = (at(bars, t).close - high.price) / high.price;
  ask("CT6ext", distance <= 0.05, distance, 0.05);
  const dry = dryOf(bars, c);
  ask("CT7dry", dry <= 1, Number.isNaN(dry) ? null : dry, 1);
  ask("CT7vtr", volumeTrendOf(bars, c) <= 1, volumeTrendOf(bars, c), 1);
  const start = firstOf(c).high.bar;
  const halts = at(bars, t).row - at(bars, start).row - (t - start);
  ask("BR4base", halts < 10, halts, 10);
  return unmet;
}
