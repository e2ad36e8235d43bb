/** BS1 and CT1 a second time: where a base may start, and the contractions that follow from a start. */
import type { Params } from "../../core/params.ts";
import { at, highestHigh, lowestLow, type NaiveBar } from "./naive-bars.ts";

/** A contraction as the places of its high and low. */
export interface NaiveFall {
  readonly high: number;
  readonly low: number;
  readonly depth: number;
}

/** How far a price stands above another, a fraction. */
export function above(price: number, than: number): number {
  return (price - than) / than;
}

/** The first bar after `start` with the lowest low up to `until`. */
export function lowestAfter(bars: readonly NaiveBar[], start: number, until: number): number {
  const low = lowestLow(bars, start + 1, until);
  return bars.findIndex((bar, k) => k > start && bar.low === low);
}

function mayStart(bars: readonly NaiveBar[], b: number, until: number, params: Params): boolean {
  const { bars: length, leastBefore, overBars } = params.base;
  if (until - b < length[0] || until - b > length[1] || b < leastBefore) {
    return false;
  }
  const top = at(bars, b).high;
  const over = params.form.BS1.limit;
  return (
    above(highestHigh(bars, b + 1, until), top) <= over &&
    above(highestHigh(bars, b - overBars, b - 1), top) <= over
  );
}

/** BS1: the starts of bases that are read as of `until`, oldest first. */
export function naiveStarts(bars: readonly NaiveBar[], until: number, params: Params): readonly number[] {
  const byLow = new Map<number, number>();
  for (let b = until; b >= 0; b--) {
    if (mayStart(bars, b, until, params)) {
      const low = lowestAfter(bars, b, until);
      const later = byLow.get(low);
      if (later === undefined || above(at(bars, b).high, at(bars, later).high) > params.base.level) {
        byLow.set(low, b);
      }
    }
  }
  return [...byLow.values()].toSorted((a, b) => a - b);
}

/** The largest fall from a bar at `from` or later; the first of equals. */
function largestFall(
  bars: readonly NaiveBar[],
  from: number,
  until: number,
  params: Params,
): NaiveFall | null {
  let largest: NaiveFall | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let high = from; high <= until; high++) {
    for (let low = high + params.base.contractionBars; low <= until; low++) {
      const left = at(bars, low).low / at(bars, high).high;
      const isTop = bars.slice(high + 1, low).every((bar) => bar.high <= at(bars, high).high);
      if (isTop && left < least) {
        least = left;
        largest = { high, low, depth: depthOf(bars, high, low) };
      }
    }
  }
  return largest;
}

function depthOf(bars: readonly NaiveBar[], high: number, low: number): number {
  return (at(bars, high).high - at(bars, low).low) / at(bars, high).high;
}

/** CT1: at least one, at most six are counted; the repeats between them are stepped over. */
export function naiveFalls(
  bars: readonly NaiveBar[],
  start: number,
  until: number,
  noise: number,
  params: Params,
): readonly NaiveFall[] {
  return allFalls(bars, start, until, noise, params).flatMap(({ counted, ...fall }) =>
    counted ? [fall] : [],
  );
}

/** CT5: with the repeats. */
export function allFalls(
  bars: readonly NaiveBar[],
  start: number,
  until: number,
  noise: number,
  params: Params,
): readonly (NaiveFall & { readonly counted: boolean })[] {
  const { maxContractions, maxRatio, recoveryGap } = params.base;
  const first = lowestAfter(bars, start, until);
  const falls = [{ high: start, low: first, depth: depthOf(bars, start, first), counted: true }];
  let last = at(falls, 0);
  while (falls.filter(({ counted }) => counted).length < maxContractions) {
    const fall = largestFall(bars, at(falls, falls.length - 1).low + recoveryGap, until, params);
    if (fall === null || fall.depth < noise) {
      break;
    }
    const counted = fall.depth <= maxRatio * last.depth;
    falls.push({ ...fall, counted });
    last = counted ? { ...fall, counted } : last;
  }
  return falls;
}
