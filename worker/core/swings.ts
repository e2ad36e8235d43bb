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

  confirm(index: number, at: number): void {
    this.index[this.count] = index;
    this.confirmedAt[this.count] = at;
    this.count += 1;
  }
}

/** Finds every swing of `bars` at `scale` (a multiple of the average true range) and leaves them in `out`. */
export function findSwings(bars: PatternTime, scale: number, params: Params["swing"], out: Swings): void {
  const { n, high, low } = bars;
  out.reset(n);
  measureThresholds(bars, scale, params, out.threshold);
  const { threshold } = out;
  for (let k = begin(bars, out); k < n; k++) {
    let { extreme } = out;
    if (out.direction > 0) {
      let top = high[extreme]!;
      for (; k < n; k++) {
        if (high[k]! > top) {
          top = high[k]!;
          extreme = k;
        } else if (low[k]! <= top * (1 - threshold[k]!)) {
          break;
        }
      }
    } else {
      let bottom = low[extreme]!;
      for (; k < n; k++) {
        if (low[k]! < bottom) {
          bottom = low[k]!;
          extreme = k;
        } else if (high[k]! >= bottom * (1 + threshold[k]!)) {
          break;
        }
      }
    }
    out.extreme = extreme;
    if (k < n) {
      turn(bars, extreme, k, out);
    }
  }
}

/** SW2: how far back price must move, a fraction of the extreme. A loop of its own: the walk below keeps its branches few. */
function measureThresholds(
  { n, range }: PatternTime,
  scale: number,
  { minThreshold, maxThreshold }: Params["swing"],
  threshold: Float64Array,
): void {
  for (let k = 0; k < n; k++) {
    const wide = scale * range[k]!;
    threshold[k] = wide < minThreshold ? minThreshold : wide > maxThreshold ? maxThreshold : wide;
  }
}

/** SW2's start: both directions are open until one of them confirms. Returns the first bar that is left to read. */
function begin(bars: PatternTime, out: Swings): number {
  const { n, high, low } = bars;
  let top = 0;
  let bottom = 0;
  for (let k = 1; k < n; k++) {
    const threshold = out.threshold[k]!;
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
      out.beginsHigh = true;
      out.direction = 1;
      turn(bars, top, k, out);
      return k + 1;
    }
    if (!lower && high[k]! >= low[bottom]! * (1 + threshold)) {
      out.beginsHigh = false;
      out.direction = -1;
      turn(bars, bottom, k, out);
      return k + 1;
    }
  }
  return n;
}

/** Confirms the running leg's extreme; the new leg's is the lowest low (highest high) after it, the first of equals. */
function turn({ high, low }: PatternTime, extreme: number, at: number, out: Swings): void {
  out.confirm(extreme, at);
  let next = extreme + 1;
  if (out.direction > 0) {
    let bottom = low[next]!;
    for (let k = next + 1; k <= at; k++) {
      if (low[k]! < bottom) {
        bottom = low[k]!;
        next = k;
      }
    }
  } else {
    let top = high[next]!;
    for (let k = next + 1; k <= at; k++) {
      if (high[k]! > top) {
        top = high[k]!;
        next = k;
      }
    }
  }
  out.direction = out.direction > 0 ? -1 : 1;
  out.extreme = next;
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
