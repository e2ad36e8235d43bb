/**
 * CT: a candidate base, the last `count` legs up to leg `last` of one scale, and what the rules measure on it.
 * One instance is pointed at one candidate after another; nothing is allocated while the search runs.
 */
import { type BarIndex, barIndexOf, type Price, priceOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { Legs } from "./legs.ts";
import type { TradingDay } from "../calendar/trading-day.ts";

/** The last `count` legs at one scale, measured when it is asked. Reused: a candidate is pointed at, never kept. */
export class Candidate {
  bars: PatternTime;
  legs: Legs = new Legs();
  /** Index of the scale among `params.swing.scales`. */
  scale: number = 0;
  first: number = 0;
  count: number = 0;
  /** Highest high of the last 252 bars. */
  yearHigh: Price = priceOf(Number.NaN);

  constructor(bars: PatternTime) {
    this.bars = bars;
  }

  /** Points at the `count` legs which end with leg `last`. */
  aim(legs: Legs, scale: number, last: number, count: number): this {
    this.legs = legs;
    this.scale = scale;
    this.first = last - count + 1;
    this.count = count;
    return this;
  }

  highBar(leg: number): BarIndex {
    return this.legs.high[this.first + leg]!;
  }

  lowBar(leg: number): BarIndex {
    return this.legs.low[this.first + leg]!;
  }

  high(leg: number): Price {
    return this.bars.high[this.highBar(leg)]!;
  }

  low(leg: number): Price {
    return this.bars.low[this.lowBar(leg)]!;
  }

  /** d: one division of whole won, so that a depth of exactly 8 % is 0.08 and not the double below it. */
  depth(leg: number): number {
    const high = this.high(leg);
    return (high - this.low(leg)) / high;
  }

  /** T - 1: the last leg's number. */
  get lastLeg(): number {
    return this.count - 1;
  }

  /** The as-of bar. */
  get today(): BarIndex {
    return this.bars.last;
  }

  /** CT8: the high of the last contraction. */
  get pivot(): Price {
    return this.high(this.lastLeg);
  }

  /** The day of H_T. */
  get pivotDay(): TradingDay {
    return this.bars.dayAt(this.highBar(this.lastLeg));
  }

  /** B: the highest of the legs' highs. */
  get baseHigh(): Price {
    let highest = this.high(0);
    for (let leg = 1; leg < this.count; leg++) {
      highest = priceOf(Math.max(highest, this.high(leg)));
    }
    return highest;
  }

  /** The largest depth ratio of two neighbouring legs. */
  get worstRatio(): number {
    let worst = 0;
    let before = this.depth(0);
    for (let leg = 1; leg < this.count; leg++) {
      const depth = this.depth(leg);
      worst = Math.max(worst, depth / before);
      before = depth;
    }
    return worst;
  }

  /** g: the geometric mean of the depth ratios. */
  get meanRatio(): number {
    return (this.depth(this.lastLeg) / this.depth(0)) ** (1 / this.lastLeg);
  }

  get length(): number {
    return this.today - this.highBar(0);
  }

  /** Close against pivot, divided once for the same reason as {@link depth}: exactly +5 % is not extended. */
  get distance(): number {
    const pivot = this.pivot;
    return (this.bars.close[this.today]! - pivot) / pivot;
  }

  /** The leg's low is the running extreme, not a confirmed swing (SW4). */
  get provisional(): boolean {
    return this.legs.provisional && this.first + this.lastLeg === this.legs.count - 1;
  }

  /** Mean volume from the leg's high to its low. */
  legVolume(leg: number): number {
    return this.bars.meanVolume(this.highBar(leg), this.lowBar(leg));
  }

  /** The first bar after L_T that closed above the pivot; `null` when none did. */
  get breakout(): BarIndex | null {
    const pivot = this.pivot;
    for (let k = this.lowBar(this.lastLeg) + 1; k <= this.today; k++) {
      if (this.bars.close[k]! > pivot) {
        return barIndexOf(k);
      }
    }
    return null;
  }

  /** CT7 dry: the window ends before the breakout, so that breakout volume cannot un-detect the base. */
  dryUp([short, long]: Params["base"]["dryBars"]): number {
    const end = (this.breakout ?? this.today) - 1;
    return this.bars.meanVolume(end + 1 - short, end) / this.bars.meanVolume(end + 1 - long, end);
  }

  /** CT7 vtr. */
  get volumeTrend(): number {
    return this.legVolume(this.lastLeg) / this.legVolume(0);
  }
}
