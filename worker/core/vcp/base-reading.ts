/**
 * CT: one base read from one start as of one bar: its contractions, its pivot and what has happened to that since.
 * One instance is pointed at one reading after another; nothing is allocated while the search runs.
 */
import { type BarIndex, barIndexOf, type Price, priceOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { Contractions, findContractions } from "./largest-falls.ts";
import { medianOf } from "./median.ts";

const NONE: BarIndex = barIndexOf(-1);

/** A base as it is read from the bars. Reused: a reading is pointed at, never kept. */
export class BaseReading {
  readonly bars: PatternTime;
  readonly contractions: Contractions;
  /** The bar of H_1. */
  start: BarIndex = NONE;
  /** The bar that the base is read as of: today, or the one before the close that left the base. */
  until: BarIndex = NONE;
  today: BarIndex = NONE;
  /** CT1: no smaller fall is a contraction, a fraction. */
  noise: number = Number.NaN;
  /** The median true range of the fifty bars to `until`: what the share usually moves in a day, a fraction. */
  usualRange: number = Number.NaN;
  /** B: the highest high since H_1, as of `until`. */
  baseHigh: Price = priceOf(Number.NaN);
  /** PV: the highest high since H_T; for a breakout of the last bars, that before the breakout. */
  pivot: Price = priceOf(Number.NaN);
  /** The bar of that high, the first of equals. */
  pivotBar: BarIndex = NONE;
  /** The first close above the pivot while the share still stands above it; -1 without a breakout. */
  breakout: BarIndex = NONE;
  /** The first bar after H_T with a higher high, without a breakout; -1: the pivot is untouched. */
  touched: BarIndex = NONE;
  /** A close, and not only a price, stood above H_T since. */
  closedAbove: boolean = false;
  readonly #base: Params["base"];

  constructor(bars: PatternTime, params: Params) {
    this.bars = bars;
    this.#base = params.base;
    this.contractions = new Contractions(params.base.maxContractions);
  }

  /** Reads the base from `start` as of bar `until`; `usual` is {@link usualRange} where it is known. */
  aim(
    start: BarIndex,
    until: BarIndex,
    noise: number,
    usual: number = usualRangeAt(this.bars, until, this.#base),
  ): this {
    this.start = start;
    this.until = until;
    this.today = this.bars.last;
    this.noise = noise;
    this.usualRange = usual;
    findContractions(this.bars, start, until, noise, this.#base, this.contractions);
    this.baseHigh = this.bars.highestHigh(start, until);
    this.#findPivot();
    return this;
  }

  /** Looks at the first fall of a base only, from `start` to its lowest low: what asks for no more can be measured, at a fraction of the cost. */
  glance(start: BarIndex, until: BarIndex, lowest: BarIndex): this {
    const { high, low } = this.bars;
    this.start = start;
    this.until = until;
    this.today = this.bars.last;
    this.contractions.count = 0;
    this.contractions.add(start, lowest, (high[start]! - low[lowest]!) / high[start]!);
    return this;
  }

  /** T. */
  get count(): number {
    return this.contractions.count;
  }

  /** The bar of L_1, the lowest low of the base. */
  get lowest(): BarIndex {
    return this.contractions.low[0]!;
  }

  get lastHigh(): BarIndex {
    return this.contractions.high[this.count - 1]!;
  }

  get lastLow(): BarIndex {
    return this.contractions.low[this.count - 1]!;
  }

  get length(): number {
    return this.today - this.start;
  }

  /** Close against pivot, divided once: exactly +5 % is not extended. */
  get distance(): number {
    return (this.bars.close[this.today]! - this.pivot) / this.pivot;
  }

  /** Of the bars as of `until`: highest high less lowest low of the last ten, over the close. */
  get range10(): number {
    const from = this.until - this.#base.quietBars + 1;
    const range = this.bars.highestHigh(from, this.until) - this.bars.lowestLow(from, this.until);
    return range / this.bars.close[this.until]!;
  }

  /** The median volume of the last ten bars over the mean of fifty. */
  get dryUp(): number {
    const [short, long] = this.#base.dryBars;
    const { until } = this;
    return (
      medianOf(this.bars.volume, until - short + 1, until) /
      this.bars.meanVolume(Math.max(0, until - long + 1), until)
    );
  }

  /** A breakout that lies in the past of a reading as of an earlier bar: today's close stands above the pivot, that bar's did not. */
  get isFresh(): boolean {
    const { close } = this.bars;
    return this.until === this.today || (close[this.today]! > this.pivot && close[this.until]! <= this.pivot);
  }

  #findPivot(): void {
    const { high, close } = this.bars;
    const { lastHigh, until, today } = this;
    const recent = Math.max(lastHigh + 1, today - this.#base.breakoutBars + 1);
    let highest = lastHigh as number;
    this.touched = NONE;
    this.closedAbove = false;
    this.breakout = NONE;
    for (let k = lastHigh + 1; k <= until; k++) {
      // PV: today must still stand above what an earlier close of the last bars left.
      if (k >= recent && this.breakout < 0 && close[k]! > high[highest]!) {
        this.breakout = barIndexOf(k);
        if (close[today]! > high[highest]!) {
          this.#breakOut(highest, k);
          return;
        }
      }
      if (close[k]! > high[lastHigh]!) {
        this.closedAbove = true;
      }
      if (high[k]! > high[highest]!) {
        highest = k;
        if (this.touched < 0) {
          this.touched = barIndexOf(k);
        }
      }
    }
    if (until < today) {
      this.#breakOut(highest, until + 1);
      return;
    }
    this.#pivotAt(highest);
    this.breakout = NONE;
  }

  #pivotAt(bar: number): void {
    this.pivotBar = barIndexOf(bar);
    this.pivot = this.bars.high[bar]!;
  }

  /** PV4: a close may leave the highs of a month and stand below an older pivot; the one above it comes later. */
  #firstAbove(): number {
    let k: number = this.until + 1;
    while (k < this.today && this.bars.close[k]! <= this.pivot) {
      k += 1;
    }
    return k;
  }

  /** PV1, PV4: the close that left the base; a pivot that was broken out of is not touched (PV5). */
  #breakOut(top: number, bar: number): void {
    this.#pivotAt(top);
    this.breakout = barIndexOf(this.until < this.today ? this.#firstAbove() : bar);
    this.touched = NONE;
    this.closedAbove = false;
  }
}

/** QT1: the median true range of the fifty bars to `until`, a fraction. */
export function usualRangeAt(bars: PatternTime, until: number, { noiseBars }: Params["base"]): number {
  return medianOf(bars.trueRange, until - noiseBars + 1, until);
}
