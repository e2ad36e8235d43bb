/** CT: what a base is made of, found at one scale. */
import { type BarIndices, barIndicesOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import { findSwings, type SwingBars, type Swings } from "./swings.ts";

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

/** Bars that hold a leg, with a margin: a walk moves by `scale` ranges in about as many bars, squared. */
function legBars(scale: number): number {
  return 5 * scale * scale + 8;
}

/** Reading fewer bars pays only when enough of them are left out: the attempt may fail. */
const MOST_READ = 0.8;

/**
 * Leaves the last `count` legs at one scale in `legs`: at least these, or all there are. The small scales have many
 * legs and are asked for the last few, so that their swings are looked for in the last bars first.
 */
export function findLastLegs(
  bars: SwingBars,
  scale: number,
  params: Params["swing"],
  count: number,
  swings: Swings,
  legs: Legs,
): void {
  const reads = Math.ceil(legBars(scale) * count);
  if (reads < MOST_READ * bars.n) {
    findSwings(bars, scale, params, swings, bars.n - reads);
    legs.load(swings);
    if (legs.count >= count) {
      return;
    }
  }
  findSwings(bars, scale, params, swings);
  legs.load(swings);
}
