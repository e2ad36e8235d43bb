/** CT, PV: the base that a share is listed by, or the nearest one and the rule that stood in its way. */
import { type BarIndex, barIndexOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import { BaseReading, usualRangeAt } from "./base-reading.ts";
import { BaseStarts } from "./base-starts.ts";
import { FORM_RULES, type FormLimits, type FormRule, isMet, type Strictness } from "./form-rules.ts";
import type { BaseMeasure, MeasureName } from "./measure-names.ts";
import { answerTo, type RuleAnswer } from "./rule-answer.ts";
import { BASE_MEASURES } from "./measures.ts";

/** What a listed signal stands on, and what its base is read with as long as it stands (LCI3). */
export interface Incumbent {
  /** The day of H_1. */
  readonly start: TradingDay;
  /** {@link Params.base} noise of the day on which it was first read, a fraction. */
  readonly noise: number;
}

type Measure = (reading: BaseReading, params: Params) => number | null;

const MEASURES: Readonly<Partial<Record<MeasureName, Measure>>> = BASE_MEASURES;

interface BaseRule {
  readonly rule: FormRule;
  readonly measure: Measure;
}

const BASE_RULES: readonly BaseRule[] = FORM_RULES.flatMap((rule: FormRule) => {
  const measure = MEASURES[rule.measure];
  return measure === undefined ? [] : [{ rule, measure }];
});

/** What the first fall alone tells: in a staircase of tops hardly one start is left to be read. */
const OF_FIRST_FALL: ReadonlySet<MeasureName> = new Set<BaseMeasure>([
  "firstBars",
  "firstDepth",
  "rightTime",
  "recoveryBars",
]);
const FIRST_FALL_RULES = BASE_RULES.filter(({ rule }) => OF_FIRST_FALL.has(rule.measure));

/** Every rule of a base on one reading, in the order of the table. */
export function answersOf(
  reading: BaseReading,
  strictness: Strictness,
  params: Params,
): readonly RuleAnswer[] {
  return BASE_RULES.map(({ rule, measure }) => answerTo(rule, measure(reading, params), strictness, params));
}

/** A reading that is nearest, by the number of rules it does not meet. */
interface Nearest {
  readonly start: BarIndex;
  readonly until: BarIndex;
  readonly unmet: number;
}

/** Over one ticker: loaded, then asked. One instance serves a whole scan, and every reading it returns is the same one: read it before the next question. */
export class BaseSearch {
  readonly #bars: PatternTime;
  readonly #params: Params;
  readonly #starts = new BaseStarts();
  readonly #reading: BaseReading;
  #nearest: Nearest | null = null;
  /** As of the bar that bases are looked for at: what the share usually moves, and what is no contraction. */
  #usual: number = Number.NaN;
  #noise: number = Number.NaN;

  constructor(bars: PatternTime, params: Params) {
    this.#bars = bars;
    this.#params = params;
    this.#reading = new BaseReading(bars, params);
  }

  /** The base by which the share is newly listed; `null` without one. */
  best(): BaseReading | null {
    const { base } = this.#params;
    const today = this.#bars.last;
    this.#nearest = null;
    for (let back = 0; back <= base.breakoutBars; back++) {
      const until = barIndexOf(today - back);
      if (until >= base.leastBefore && (back === 0 || this.#leaves(until))) {
        const start = this.#bestStart(until);
        if (start !== null) {
          return this.#read(start, until);
        }
      }
    }
    return null;
  }

  /** LCI3: the signal's own base, as long as it meets the rules of one that stands; `null` when it does not. */
  incumbent(signal: Incumbent): BaseReading | null {
    const start = this.#bars.indexOf(signal.start);
    if (start === null || start >= this.#bars.last || this.#bars.last - start > this.#params.base.bars[1]) {
      return null;
    }
    const reading = this.#reading.aim(start, this.#bars.last, signal.noise);
    return this.#unmet(reading, "keep", 0) === 0 ? reading : null;
  }

  /** The signal's own base, whether its rules are met or not; `null` when its first bar is gone. */
  readingOf(signal: Incumbent): BaseReading | null {
    const start = this.#bars.indexOf(signal.start);
    return start === null || start >= this.#bars.last
      ? null
      : this.#reading.aim(start, this.#bars.last, signal.noise);
  }

  /** After `best` found none: the reading with the fewest rules unmet, of equals the one that starts first. */
  nearest(): BaseReading | null {
    const found = this.#nearest;
    if (found === null) {
      return null;
    }
    this.#measure(found.until);
    return this.#read(found.start, found.until);
  }

  /** Without a nearest one: the base that stood before the share ran away from it; the last one of the past months. */
  former(): BaseReading | null {
    const { base } = this.#params;
    const today = this.#bars.last;
    const oldest = Math.max(base.leastBefore, today - base.formerBars);
    for (let k = today - 1; k >= oldest; k--) {
      const until = barIndexOf(k);
      if (this.#leaves(until)) {
        this.#starts.find(this.#bars, until, this.#params.form.BS1.limit, base);
        this.#measure(until);
        for (let i = 0; i < this.#starts.count; i++) {
          if (this.#unmetByFirstFall(i, until, 0) > 0) {
            continue;
          }
          const reading = this.#read(this.#starts.bar[i]!, until);
          if (reading.isFresh && this.#isExtended(reading) && this.#unmet(reading, "limit", 1) === 1) {
            return reading;
          }
        }
      }
    }
    return null;
  }

  #isExtended(reading: BaseReading): boolean {
    return BASE_MEASURES.extension(reading) > this.#params.form.PV2.limit;
  }

  /**
   * The highest high that is old enough to have bars before it and not too old for a base, the last of equals: its age in
   * bars, and how far the highest high before it stands above it.
   */
  get top(): { readonly age: number; readonly under: number } {
    const { last, high } = this.#bars;
    const { bars, leastBefore, overBars } = this.#params.base;
    let top = Math.max(leastBefore, last - bars[1]);
    for (let k = top + 1; k <= last; k++) {
      if (high[k]! >= high[top]!) {
        top = k;
      }
    }
    const before = this.#bars.highestHigh(top - overBars, top - 1);
    return { age: last - top, under: (before - high[top]!) / high[top]! };
  }

  /** Once for all starts at a bar. */
  #measure(until: BarIndex): void {
    const { base } = this.#params;
    this.#usual = usualRangeAt(this.#bars, until, base);
    this.#noise = Math.max(base.noiseFloor, base.noiseRanges * this.#usual);
  }

  #read(start: BarIndex, until: BarIndex): BaseReading {
    return this.#reading.aim(start, until, this.#noise, this.#usual);
  }

  /** How many rules the first fall from start `i` leaves unmet, counted up to one more than `most`: no reading of it has fewer. */
  #unmetByFirstFall(i: number, until: BarIndex, most: number): number {
    const reading = this.#reading.glance(this.#starts.bar[i]!, until, this.#starts.low[i]!);
    return this.#unmet(reading, "limit", most, FIRST_FALL_RULES);
  }

  /** Only a close above the highs of the last bars can leave a base. */
  #leaves(until: BarIndex): boolean {
    const { breakoutSpan } = this.#params.base;
    return this.#bars.close[until + 1]! > this.#bars.highestHigh(until - breakoutSpan + 1, until);
  }

  /** The widest of the usual length, otherwise the shortest longer one: no score decides, so that the pivot does not jump. */
  #bestStart(until: BarIndex): BarIndex | null {
    const { base } = this.#params;
    const today = this.#bars.last;
    this.#measure(until);
    this.#starts.find(this.#bars, until, this.#params.form.BS1.limit, base);
    let best: BarIndex | null = null;
    for (let i = 0; i < this.#starts.count; i++) {
      const start = this.#starts.bar[i]!;
      const most = until === today ? (this.#nearest?.unmet ?? BASE_RULES.length) : 0;
      const atLeast = this.#unmetByFirstFall(i, until, most);
      // It is neither valid nor nearer than the one that starts before it.
      if (atLeast > 0 && atLeast >= most) {
        continue;
      }
      const reading = this.#read(start, until);
      const unmet = this.#unmet(reading, "limit", most);
      if (unmet === 0 && reading.isFresh) {
        // The starts come oldest first: a later one is shorter.
        if (best === null || today - best > base.usualBars) {
          best = start;
        }
      } else if (
        until === today &&
        unmet <= most &&
        (this.#nearest === null || unmet < this.#nearest.unmet)
      ) {
        this.#nearest = { start, until, unmet };
      }
    }
    return best;
  }

  /** How many rules are unmet, counted up to one more than `most`. */
  #unmet(
    reading: BaseReading,
    strictness: Strictness,
    most: number,
    rules: readonly BaseRule[] = BASE_RULES,
  ): number {
    const limits: FormLimits = this.#params.form;
    let unmet = 0;
    for (const { rule, measure } of rules) {
      if (!isMet(rule, measure(reading, this.#params), limits[rule.id][strictness])) {
        unmet += 1;
        if (unmet > most) {
          return unmet;
        }
      }
    }
    return unmet;
  }
}
