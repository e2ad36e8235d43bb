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
  out.reset(bars.n);
  if (bars.n === 0) {
    return;
  }
  const { minThreshold, maxThreshold } = params;
  let k = begin(bars, scale, params, out);
  const { n, high, low, range } = bars;
  while (k < n) {
    let extreme = out.extreme;
    if (out.direction > 0) {
      let top = high[extreme]!;
      for (; k < n; k++) {
        if (high[k]! > top) {
          top = high[k]!;
          extreme = k;
        } else if (low[k]! <= top * (1 - Math.min(maxThreshold, Math.max(minThreshold, scale * range[k]!)))) {
          turnDown(bars, extreme, k, out);
          break;
        }
      }
    } else {
      let bottom = low[extreme]!;
      for (; k < n; k++) {
        if (low[k]! < bottom) {
          bottom = low[k]!;
          extreme = k;
        } else if (
          high[k]! >=
          bottom * (1 + Math.min(maxThreshold, Math.max(minThreshold, scale * range[k]!)))
        ) {
          turnUp(bars, extreme, k, out);
          break;
        }
      }
    }
    if (k === n) {
      out.extreme = extreme;
    }
    k += 1;
  }
}

/** SW2's start: both directions are open until one of them confirms. Returns the first bar that is left to read. */
function begin(bars: PatternTime, scale: number, params: Params["swing"], out: Swings): number {
  const { n, high, low, range } = bars;
  let top = 0;
  let bottom = 0;
  for (let k = 1; k < n; k++) {
    const threshold = Math.min(params.maxThreshold, Math.max(params.minThreshold, scale * range[k]!));
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
      turnDown(bars, top, k, out);
      return k + 1;
    }
    if (!lower && high[k]! >= low[bottom]! * (1 + threshold)) {
      out.beginsHigh = false;
      turnUp(bars, bottom, k, out);
      return k + 1;
    }
  }
  return n;
}

/** Confirms a swing high; the new leg's extreme is the lowest low after it, the first of equals. */
function turnDown(bars: PatternTime, high: number, at: number, out: Swings): void {
  out.confirm(high, at);
  out.direction = -1;
  let lowest = high + 1;
  for (let k = lowest + 1; k <= at; k++) {
    if (bars.low[k]! < bars.low[lowest]!) {
      lowest = k;
    }
  }
  out.extreme = lowest;
}

function turnUp(bars: PatternTime, low: number, at: number, out: Swings): void {
  out.confirm(low, at);
  out.direction = 1;
  let highest = low + 1;
  for (let k = highest + 1; k <= at; k++) {
    if (bars.high[k]! > bars.high[highest]!) {
      highest = k;
    }
  }
  out.extreme = highest;
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
