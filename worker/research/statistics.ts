/** EV3: a figure with its number of cases, its months and its interval. */
import { makeChance } from "../core/outcome/chance.ts";
import {
  inOrder,
  LEAST_MONTHS,
  LEAST_SAMPLE,
  type Observation,
  RESAMPLES,
  summarise,
} from "../core/outcome/sample-summary.ts";
import type { StudyFigure } from "../protocol/rest/study-report.ts";

const BEST = 5;

/** `null`s below thirty cases (EV3a). */
export function figureOf(cases: readonly Observation[]): StudyFigure {
  const { n, figures } = summarise(cases);
  const values = inOrder(cases.map(({ value }) => value));
  return {
    n,
    months: new Set(cases.map(({ month }) => month)).size,
    mean: figures?.mean ?? null,
    median: figures?.median ?? null,
    win: figures?.winRate ?? null,
    // From the largest that is left: the order decides the last digit.
    without_best:
      figures && values.subarray(0, n - BEST).reduceRight((sum, value) => sum + value, 0) / (n - BEST),
    low: figures?.meanInterval?.low ?? null,
    high: figures?.meanInterval?.high ?? null,
  };
}

interface Sum {
  readonly sum: number;
  readonly count: number;
}

/** All that a difference needs of a sample: the sums of its months. */
export type MonthSums = ReadonlyMap<string, Sum>;

export function sumsByMonth(cases: readonly Observation[]): MonthSums {
  const sums = new Map<string, Sum>();
  for (const { month, value } of cases) {
    const { sum, count } = sums.get(month) ?? { sum: 0, count: 0 };
    sums.set(month, { sum: sum + value, count: count + 1 });
  }
  return sums;
}

function casesIn(sums: MonthSums): number {
  return [...sums.values()].reduce((all, { count }) => all + count, 0);
}

function meanIn(sums: MonthSums, months: readonly string[]): number {
  let [sum, count] = [0, 0];
  for (const month of months) {
    sum += sums.get(month)?.sum ?? 0;
    count += sums.get(month)?.count ?? 0;
  }
  return sum / count;
}

/** One sample against its baseline. */
export interface Difference {
  readonly n: number;
  readonly baselineN: number;
  readonly months: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Mean of `ours` less mean of `theirs`. Both are drawn by the same months, so that a good month helps both. */
export function differenceOf(ours: MonthSums, theirs: MonthSums, seed: number): Difference {
  const [n, baselineN] = [casesIn(ours), casesIn(theirs)];
  const months = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted();
  // A month without a signal has no difference.
  const shared = months.filter((month) => ours.has(month) && theirs.has(month)).length;
  const known = { n, baselineN, months: shared };
  if (n < LEAST_SAMPLE || baselineN < LEAST_SAMPLE) {
    return { ...known, mean: null, low: null, high: null };
  }
  const gap = (drawn: readonly string[]): number => meanIn(ours, drawn) - meanIn(theirs, drawn);
  const mean = gap(months);
  if (shared < LEAST_MONTHS) {
    return { ...known, mean, low: null, high: null };
  }
  const random = makeChance(seed);
  // NaN: a draw without any case of one side.
  const gaps = Array.from({ length: RESAMPLES }, () =>
    gap(months.map(() => months[Math.floor(random() * months.length)] ?? "")),
  ).filter((each) => !Number.isNaN(each));
  const sorted = gaps.toSorted((a, b) => a - b);
  const at = (share: number): number | null => sorted[Math.round(share * (sorted.length - 1))] ?? null;
  return { ...known, mean, low: at(0.025), high: at(0.975) };
}
