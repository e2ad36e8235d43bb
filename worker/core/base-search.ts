/** CT10: the best valid candidate among all scales and leg counts, or the rule that stood in the way of the nearest. */
import { BASE_RULE_TESTS, isMet, SHAPE_RULES, stands } from "./base-rules.ts";
import { Candidate } from "./candidate.ts";
import type { Params } from "./params.ts";
import type { PatternTime } from "./pattern-time.ts";
import { baseTerms, sumOf } from "./score.ts";
import { findSwings, Legs, Swings } from "./swings.ts";
import type { NearMiss } from "./verdict.ts";

export class BaseSearch {
  readonly #params: Params;
  readonly #swings = new Swings();
  readonly #legs: readonly Legs[];
  readonly #candidate: Candidate;

  constructor(bars: PatternTime, params: Params) {
    this.#params = params;
    this.#legs = params.swing.scales.map(() => new Legs());
    this.#candidate = new Candidate(bars);
  }

  /** Finds the legs of the loaded bars at every scale. Call once a ticker, before the questions below. */
  load(yearHigh: number): void {
    const { bars } = this.#candidate;
    this.#candidate.yearHigh = yearHigh;
    for (const [scale, legs] of this.#legs.entries()) {
      findSwings(bars, this.#params.swing.scales[scale]!, this.#params.swing, this.#swings);
      legs.load(this.#swings);
    }
  }

  /**
   * The valid candidate with the highest unclipped score after rounding to 0.01; ties: more legs, then the larger
   * scale. The candidate is reused: read it before the next call.
   */
  best(mean200: number): Candidate | null {
    const candidate = this.#candidate;
    let best = Number.NEGATIVE_INFINITY;
    let found: { scale: number; last: number; count: number } | null = null;
    this.#each(0, (scale, last, count) => {
      if (stands(candidate, this.#params)) {
        const score = Math.round(100 * sumOf(baseTerms(candidate, mean200, this.#params)));
        if (score > best) {
          best = score;
          found = { scale, last, count };
        }
      }
      return false;
    });
    return found === null ? null : this.#aim(found);
  }

  /** CT10 for a ticker without a valid candidate: the first unmet rule of the nearest one, with value and threshold. */
  nearMiss(): NearMiss {
    return this.#staleBase() ?? this.#nearest() ?? { rule: "no_legs", value: this.#mostLegs(), threshold: 2 };
  }

  /** A base that stood, and was then broken or left behind: the legs without the last one satisfy CT1..CT5. */
  #staleBase(): NearMiss | null {
    const c = this.#candidate;
    const { bars } = c;
    let miss: NearMiss | null = null;
    this.#each(1, () => {
      if (!stands(c, this.#params, SHAPE_RULES)) {
        return false;
      }
      const low = c.low(c.lastLeg);
      for (let k = c.lowBar(c.lastLeg) + 1; k <= c.today; k++) {
        if (bars.close[k]! < low) {
          miss = { rule: "CT6broken", value: bars.close[k]!, threshold: low };
          return true;
        }
      }
      if (c.distance > this.#params.base.extended) {
        miss = { rule: "CT6extended", value: c.distance, threshold: this.#params.base.extended };
        return true;
      }
      return false;
    });
    return miss;
  }

  /** Fewest unmet rules; ties: the first unmet rule latest in the order, then more legs, then the larger scale. */
  #nearest(): NearMiss | null {
    const c = this.#candidate;
    let fewest = Number.POSITIVE_INFINITY;
    let latest = -1;
    let miss: NearMiss | null = null;
    this.#each(0, () => {
      let unmet = 0;
      let first = -1;
      for (const [r, rule] of BASE_RULE_TESTS.entries()) {
        if (!isMet(rule, c, this.#params)) {
          unmet += 1;
          first = first < 0 ? r : first;
        }
      }
      if (unmet < fewest || (unmet === fewest && first > latest)) {
        fewest = unmet;
        latest = first;
        const rule = BASE_RULE_TESTS[first]!;
        const value = rule.measure(c, this.#params);
        miss = {
          rule: rule.id,
          value: Number.isFinite(value) ? value : null,
          threshold: rule.limit(this.#params),
        };
      }
      return false;
    });
    return miss;
  }

  /** Visits candidates that end `skip` legs before the last, more legs first, then larger scales; `true` ends it. */
  #each(skip: 0 | 1, visit: (scale: number, last: number, count: number) => boolean): void {
    for (let count = this.#params.base.maxContractions; count >= 2; count--) {
      for (let scale = this.#legs.length - 1; scale >= 0; scale--) {
        const last = this.#legs[scale]!.count - 1 - skip;
        if (last + 1 >= count) {
          this.#aim({ scale, last, count });
          if (visit(scale, last, count)) {
            return;
          }
        }
      }
    }
  }

  #aim({ scale, last, count }: { scale: number; last: number; count: number }): Candidate {
    return this.#candidate.aim(this.#legs[scale]!, scale, last, count);
  }

  #mostLegs(): number {
    return Math.max(...this.#legs.map((legs) => legs.count));
  }
}
