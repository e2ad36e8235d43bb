/** CT: the contractions of a base as successive largest falls. One O(n) pass a contraction; nothing is allocated. */
import { barIndexOf, type BarIndices, barIndicesOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";

/** The contractions of one base, by their number from 0: bar of the high, bar of the low, fall as a fraction of the high. */
export class Contractions {
  count: number = 0;
  readonly high: BarIndices;
  readonly low: BarIndices;
  readonly depth: Float64Array;

  constructor(most: number) {
    this.high = barIndicesOf(new Int32Array(most));
    this.low = barIndicesOf(new Int32Array(most));
    this.depth = new Float64Array(most);
  }

  add(high: number, low: number, depth: number): void {
    this.high[this.count] = barIndexOf(high);
    this.low[this.count] = barIndexOf(low);
    this.depth[this.count] = depth;
    this.count += 1;
  }
}

/** A fall: its bars and its size. -1 and 0 while there is none. */
interface Fall {
  high: number;
  low: number;
  depth: number;
}

/**
 * The largest fall from a high at bar `from` or later to a low at least `bars` bars after it and not after `until`, without a higher
 * high between them; the first of equals.
 */
function largestFall(
  { high, low }: PatternTime,
  from: number,
  until: number,
  bars: number,
  fall: Fall,
): void {
  fall.high = -1;
  fall.low = -1;
  fall.depth = 0;
  let top = from;
  let ratio = 1;
  for (let k = from + 1; k <= until; k++) {
    if (k - top >= bars) {
      const here = low[k]! / high[top]!;
      if (here < ratio) {
        ratio = here;
        fall.high = top;
        fall.low = k;
      }
    }
    if (high[k]! > high[top]!) {
      top = k;
    }
  }
  if (fall.high >= 0) {
    // One division of whole won, so that a depth of exactly 8 % is 0.08 and not the double below it.
    fall.depth = (high[fall.high]! - low[fall.low]!) / high[fall.high]!;
  }
}

const FALL: Fall = { high: -1, low: -1, depth: 0 };

/**
 * CT1: contraction 1 falls from bar `start` to the lowest low since; each next one is the largest fall that begins after
 * the low before. A fall below `noise` ends the search; one that is not clearly smaller than the last counted one is
 * a repeat, stepped over and not counted.
 */
export function findContractions(
  bars: PatternTime,
  start: number,
  until: number,
  noise: number,
  params: Params["base"],
  into: Contractions,
): void {
  const { high, low } = bars;
  const { maxContractions, maxRatio, recoveryGap, contractionBars } = params;
  let lowest = start + 1;
  for (let k = start + 2; k <= until; k++) {
    if (low[k]! < low[lowest]!) {
      lowest = k;
    }
  }
  into.count = 0;
  into.add(start, lowest, (high[start]! - low[lowest]!) / high[start]!);
  let at = lowest;
  while (into.count < maxContractions) {
    largestFall(bars, at + recoveryGap, until, contractionBars, FALL);
    if (FALL.high < 0 || FALL.depth < noise) {
      return;
    }
    if (FALL.depth <= maxRatio * into.depth[into.count - 1]!) {
      into.add(FALL.high, FALL.low, FALL.depth);
    }
    at = FALL.low;
  }
}
