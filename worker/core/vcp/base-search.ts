/** CT10: the best valid candidate among all scales and leg counts, or the rule that stood in the way of the nearest. */
import { BASE_RULE_TESTS, type BaseRuleTest } from "./base-rules.ts";
import { Candidate } from "./candidate.ts";
import { EVERY, firstOf, LegRules, SHAPE, sizeOf, type Unmet } from "./leg-rules.ts";
import { findLastLegs, Legs } from "./legs.ts";
import type { Params } from "../params.ts";
import type { PatternTime } from "../bars/pattern-time.ts";
import { rankOf } from "./score.ts";
import { Swings } from "./swings.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Trend } from "./trend-template.ts";
import type { NearMiss } from "./verdict.ts";

/** Where a candidate is looked for: so many legs at one scale. */
interface Place {
  readonly scale: number;
  readonly count: number;
}

/** CT10 over one ticker: loaded, then asked for the best candidate or the nearest miss. One instance serves a whole scan. */
export class BaseSearch {
  readonly #params: Params;
  readonly #swings = new Swings();
  readonly #legs: readonly Legs[];
  readonly #rules: LegRules;
  readonly #candidate: Candidate;
  /** In the order that breaks ties: more legs first, then larger scales. */
  readonly #places: readonly Place[];
  /** The places of this ticker whose rules are all met, in the same order. */
  readonly #standing: Uint8Array;
  /** Without any of them: the place with the fewest unmet rules, and the first of these in the table. */
  #nearest: number = 0;
  #nearestRule: number = -1;

  constructor(bars: PatternTime, params: Params) {
    this.#params = params;
    this.#legs = params.swing.scales.map(() => new Legs());
    this.#rules = new LegRules(bars, params);
    this.#candidate = new Candidate(bars);
    const places: Place[] = [];
    for (let count = params.base.maxContractions; count >= 2; count--) {
      for (let scale = this.#legs.length - 1; scale >= 0; scale--) {
        places.push({ scale, count });
      }
    }
    this.#places = places;
    this.#standing = new Uint8Array(places.length);
  }

  /** Finds the last legs of the loaded bars at every scale. Call once a ticker, before the questions below. */
  load(trend: Pick<Trend, "yearHigh" | "yearLow">): void {
    const { bars } = this.#candidate;
    const { swing, base } = this.#params;
    // The last leg may be left out, and then as many are asked for before it.
    const most = base.maxContractions + 1;
    this.#candidate.yearHigh = trend.yearHigh;
    this.#rules.yearHigh = trend.yearHigh;
    this.#rules.yearLow = trend.yearLow;
    for (let scale = 0; scale < this.#legs.length; scale++) {
      findLastLegs(bars, swing.scales[scale]!, swing, most, this.#swings, this.#legs[scale]!);
    }
  }

  /**
   * The valid candidate with the highest unclipped score after rounding to 0.01; ties: more legs, then the larger
   * scale. The candidate is reused: read it before the next call.
   */
  best(mean200: number): Candidate | null {
    return this.#chosen(null, mean200);
  }

  /**
   * LCI3: among the valid candidates whose last high stands on `day`, the one that `best` would choose. Asked only for
   * tickers with a signal before its trigger. The candidate is the reused one: read what `best` gave before.
   */
  incumbent(day: TradingDay, mean200: number): Candidate | null {
    return this.#chosen(day, mean200);
  }

  /** `day` `null`: whatever day the last high stands on. */
  #chosen(day: TradingDay | null, mean200: number): Candidate | null {
    if (!this.#look(0, EVERY, BASE_RULE_TESTS.length)) {
      return null;
    }
    let best = Number.NEGATIVE_INFINITY;
    let found: Place | null = null;
    for (let p = 0; p < this.#places.length; p++) {
      if (this.#standing[p] === 1) {
        const place = this.#places[p]!;
        const candidate = this.#aim(place, 0);
        if (day === null || candidate.pivotDay === day) {
          const score = rankOf(candidate, mean200, this.#params);
          if (score > best) {
            best = score;
            found = place;
          }
        }
      }
    }
    return found && this.#aim(found, 0);
  }

  /** CT10 for a ticker without a valid candidate, once `best` has looked: the first unmet rule of the nearest one. */
  nearMiss(): NearMiss {
    const [place, rule] = [this.#places[this.#nearest], BASE_RULE_TESTS[this.#nearestRule]];
    const stale = this.#staleBase();
    if (stale !== null) {
      return stale;
    }
    return place === undefined || rule === undefined
      ? { rule: "no_legs", value: this.#mostLegs(), threshold: 2 }
      : missOf(this.#aim(place, 0), rule, this.#params);
  }

  /** A base that stood, and was then broken or left behind: the legs without the last one satisfy CT1..CT5. */
  #staleBase(): NearMiss | null {
    if (!this.#look(1, SHAPE, 0)) {
      return null;
    }
    const c = this.#candidate;
    const { close } = c.bars;
    for (let p = 0; p < this.#places.length; p++) {
      if (this.#standing[p] === 1) {
        this.#aim(this.#places[p]!, 1);
        const low = c.low(c.lastLeg);
        for (let k = c.lowBar(c.lastLeg) + 1; k <= c.today; k++) {
          if (close[k]! < low) {
            return { rule: "CT6broken", value: close[k]!, threshold: low };
          }
        }
        if (c.distance > this.#params.base.extended) {
          return { rule: "CT6extended", value: c.distance, threshold: this.#params.base.extended };
        }
      }
    }
    return null;
  }

  /**
   * Marks the places at which no rule that is `asked` is unmet, once the last `skip` legs are left out; `false`: there
   * is none. Beside it finds the place with the fewest unmet rules, while there are no more than `most`; ties: the
   * first unmet rule latest in the order, then more legs, then the larger scale.
   */
  #look(skip: 0 | 1, asked: Unmet, most: number): boolean {
    const rules = this.#rules;
    let fewest = most;
    this.#standing.fill(0);
    this.#nearest = this.#places.length;
    this.#nearestRule = -1;
    for (let scale = 0; scale < this.#legs.length; scale++) {
      const longest = this.#begin(scale, skip, asked);
      // What no further leg can mend ends a scale.
      for (let count = 2; count <= longest && sizeOf(rules.lasting) <= fewest; count++) {
        rules.extend();
        const unmet = sizeOf(rules.lasting) > fewest ? rules.lasting : rules.unmet(fewest);
        const size = sizeOf(unmet);
        if (size <= fewest) {
          const first = firstOf(unmet);
          const place = this.#placeOf(scale, count);
          this.#standing[place] = size === 0 ? 1 : 0;
          const ahead = first > this.#nearestRule || (first === this.#nearestRule && place < this.#nearest);
          if (size < fewest || ahead) {
            fewest = size;
            this.#nearest = place;
            this.#nearestRule = first;
          }
        }
      }
    }
    return fewest === 0 && this.#nearest < this.#places.length;
  }

  /** Begins the walk back over a scale's legs; returns how many legs a candidate there can have at most. */
  #begin(scale: number, skip: 0 | 1, asked: Unmet): number {
    const legs = this.#legs[scale]!;
    const count = legs.count - skip;
    if (count >= 2) {
      this.#rules.begin(legs, count - 1, asked);
    }
    return Math.min(count, this.#params.base.maxContractions);
  }

  #placeOf(scale: number, count: number): number {
    const scales = this.#legs.length;
    return (this.#params.base.maxContractions - count + 1) * scales - 1 - scale;
  }

  /** Points the candidate at the legs of a place which end `skip` before the last. */
  #aim({ scale, count }: Place, skip: 0 | 1): Candidate {
    const legs = this.#legs[scale]!;
    return this.#candidate.aim(legs, scale, legs.count - 1 - skip, count);
  }

  #mostLegs(): number {
    return Math.max(...this.#legs.map((legs) => legs.count));
  }
}

function missOf(c: Candidate, rule: BaseRuleTest, params: Params): NearMiss {
  const value = rule.measure(c, params);
  return { rule: rule.id, value: Number.isFinite(value) ? value : null, threshold: rule.limit(params) };
}
