/**
 * CT1..CT7 and BR4 as the search asks them: yes or no, for two legs, then three, up to six, of one scale. What the
 * candidates share is measured once, and each further leg back costs a few comparisons. `base-rules.ts` defines the
 * same rules one by one, with value and limit; a test holds the two together.
 */
import { type BarIndex, barIndexOf, type Price, priceOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { Legs } from "./legs.ts";
import { BASE_RULES, type BaseRule } from "./verdict.ts";

/** A set of unmet rules: bit r stands for rule r of the table. */
export type Unmet = number;

function bitOf(rule: BaseRule): Unmet {
  return 1 << BASE_RULES.indexOf(rule);
}

const CT1R = bitOf("CT1r");
const CT1G = bitOf("CT1g");
const CT2LOW = bitOf("CT2low");
const CT2H90 = bitOf("CT2h90");
const CT2H105 = bitOf("CT2h105");
const CT3D1LO = bitOf("CT3d1lo");
const CT3D1HI = bitOf("CT3d1hi");
const CT3DT = bitOf("CT3dT");
const CT3D60 = bitOf("CT3d60");
const CT4SHORT = bitOf("CT4short");
const CT4LONG = bitOf("CT4long");
const CT5ADV = bitOf("CT5adv");
const CT5H252 = bitOf("CT5h252");
const CT6BRK = bitOf("CT6brk");
const CT6EXT = bitOf("CT6ext");
const CT7DRY = bitOf("CT7dry");
const CT7VTR = bitOf("CT7vtr");
const BR4BASE = bitOf("BR4base");

/** CT1..CT5: all that stand before CT6 in the table. */
export const SHAPE: Unmet = CT6BRK - 1;
/** All rules: what the search for a near-miss begins with. */
export const EVERY: Unmet = (1 << BASE_RULES.length) - 1;

/** How many bits are set, counted side by side: a loop would ask the processor to guess its length. */
export function sizeOf(unmet: Unmet): number {
  const pairs = unmet - ((unmet >> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >> 2) & 0x3333_3333);
  return (((fours + (fours >> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}

/** The place in the table of the first rule of a set that is not empty. */
export function firstOf(unmet: Unmet): number {
  return 31 - Math.clz32(unmet & -unmet);
}

/** The rules over a growing number of legs of one scale. One instance serves a whole scan. */
export class LegRules {
  /** Highest high and lowest low of the last `year` bars. */
  yearHigh: Price = priceOf(Number.NaN);
  yearLow: Price = priceOf(Number.NaN);
  readonly #bars: PatternTime;
  readonly #limits: Params["base"];
  readonly #year: number;
  #legs: Legs = new Legs();
  #asked: Unmet = EVERY;
  /** Unmet by the legs taken so far, and by all that a leg more would make: the last leg's own rules, and extremes. */
  lasting: Unmet = 0;
  #lastDepth: number = 0;
  #lastVolume: number = 0;
  /** Of the legs taken so far, the newest first: the oldest one's number, high, low and depth. */
  #oldest: number = 0;
  #count: number = 0;
  #high: Price = priceOf(0);
  #low: Price = priceOf(0);
  #depth: number = 0;
  #highest: Price = priceOf(0);
  #lowestHigh: Price = priceOf(0);

  constructor(bars: PatternTime, params: Params) {
    this.#bars = bars;
    this.#limits = params.base;
    this.#year = params.year;
  }

  /** Takes leg `last` as the last one of the candidates to come; rules that are not `asked` count as met. */
  begin(legs: Legs, last: number, asked: Unmet): void {
    const { high, low } = this.#bars;
    this.#legs = legs;
    this.#asked = asked;
    this.#oldest = last;
    this.#count = 1;
    this.#high = high[legs.high[last]!]!;
    this.#low = low[legs.low[last]!]!;
    this.#depth = (this.#high - this.#low) / this.#high;
    this.#highest = this.#high;
    this.#lowestHigh = priceOf(Number.POSITIVE_INFINITY);
    this.#lastDepth = this.#depth;
    this.#lastVolume = this.#bars.meanVolume(legs.high[last]!, legs.low[last]!);
    this.lasting =
      asked &
      ((this.#depth <= this.#limits.lastDepth ? 0 : CT3DT) |
        ((asked & CT6BRK) === 0 ? 0 : this.#unmetToday(legs.low[last]!)));
  }

  /** CT6 and CT7dry: closes after the last low, and volume before the breakout. */
  #unmetToday(lowBar: BarIndex): Unmet {
    const { n, close } = this.#bars;
    const pivot = this.#high;
    const [short, long] = this.#limits.dryBars;
    let lowest = Number.POSITIVE_INFINITY;
    let breakout = n - 1;
    for (let k = n - 1; k > lowBar; k--) {
      if (close[k]! < lowest) {
        lowest = close[k]!;
      }
      if (close[k]! > pivot) {
        breakout = k;
      }
    }
    const end = breakout - 1;
    const dry = this.#bars.meanVolume(end + 1 - short, end) / this.#bars.meanVolume(end + 1 - long, end);
    return (
      (lowest / this.#low >= 1 ? 0 : CT6BRK) |
      ((close[n - 1]! - pivot) / pivot <= this.#limits.extended ? 0 : CT6EXT) |
      (dry <= this.#limits.maxDryUp ? 0 : CT7DRY)
    );
  }

  /** Takes one leg more, the one before the oldest. Ratios, lows and steps of all legs only get worse by it. */
  extend(): void {
    const { high, low } = this.#bars;
    const limits = this.#limits;
    this.#oldest -= 1;
    this.#count += 1;
    const top = high[this.#legs.high[this.#oldest]!]!;
    const bottom = low[this.#legs.low[this.#oldest]!]!;
    const depth = (top - bottom) / top;
    const unmet =
      (this.#depth / depth <= limits.maxRatio ? 0 : CT1R) |
      (this.#holdsLow(bottom) ? 0 : CT2LOW) |
      (this.#high / top <= limits.highCeiling ? 0 : CT2H105);
    if (this.#high < this.#lowestHigh) {
      this.#lowestHigh = this.#high;
    }
    if (top > this.#highest) {
      this.#highest = top;
    }
    this.lasting |= (unmet | this.#unmetForGood()) & this.#asked;
    this.#high = top;
    this.#low = bottom;
    this.#depth = depth;
  }

  /** CT2h90, CT4long, BR4: the base only grows wider, longer and more halted by a leg more. */
  #unmetForGood(): Unmet {
    const limits = this.#limits;
    const { last } = this.#bars;
    const start = this.#legs.high[this.#oldest]!;
    return (
      (this.#lowestHigh / this.#highest >= limits.highFloor ? 0 : CT2H90) |
      (last - start <= limits.bars[1] ? 0 : CT4LONG) |
      (this.#bars.haltsBetween(start, last) < limits.haltedBars ? 0 : BR4BASE)
    );
  }

  /**
   * The rules unmet by the legs taken so far. CT1g takes a root, CT3d60 and CT5adv read many bars: they are asked only
   * while no more than `most` others are unmet.
   */
  unmet(most: number): Unmet {
    const limits = this.#limits;
    const { last } = this.#bars;
    const depth = this.#depth;
    const start = this.#legs.high[this.#oldest]!;
    const volume = this.#bars.meanVolume(start, this.#legs.low[this.#oldest]!);
    const unmet =
      (depth >= limits.firstDepth[0] ? 0 : CT3D1LO) |
      (depth <= limits.firstDepth[1] ? 0 : CT3D1HI) |
      (last - start >= limits.bars[0] ? 0 : CT4SHORT) |
      (this.#highest / this.yearHigh >= limits.yearHighShare ? 0 : CT5H252) |
      (this.#lastVolume / volume <= limits.maxVolumeTrend ? 0 : CT7VTR);
    const cheap = this.lasting | (unmet & this.#asked);
    return sizeOf(cheap) > most
      ? cheap
      : cheap | this.#unmetMean(depth) | this.#unmetDeep(start) | this.#unmetAdvance(start);
  }

  /** CT1g. */
  #unmetMean(depth: number): Unmet {
    const ratio = this.#lastDepth / depth;
    const mean = this.#count === 2 ? ratio : ratio ** (1 / (this.#count - 1));
    return mean <= this.#limits.maxMeanRatio ? 0 : CT1G;
  }

  /** CT2: the low of the oldest leg but one, over the oldest one's, unless a shakeout excuses it. */
  #holdsLow(floor: Price): boolean {
    const { lowFloor, shakeoutFloor, shakeoutBars } = this.#limits;
    const ratio = this.#low / floor;
    return (
      ratio >= lowFloor ||
      (ratio >= shakeoutFloor &&
        this.#bars.closesBack(barIndexOf(this.#legs.high[this.#oldest + 1]! + 1), floor, shakeoutBars))
    );
  }

  /** CT3d60: the year's low answers for every base inside the year when it is high enough itself. */
  #unmetDeep(start: BarIndex): Unmet {
    const { n } = this.#bars;
    const { yearFall } = this.#limits;
    const inside = n - start <= this.#year && 1 - this.yearLow / this.yearHigh < yearFall;
    return inside || 1 - this.#bars.lowestLow(start, n - 1) / this.yearHigh < yearFall ? 0 : CT3D60;
  }

  /** CT5adv. */
  #unmetAdvance(start: BarIndex): Unmet {
    const [min, max] = this.#limits.advanceBars;
    const stood =
      start >= min && this.#high / this.#bars.lowestLow(start - max, start - 1) >= this.#limits.advance;
    return stood ? 0 : CT5ADV;
  }
}
