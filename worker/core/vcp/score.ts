/**
 * SC: how well the form is met, in points. Sixteen terms of equal weight: weights that were fitted to judged charts told less on
 * charts of other tickers than equal ones (decision 033).
 */
import type { BaseReading } from "./base-reading.ts";
import type { BaseMeasure, ShareMeasure } from "./measure-names.ts";
import { BASE_MEASURES, SHARE_MEASURES, type ShareFacts } from "./measures.ts";
import type { Params } from "../params.ts";
import type { ScoreTerms, TermName } from "./verdict.ts";

/** `x` held within 0 and 1. */
export function clip(x: number): number {
  return Math.min(1, Math.max(0, x));
}

/** A term earns nothing at `none`, all its points at `full`, and in proportion between them. */
interface ScoreTerm<Measure> {
  readonly name: TermName;
  readonly measure: Measure;
  readonly none: number;
  readonly full: number;
}

const SHARE_TERMS: readonly ScoreTerm<ShareMeasure>[] = [
  { name: "leaderRs", measure: "rs", none: 70, full: 99 },
  { name: "leaderTrend", measure: "mean150OverMean200", none: 0, full: 0.1 },
];

const BASE_TERMS: readonly ScoreTerm<BaseMeasure>[] = [
  { name: "leaderAdvance", measure: "smoothness", none: 0.1, full: 0.35 },
  { name: "baseFirst", measure: "firstDepth", none: 0.4, full: 0.15 },
  { name: "baseLast", measure: "lastDepth", none: 0.12, full: 0.04 },
  { name: "baseCount", measure: "contractions", none: 2, full: 3 },
  { name: "baseWidest", measure: "widestBar", none: 5, full: 2.5 },
  { name: "quietShelf", measure: "shelf", none: 3.6, full: 2 },
  { name: "quietWidth", measure: "range10", none: 0.16, full: 0.06 },
  { name: "quietWeek", measure: "week", none: 1.3, full: 0.6 },
  { name: "quietRange", measure: "quiet", none: 1.2, full: 0.7 },
  { name: "quietVolume", measure: "dryUp", none: 1.1, full: 0.6 },
  { name: "pivotDistance", measure: "distance", none: -0.1, full: -0.02 },
  { name: "pivotOverhead", measure: "overhead", none: 0.15, full: 0 },
  { name: "rightTime", measure: "rightTime", none: 0.4, full: 0.9 },
  { name: "rightHeight", measure: "rightHeight", none: 0.4, full: 1 },
];

/** What one term is worth at most. */
export const TERM_POINTS: number = 100 / (SHARE_TERMS.length + BASE_TERMS.length);

function pointsOf(value: number, { none, full }: ScoreTerm<unknown>): number {
  return TERM_POINTS * clip((value - none) / (full - none));
}

/** The terms that the base alone earns. */
export type BaseTerms = Readonly<Partial<ScoreTerms>>;

/** The terms of a base. A ratio of nothing to nothing, as of a share without any range, earns nothing and is `null`. */
export function baseTerms(x: BaseReading, params: Params): BaseTerms {
  const terms: Partial<Record<TermName, number | null>> = {};
  for (const term of BASE_TERMS) {
    const value: number | null = BASE_MEASURES[term.measure](x, params);
    terms[term.name] = value === null || Number.isNaN(value) ? null : pointsOf(value, term);
  }
  return terms;
}

/**
 * All terms of a share with its base: the two lists together name every one. What cannot be measured earns nothing and is
 * `null` (SC7).
 */
export function scoreTerms(base: BaseTerms, facts: ShareFacts): ScoreTerms;
export function scoreTerms(base: BaseTerms, facts: ShareFacts): BaseTerms {
  const terms: Partial<Record<TermName, number | null>> = { ...base };
  for (const term of SHARE_TERMS) {
    const value = SHARE_MEASURES[term.measure](facts);
    terms[term.name] = value === null ? null : pointsOf(value, term);
  }
  return terms;
}

/** The sum of terms. */
export function sumOf(terms: Readonly<Partial<Record<string, number | null>>>): number {
  return Object.values(terms).reduce<number>((sum, points) => sum + (points ?? 0), 0);
}
