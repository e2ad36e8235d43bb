/**
 * SW: swing highs and lows at one scale, causal and append-only. A swing is confirmed when price has moved back from
 * an extreme by a multiple of the average true range; the decision at bar k reads bars up to k and is never revised.
 */
import type { Params } from "./params.ts";
import type { PatternTime } from "./pattern-time.ts";

/** Swings of one scale, oldest first, highs and lows in turn. Reused from ticker to ticker. */
export class Swings {
  count: number = 0;
  /** Bar of each swing, and the bar at which it was confirmed. */
  index: Int32Array = new Int32Array(0);
  confirmedAt: Int32Array = new Int32Array(0);
  /** SW2: th of each bar at the scale that is read, a fraction. */
  threshold: Float64Array = new Float64Array(0);
  /** Whether swing 0 is a high. */
  beginsHigh: boolean = false;
  /** 1: the running leg goes up, -1: down, 0: nothing is confirmed yet. */
  direction: -1 | 0 | 1 = 0;
  /** SW4: bar of the running leg's extreme, provisional. */
  extreme: number = 0;

  isHigh(swing: number): boolean {
    return (swing % 2 === 0) === this.beginsHigh;
  }

  reset(bars: number): void {
    this.count = 0;
    this.direction = 0;
    this.extreme = 0;
    if (bars > this.index.length) {
      this.index = new Int32Array(bars * 2);
      this.confirmedAt = new Int32Array(bars * 2);
      this.threshold = new Float64Array(bars * 2);
    }
  }
}

/** Finds every swing of `bars` at `scale` (a multiple of the average true range) and leaves them in `out`. */
export function findSwings(bars: PatternTime, scale: number, params: Params["swing"], out: Swings): void {
  out.reset(bars.n);
  const { minThreshold, maxThreshold } = params;
  // Where neither limit bites, the ranges themselves serve: one pass over the bars less.
  if (scale * bars.leastRange >= minThreshold && scale * bars.mostRange <= maxThreshold) {
    walk(bars, bars.range, scale, out);
  } else {
    hold(bars, scale, params, out.threshold);
    walk(bars, out.threshold, 1, out);
  }
}

/** SW2: how far back price must move, a fraction of the extreme. */
function hold(
  { n, range }: PatternTime,
  scale: number,
  { minThreshold, maxThreshold }: Params["swing"],
  threshold: Float64Array,
): void {
  for (let k = 0; k < n; k++) {
    threshold[k] = Math.min(maxThreshold, Math.max(minThreshold, scale * range[k]!));
  }
}

/**
 * SW2 from the first swing on. The threshold of bar k is `factor` times `range[k]`. One loop a direction, and all that
 * changes in local variables: a wrong guess of the processor costs more than everything else here.
 */
function walk({ n, high, low }: PatternTime, range: Float64Array, factor: number, out: Swings): void {
  const { index, confirmedAt } = out;
  let k = begin(n, high, low, range, factor, out);
  let { extreme } = out;
  let rising = !out.beginsHigh;
  let count = 0;
  for (; k < n; rising = !rising) {
    index[count] = extreme;
    confirmedAt[count] = k;
    count += 1;
    extreme += 1;
    if (rising) {
      let top = high[extreme]!;
      for (let j = extreme + 1; j <= k; j++) {
        if (high[j]! > top) {
          top = high[j]!;
          extreme = j;
        }
      }
      for (k += 1; k < n; k++) {
        if (high[k]! > top) {
          top = high[k]!;
          extreme = k;
        } else if (low[k]! <= top * (1 - factor * range[k]!)) {
          break;
        }
      }
    } else {
      let bottom = low[extreme]!;
      for (let j = extreme + 1; j <= k; j++) {
        if (low[j]! < bottom) {
          bottom = low[j]!;
          extreme = j;
        }
      }
      for (k += 1; k < n; k++) {
        if (low[k]! < bottom) {
          bottom = low[k]!;
          extreme = k;
        } else if (high[k]! >= bottom * (1 + factor * range[k]!)) {
          break;
        }
      }
    }
  }
  out.count = count;
  out.extreme = extreme;
  out.direction = count === 0 ? 0 : (count % 2 === 0) === out.beginsHigh ? 1 : -1;
}

/**
 * SW2's start: both directions are open until one of them confirms. Leaves the confirmed extreme and its kind in `out`
 * and returns the bar which confirmed it; `n` when none did.
 */
function begin(
  n: number,
  high: Float64Array,
  low: Float64Array,
  range: Float64Array,
  factor: number,
  out: Swings,
): number {
  let top = 0;
  let bottom = 0;
  for (let k = 1; k < n; k++) {
    const threshold = factor * range[k]!;
    const higher = high[k]! > high[top]!;
    const lower = low[k]! < low[bottom]!;
    if (higher) {
      top = k;
    }
    if (lower) {
      bottom = k;
    }
    // An outside bar extends, it does not confirm.
    out.beginsHigh = !higher && low[k]! <= high[top]! * (1 - threshold);
    if (out.beginsHigh || (!lower && high[k]! >= low[bottom]! * (1 + threshold))) {
      out.extreme = out.beginsHigh ? top : bottom;
      return k;
    }
  }
  return n;
}

/** CT: the legs of one scale, each a swing high and the swing low after it; the last low may be provisional. */
export class Legs {
  count: number = 0;
  high: Int32Array = new Int32Array(0);
  low: Int32Array = new Int32Array(0);
  /** The last leg's low is not confirmed yet. */
  provisional: boolean = false;

  load(swings: Swings): void {
    const room = (swings.count >> 1) + 1;
    if (room > this.high.length) {
      this.high = new Int32Array(room * 2);
      this.low = new Int32Array(room * 2);
    }
    this.count = 0;
    this.provisional = false;
    for (let s = swings.beginsHigh ? 0 : 1; s < swings.count; s += 2) {
      this.provisional = s + 1 === swings.count;
      this.high[this.count] = swings.index[s]!;
      this.low[this.count] = this.provisional ? swings.extreme : swings.index[s + 1]!;
      this.count += 1;
    }
  }
}
