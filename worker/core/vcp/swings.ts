/**
 * SW: swing highs and lows at one scale, causal and append-only. A swing is confirmed when price has moved back from
 * an extreme by a multiple of the average true range; the decision at bar k reads bars up to k and is never revised.
 */
import { type BarIndex, barIndexOf, type BarIndices, barIndicesOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";

/** The bars that swings are found on. */
type SwingBars = Pick<PatternTime, "n" | "high" | "low" | "range" | "leastRange" | "mostRange">;

/** Swings of one scale, oldest first, highs and lows in turn. Reused from ticker to ticker. */
export class Swings {
  count: number = 0;
  /** Bar of each swing, and the bar at which it was confirmed. */
  index: BarIndices = barIndicesOf(new Int32Array(0));
  confirmedAt: BarIndices = barIndicesOf(new Int32Array(0));
  /** SW2: th of each bar at the scale that is read, a fraction; filled only where a limit bites. */
  threshold: Float64Array = new Float64Array(0);
  /** Whether swing 0 is a high. */
  beginsHigh: boolean = false;
  /** 1: the running leg goes up, -1: down, 0: nothing is confirmed yet. */
  direction: -1 | 0 | 1 = 0;
  /** SW4: bar of the running leg's extreme, provisional. */
  extreme: BarIndex = barIndexOf(0);

  isHigh(swing: number): boolean {
    return (swing % 2 === 0) === this.beginsHigh;
  }

  reset(): void {
    this.count = 0;
    this.direction = 0;
    this.extreme = barIndexOf(0);
  }

  /** Reserves as many swings and thresholds as there are bars: no series has more. */
  reserve(bars: number): void {
    if (bars > this.threshold.length) {
      this.threshold = new Float64Array(bars * 2);
      this.index = barIndicesOf(new Int32Array(bars * 2));
      this.confirmedAt = barIndicesOf(new Int32Array(bars * 2));
    }
  }
}

/**
 * Finds every swing of `bars` at `scale` (a multiple of the average true range) and leaves them in `out`.
 *
 * @example
 * const bars = new PatternTime();
 * bars.load(columns, PARAMS.swing.atrSpan);
 * const swings = new Swings();
 * findSwings(bars, 2.6, PARAMS.swing, swings);
 * swings.index[swings.count - 1]; // the bar of the last confirmed swing
 */
export function findSwings(bars: SwingBars, scale: number, params: Params["swing"], out: Swings): void {
  out.reset();
  out.reserve(bars.n);
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
  { n, range }: SwingBars,
  scale: number,
  { minThreshold, maxThreshold }: Params["swing"],
  threshold: Float64Array,
): void {
  for (let k = 0; k < n; k++) {
    threshold[k] = Math.min(maxThreshold, Math.max(minThreshold, scale * range[k]!));
  }
}

/**
 * SW2. The threshold of bar k is `factor` times `range[k]`. One loop a direction, and all that changes in local
 * variables: a wrong guess of the processor costs more than everything else here.
 */
function walk(bars: SwingBars, range: Float64Array, factor: number, out: Swings): void {
  const { n, high, low } = bars;
  const index: Int32Array = out.index;
  const confirmedAt: Int32Array = out.confirmedAt;
  let k = begin(bars, range, factor, out);
  if (out.direction === 0) {
    return;
  }
  let { count } = out;
  let extreme: number = out.extreme;
  let rising = out.direction > 0;
  for (;;) {
    if (rising) {
      let top = high[extreme]!;
      for (; k < n; k++) {
        if (high[k]! > top) {
          top = high[k]!;
          extreme = k;
        } else if (low[k]! <= top * (1 - factor * range[k]!)) {
          break;
        }
      }
    } else {
      let bottom = low[extreme]!;
      for (; k < n; k++) {
        if (low[k]! < bottom) {
          bottom = low[k]!;
          extreme = k;
        } else if (high[k]! >= bottom * (1 + factor * range[k]!)) {
          break;
        }
      }
    }
    if (k >= n) {
      break;
    }
    index[count] = extreme;
    confirmedAt[count] = k;
    count += 1;
    extreme = rising ? lowestBar(low, extreme + 1, k) : highestBar(high, extreme + 1, k);
    rising = !rising;
    k += 1;
  }
  out.count = count;
  out.extreme = barIndexOf(extreme);
  out.direction = rising ? 1 : -1;
}

/** The first bar with the lowest low among `from` to `to`. */
function lowestBar(low: Float64Array, from: number, to: number): number {
  let lowest = from;
  let bottom = low[from]!;
  for (let k = from + 1; k <= to; k++) {
    if (low[k]! < bottom) {
      bottom = low[k]!;
      lowest = k;
    }
  }
  return lowest;
}

/** The first bar with the highest high among `from` to `to`. */
function highestBar(high: Float64Array, from: number, to: number): number {
  let highest = from;
  let top = high[from]!;
  for (let k = from + 1; k <= to; k++) {
    if (high[k]! > top) {
      top = high[k]!;
      highest = k;
    }
  }
  return highest;
}

/**
 * SW2's start: both directions are open until one of them confirms, and its extreme is the first swing. Returns the
 * place of the first bar that is left to read.
 */
function begin({ n, high, low }: SwingBars, range: Float64Array, factor: number, out: Swings): number {
  let top = 0;
  let bottom = 0;
  let k = 1;
  for (; k < n && out.direction === 0; k++) {
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
    if (!higher && low[k]! <= high[top]! * (1 - threshold)) {
      start(out, true, top, k, lowestBar(low, top + 1, k));
    } else if (!lower && high[k]! >= low[bottom]! * (1 + threshold)) {
      start(out, false, bottom, k, highestBar(high, bottom + 1, k));
    }
  }
  return k;
}

/** Confirms the first swing at bar `at`; the leg after it has its extreme at bar `next`. */
function start(out: Swings, isHigh: boolean, bar: number, at: number, next: number): void {
  out.beginsHigh = isHigh;
  out.direction = isHigh ? -1 : 1;
  out.index[0] = barIndexOf(bar);
  out.confirmedAt[0] = barIndexOf(at);
  out.count = 1;
  out.extreme = barIndexOf(next);
}

/** CT: the legs of one scale, each a swing high and the swing low after it; the last low may be provisional. */
export class Legs {
  count: number = 0;
  high: BarIndices = barIndicesOf(new Int32Array(0));
  low: BarIndices = barIndicesOf(new Int32Array(0));
  /** The last leg's low is not confirmed yet. */
  provisional: boolean = false;

  load(swings: Swings): void {
    const size = (swings.count >> 1) + 1;
    if (size > this.high.length) {
      this.high = barIndicesOf(new Int32Array(size * 2));
      this.low = barIndicesOf(new Int32Array(size * 2));
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
