/**
 * EV3: what a sample of outcomes shows, and how sure that is. Signals of one month rise and fall together, so the
 * intervals come from drawing whole months (a cluster bootstrap), not single signals. The same sample gives the same
 * figures: chance is seeded.
 */
import { makeChance } from "./chance.ts";

/** Below this many observations nothing is given but their number. */
export const LEAST_SAMPLE = 30;

/** With fewer months their resamples repeat one another, and an interval would look narrower than it is. */
export const LEAST_MONTHS = 6;
/** EV3b: draws of the interval. */
export const RESAMPLES = 1_000;
const SEED = 20_250_613;
/** 95 %: what lies outside on either side. */
const TAIL = 0.025;

/** One outcome, and the month that it shares its market with. */
export interface Observation {
  /** `2025-06`: what is drawn together. */
  readonly month: string;
  readonly value: number;
}

/** Both ends in the unit of the observations. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** In the unit of the observations; the win rate is the share of values above 0. */
export interface SampleFigures {
  readonly mean: number;
  readonly median: number;
  readonly winRate: number;
  /** 95 %; `null` with fewer than six months. */
  readonly meanInterval: Interval | null;
  readonly winRateInterval: Interval | null;
}

/** EV3a: the number of cases always, the figures only where there are enough of them. */
export interface SampleSummary {
  readonly n: number;
  /** `null` below {@link LEAST_SAMPLE} observations. */
  readonly figures: SampleFigures | null;
}

/** The order of the observations does not matter. */
export function summarise(sample: readonly Observation[]): SampleSummary {
  const n = sample.length;
  if (n < LEAST_SAMPLE) {
    return { n, figures: null };
  }
  const months = monthsOf(sample);
  const whole = totalOf(months);
  const drawn = months.length < LEAST_MONTHS ? null : resample(months);
  return {
    n,
    figures: {
      mean: whole.sum / n,
      median: medianOf(sample.map(({ value }) => value)),
      winRate: whole.wins / n,
      meanInterval: drawn && intervalOf(drawn.map(({ sum, count }) => sum / count)),
      winRateInterval: drawn && intervalOf(drawn.map(({ wins, count }) => wins / count)),
    },
  };
}

/** Ascending; an array of numbers alone is sorted without a call for each comparison. */
export function inOrder(values: readonly number[]): Float64Array {
  return Float64Array.from(values).toSorted();
}

/** `NaN` of nothing. */
export function medianOf(values: readonly number[]): number {
  const sorted = inOrder(values);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** All that mean and win rate need of a month. */
interface Total {
  readonly sum: number;
  readonly wins: number;
  readonly count: number;
}

function totalOf(months: readonly Total[]): Total {
  let [sum, wins, count] = [0, 0, 0];
  for (const month of months) {
    sum += month.sum;
    wins += month.wins;
    count += month.count;
  }
  return { sum, wins, count };
}

function monthsOf(sample: readonly Observation[]): readonly Total[] {
  const byMonth = Map.groupBy(sample, ({ month }) => month);
  return [...byMonth]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, observations]) => {
      // Sums depend on their order in the last digit, and a sample has none.
      const values = inOrder(observations.map(({ value }) => value));
      return {
        sum: values.reduce((sum, value) => sum + value, 0),
        wins: values.filter((value) => value > 0).length,
        count: values.length,
      };
    });
}

function resample(months: readonly Total[]): readonly Total[] {
  const random = makeChance(SEED);
  return Array.from({ length: RESAMPLES }, () => {
    let [sum, wins, count] = [0, 0, 0];
    for (let draw = 0; draw < months.length; draw++) {
      const month = months[Math.floor(random() * months.length)];
      sum += month?.sum ?? 0;
      wins += month?.wins ?? 0;
      count += month?.count ?? 0;
    }
    return { sum, wins, count };
  });
}

/** The values between which the inner 95 % lie. */
function intervalOf(values: readonly number[]): Interval {
  const sorted = inOrder(values);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(TAIL), high: at(1 - TAIL) };
}
