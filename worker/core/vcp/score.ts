/** SC: how well the form is met, in points; every term kept. Sums are unrounded. It orders the list and decides nothing. */
import type { BaseReading } from "./base-reading.ts";
import { BASE_MEASURES } from "./measures.ts";
import type { ScoreTerms } from "./verdict.ts";
import type { Trend } from "./trend-template.ts";

/** `x` held within 0 and 1. */
export function clip(x: number): number {
  return Math.min(1, Math.max(0, x));
}

/** The terms that need neither the template nor the other tickers. */
export type BaseTerms = Omit<ScoreTerms, "leaderRs" | "leaderTemplate" | "leaderTrend">;

/** SC2, SC3, SC4: what the base alone earns. */
export function baseTerms(x: BaseReading): BaseTerms {
  const { depth } = x.contractions;
  const last = depth[x.count - 1]!;
  return {
    contractionLast: 8 * clip((0.12 - last) / 0.09),
    contractionRatio: 5 * clip((0.8 - last / depth[0]!) / 0.5),
    quietRange: 10 * clip((1.15 - x.quiet) / 0.45),
    quietVolume: 10 * clip((1.05 - x.dryUp) / 0.5),
    quietTightness: 5 * clip((3.2 - BASE_MEASURES.shelf(x)) / 1.5),
    quietWidest: 7 * clip((4 - BASE_MEASURES.widestBar(x)) / 2),
    pivotOverhead: 10 * clip((0.15 - BASE_MEASURES.overhead(x)) / 0.15),
    pivotDistance: 8 * clip((x.distance + 0.08) / 0.06),
    rightSide: 7 * clip((BASE_MEASURES.rightTime(x) - 0.4) / 0.4),
  };
}

/** SC1. What cannot be measured earns nothing and is `null` (SC7). */
export function leaderTerms(
  passed: number,
  rs: number | null,
  trend: Trend | null,
): Pick<ScoreTerms, "leaderRs" | "leaderTemplate" | "leaderTrend"> {
  const over = trend === null ? Number.NaN : trend.mean50 / trend.mean200 - 1;
  return {
    leaderRs: rs === null ? null : 15 * clip((rs - 70) / 29),
    leaderTemplate: 5 * clip(passed - 7),
    leaderTrend: Number.isNaN(over) ? null : 10 * clip((over - 0.03) / 0.17),
  };
}

/** The sum of terms, unclipped. */
export function sumOf(terms: Readonly<Partial<Record<string, number | null>>>): number {
  return Object.values(terms).reduce<number>((sum, points) => sum + (points ?? 0), 0);
}
