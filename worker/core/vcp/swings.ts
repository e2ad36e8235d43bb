/**
 * SW: swing highs and lows at one scale, causal and append-only. A swing is confirmed when price has moved back from
 * an extreme by a multiple of the average true range; the decision at bar k reads bars up to k and is never revised.
 */
import { type BarIndex, barIndexOf, type BarIndices, barIndicesOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";

/** The bars that swings are found on. */
export type SwingBars = Pick<PatternTime, "n" | "high" | "low" | "range" | "leastRange" | "mostRange">;

/** Swings of one scale, oldest first, highs and lows in turn. Reused from ticker to ticker. */
export class Swings {
  count: number = 0;
  /** Bar of each swing, and the bar at which it was confirmed. */
  index: BarIndices = barIndicesOf(new Int32Array(0));
  confirmedAt: BarIndices = barIndicesOf(new Int32Array(0));
  /** Whether swing 0 is a high. */
  beginsHigh: boolean = false;
  /** 1: the running leg goes up, -1: down, 0: nothing is confirmed yet. */
  direction: -1 | 0 | 1 = 0;
  /** SW4: bar of the running leg's extreme, provisional. */
  extreme: BarIndex = barIndexOf(0);
  /** The bar since then that is the next leg's extreme once this one is confirmed; valid at the confirming bar only. */
  opposite: BarIndex = barIndexOf(0);

  isHigh(swing: number): boolean {
    return (swing % 2 === 0) === this.beginsHigh;
  }

  reset(): void {
    this.count = 0;
    this.direction = 0;
    this.extreme = barIndexOf(0);
  }

  /** Reserves as many swings as there are bars: no series has more. */
  reserve(bars: number): void {
    if (bars > this.index.length) {
      this.index = barIndicesOf(new Int32Array(bars * 2));
      this.confirmedAt = barIndicesOf(new Int32Array(bars * 2));
    }
  }
}

/**
 * Finds every swing of `bars` at `scale` (a multiple of the average true range) and leaves them in `out`. With `from`
 * only the last ones: bars before it are not read, and the first swings after it are left out, because they hang on
 * what came before. Those that are found are the same, whatever `from` is; there may be none.
 *
 * @example
 * const bars = new PatternTime();
 * bars.load(columns, PARAMS.swing.atrSpan);
 * const swings = new Swings();
 * findSwings(bars, 2.6, PARAMS.swing, swings);
 * swings.index[swings.count - 1]; // the bar of the last confirmed swing
 */
export function findSwings(
  bars: SwingBars,
  scale: number,
  params: Params["swing"],
  out: Swings,
  from: number = 0,
): void {
  out.reset();
  out.reserve(bars.n);
  const next = from > 0 ? join(bars, scale, params, from, out) : begin(bars, scale, params, out);
  if (out.direction !== 0) {
    walk(bars, scale, params, next, out);
  }
}

/** SW2: how far back price must move, a fraction of the extreme, where the average true range is `range`. */
function threshold(range: number, scale: number, { minThreshold, maxThreshold }: Params["swing"]): number {
  return Math.min(maxThreshold, Math.max(minThreshold, scale * range));
}

/** SW2 from bar `first` on: one leg after the other, up and down in turn. */
function walk(bars: SwingBars, scale: number, params: Params["swing"], first: number, out: Swings): void {
  const index: Int32Array = out.index;
  const confirmedAt: Int32Array = out.confirmedAt;
  const least = threshold(bars.leastRange, scale, params);
  let { count } = out;
  let rising = out.direction > 0;
  for (let k = first; ; k++) {
    k = rising ? rise(bars, scale, params, least, k, out) : fall(bars, scale, params, least, k, out);
    if (k >= bars.n) {
      break;
    }
    index[count] = out.extreme;
    confirmedAt[count] = k;
    count += 1;
    out.extreme = out.opposite;
    rising = !rising;
  }
  out.count = count;
  out.direction = rising ? 1 : -1;
}

/**
 * Follows an up leg from bar `first` on; returns the bar that confirms its high, `n` without one. Price above the least
 * threshold of the series confirms nothing: no threshold is computed there, and no such low can be the next extreme.
 * All that changes stands in local variables: a wrong guess of the processor costs more than everything else here.
 */
function rise(
  { n, high, low, range }: SwingBars,
  scale: number,
  params: Params["swing"],
  least: number,
  first: number,
  out: Swings,
): number {
  let extreme: number = out.extreme;
  let top = high[extreme]!;
  let near = top * (1 - least);
  // Bars between the extreme and the first one belong to the leg; there are some when a threshold sank.
  let next = extreme + 1 < first ? lowestBar(low, extreme + 1, first - 1) : -1;
  let bottom = next < 0 ? Number.POSITIVE_INFINITY : low[next]!;
  let k = first;
  for (; k < n; k++) {
    if (high[k]! > top) {
      top = high[k]!;
      near = top * (1 - least);
      extreme = k;
      bottom = Number.POSITIVE_INFINITY;
    } else if (low[k]! <= near) {
      if (low[k]! < bottom) {
        bottom = low[k]!;
        next = k;
      }
      if (low[k]! <= top * (1 - threshold(range[k]!, scale, params))) {
        break;
      }
    }
  }
  out.extreme = barIndexOf(extreme);
  out.opposite = barIndexOf(next);
  return k;
}

/** Mirrors {@link rise}. */
function fall(
  { n, high, low, range }: SwingBars,
  scale: number,
  params: Params["swing"],
  least: number,
  first: number,
  out: Swings,
): number {
  let extreme: number = out.extreme;
  let bottom = low[extreme]!;
  let near = bottom * (1 + least);
  let next = extreme + 1 < first ? highestBar(high, extreme + 1, first - 1) : -1;
  let top = next < 0 ? Number.NEGATIVE_INFINITY : high[next]!;
  let k = first;
  for (; k < n; k++) {
    if (low[k]! < bottom) {
      bottom = low[k]!;
      near = bottom * (1 + least);
      extreme = k;
      top = Number.NEGATIVE_INFINITY;
    } else if (high[k]! >= near) {
      if (high[k]! > top) {
        top = high[k]!;
        next = k;
      }
      if (high[k]! >= bottom * (1 + threshold(range[k]!, scale, params))) {
        break;
      }
    }
  }
  out.extreme = barIndexOf(extreme);
  out.opposite = barIndexOf(next);
  return k;
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
function begin(
  { n, high, low, range }: SwingBars,
  scale: number,
  params: Params["swing"],
  out: Swings,
): number {
  let top = 0;
  let bottom = 0;
  let k = 1;
  for (; k < n && out.direction === 0; k++) {
    const back = threshold(range[k]!, scale, params);
    const higher = high[k]! > high[top]!;
    const lower = low[k]! < low[bottom]!;
    if (higher) {
      top = k;
    }
    if (lower) {
      bottom = k;
    }
    // An outside bar extends, it does not confirm.
    if (!higher && low[k]! <= high[top]! * (1 - back)) {
      start(out, true, top, k, lowestBar(low, top + 1, k));
    } else if (!lower && high[k]! >= low[bottom]! * (1 + back)) {
      start(out, false, bottom, k, highestBar(high, bottom + 1, k));
    }
  }
  return k;
}

/**
 * SW5, the start in the middle: the first bar after which the leg and its extreme are the same whatever came before. It
 * is a new high that ends a rise from some bar b, which no low undercuts and no fall by a threshold interrupts, and it
 * exceeds b's low by more than `most`, the greatest threshold of the series, can bridge. An up leg that runs up to it
 * and has its extreme before b was not confirmed at b, so its extreme is lower than this bar, which extends it. A down
 * leg did not begin after b, so it ends at b's low or below it, and this bar turns it; of its bars none has a higher
 * high, because it turned nothing. A fall mirrors it. Returns the place of the first bar that is left to read.
 */
function join(bars: SwingBars, scale: number, params: Params["swing"], from: number, out: Swings): number {
  const { n, high, low, range } = bars;
  const most = threshold(bars.mostRange, scale, params);
  // The rise begins at a low of `floor` and has reached `top`, the fall at a high of `ceiling` and has reached `bottom`.
  let [floor, top] = [low[from]!, high[from]!];
  let [ceiling, bottom] = [high[from]!, low[from]!];
  for (let k = from + 1; k < n; k++) {
    const [h, l] = [high[k]!, low[k]!];
    const back = threshold(range[k]!, scale, params);
    if (l >= floor && h > top && h * (1 - most) >= floor) {
      return joined(out, 1, k);
    }
    if (h <= ceiling && l < bottom && l <= ceiling * (1 - most)) {
      return joined(out, -1, k);
    }
    if (l < floor || l <= top * (1 - back)) {
      floor = l;
      top = h;
    } else if (h > top) {
      top = h;
    }
    if (h > ceiling || h >= bottom * (1 + back)) {
      ceiling = h;
      bottom = l;
    } else if (l < bottom) {
      bottom = l;
    }
  }
  return n;
}

function joined(out: Swings, direction: -1 | 1, extreme: number): number {
  out.beginsHigh = direction > 0;
  out.direction = direction;
  out.extreme = barIndexOf(extreme);
  return extreme + 1;
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
