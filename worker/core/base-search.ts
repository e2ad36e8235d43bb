/** CT10: the best valid candidate among all scales and leg counts, or the rule that stood in the way of the nearest. */
import { BASE_RULE_TESTS, type BaseRuleTest, isMet, SHAPE_RULES, stands } from "./base-rules.ts";
import { Candidate } from "./candidate.ts";
import type { Params } from "./params.ts";
import type { PatternTime } from "./pattern-time.ts";
import { rankOf } from "./score.ts";
import { findSwings, Legs, Swings } from "./swings.ts";
import type { TradingDay } from "./trading-day.ts";
import type { NearMiss } from "./verdict.ts";

/** Where a candidate is looked for: so many legs at one scale. */
interface Place {
  readonly scale: number;
  readonly count: number;
}

export class BaseSearch {
  readonly #params: Params;
  readonly #swings = new Swings();
  readonly #legs: readonly Legs[];
  readonly #candidate: Candidate;
  /** In the order that breaks ties: more legs first, then larger scales. */
  readonly #places: readonly Place[];

  constructor(bars: PatternTime, params: Params) {
    this.#params = params;
    this.#legs = params.swing.scales.map(() => new Legs());
    this.#candidate = new Candidate(bars);
    const places: Place[] = [];
    for (let count = params.base.maxContractions; count >= 2; count--) {
      for (let scale = this.#legs.length - 1; scale >= 0; scale--) {
        places.push({ scale, count });
      }
    }
    this.#places = places;
  }

  /** Finds the legs of the loaded bars at every scale. Call once a ticker, before the questions below. */
  load(yearHigh: number): void {
    const { bars } = this.#candidate;
    const { swing } = this.#params;
    this.#candidate.yearHigh = yearHigh;
    for (let scale = 0; scale < this.#legs.length; scale++) {
      findSwings(bars, swing.scales[scale]!, swing, this.#swings);
      this.#legs[scale]!.load(this.#swings);
    }
  }

  /**
   * The valid candidate with the highest unclipped score after rounding to 0.01; ties: more legs, then the larger
   * scale. The candidate is reused: read it before the next call.
   */
  best(mean200: number): Candidate | null {
    const candidate = this.#candidate;
    let best = Number.NEGATIVE_INFINITY;
    let found: Place | null = null;
    for (const place of this.#places) {
      if (this.#aim(place, 0) && stands(candidate, this.#params)) {
        const score = rankOf(candidate, mean200, this.#params);
        if (score > best) {
          best = score;
          found = place;
        }
      }
    }
    return found !== null && this.#aim(found, 0) ? candidate : null;
  }

  /**
   * LCI3: among the valid candidates whose last high stands on `day`, the one that `best` would choose. Asked only for
   * tickers with a signal before its trigger. The candidate is the reused one: read what `best` gave before.
   */
  incumbent(day: TradingDay, mean200: number): Candidate | null {
    const candidate = this.#candidate;
    let best = Number.NEGATIVE_INFINITY;
    let found: Place | null = null;
    for (const place of this.#places) {
      if (this.#aim(place, 0) && candidate.pivotDay === day && stands(candidate, this.#params)) {
        const score = rankOf(candidate, mean200, this.#params);
        if (score > best) {
          best = score;
          found = place;
        }
      }
    }
    return found !== null && this.#aim(found, 0) ? candidate : null;
  }

  /** CT10 for a ticker without a valid candidate: the first unmet rule of the nearest one, with value and threshold. */
  nearMiss(): NearMiss {
    return this.#staleBase() ?? this.#nearest() ?? { rule: "no_legs", value: this.#mostLegs(), threshold: 2 };
  }

  /** A base that stood, and was then broken or left behind: the legs without the last one satisfy CT1..CT5. */
  #staleBase(): NearMiss | null {
    const c = this.#candidate;
    const { close } = c.bars;
    for (const place of this.#places) {
      if (this.#aim(place, 1) && stands(c, this.#params, SHAPE_RULES)) {
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

  /** Fewest unmet rules; ties: the first unmet rule latest in the order, then more legs, then the larger scale. */
  #nearest(): NearMiss | null {
    const c = this.#candidate;
    let fewest = Number.POSITIVE_INFINITY;
    let latest = -1;
    let nearest: Place | null = null;
    // From the back, where few legs break few rules: the sooner a near one is known, the sooner others fall out.
    for (let p = this.#places.length - 1; p >= 0; p--) {
      const place = this.#places[p]!;
      if (this.#aim(place, 0)) {
        let unmet = 0;
        let first = BASE_RULE_TESTS.length;
        for (let r = 0; r < BASE_RULE_TESTS.length && unmet <= fewest; r++) {
          if (!isMet(BASE_RULE_TESTS[r]!, c, this.#params)) {
            unmet += 1;
            first = Math.min(first, r);
          }
        }
        // As near is near enough: of equals the last one looked at comes first in the order.
        if (unmet < fewest || (unmet === fewest && first >= latest)) {
          fewest = unmet;
          latest = first;
          nearest = place;
        }
      }
    }
    return nearest !== null && this.#aim(nearest, 0)
      ? missOf(c, BASE_RULE_TESTS[latest]!, this.#params)
      : null;
  }

  /** Points the candidate at the legs which end `skip` before the last; `false`: the scale has too few. */
  #aim({ scale, count }: Place, skip: 0 | 1): boolean {
    const legs = this.#legs[scale]!;
    const last = legs.count - 1 - skip;
    if (last + 1 < count) {
      return false;
    }
    this.#candidate.aim(legs, scale, last, count);
    return true;
  }

  #mostLegs(): number {
    return Math.max(...this.#legs.map((legs) => legs.count));
  }
}

function missOf(c: Candidate, rule: BaseRuleTest, params: Params): NearMiss {
  const value = rule.measure(c, params);
  return { rule: rule.id, value: Number.isFinite(value) ? value : null, threshold: rule.limit(params) };
}
