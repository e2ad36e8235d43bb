/** The rules as the search asks them, against the table that defines them one by one. */
import { describe, it } from "vitest";
import { barsOf } from "../../testing/oracle/kernel-swings.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { BASE_RULE_TESTS, isMet } from "./base-rules.ts";
import { Candidate } from "./candidate.ts";
import { EVERY, firstOf, LegRules, SHAPE, sizeOf } from "./leg-rules.ts";
import { priceOf } from "../nominal.ts";
import { PARAMS } from "../params.ts";
import { Legs } from "./legs.ts";
import { findSwings, Swings } from "./swings.ts";
import { trendOf } from "./trend-template.ts";
import { BASE_RULES, type BaseRule } from "./verdict.ts";

const namesOf = (unmet: number): BaseRule[] => BASE_RULES.filter((_, r) => ((unmet >> r) & 1) === 1);

describe("the rules asked leg by leg", () => {
  it("[CT10] are those of the table, for every candidate of any series", ({ expect }) => {
    const [swings, legs] = [new Swings(), new Legs()];
    const met = new Map<BaseRule, number>();
    let asked = 0;
    for (let seed = 0; seed < 100; seed++) {
      const bars = barsOf(randomSeries(seed));
      const { yearHigh, yearLow } = trendOf(bars, PARAMS.year);
      const rules = new LegRules(bars, PARAMS);
      const candidate = new Candidate(bars);
      [rules.yearHigh, rules.yearLow, candidate.yearHigh] = [yearHigh, yearLow, yearHigh];
      for (const [scale, multiple] of PARAMS.swing.scales.entries()) {
        findSwings(bars, multiple, PARAMS.swing, swings);
        legs.load(swings);
        for (let last = legs.count - 1; last >= Math.max(1, legs.count - 3); last--) {
          rules.begin(legs, last, EVERY);
          for (let count = 2; count <= Math.min(6, last + 1); count++) {
            candidate.aim(legs, scale, last, count);
            const table = BASE_RULE_TESTS.filter((rule) => !isMet(rule, candidate, PARAMS)).map(
              ({ id }) => id,
            );
            rules.extend();
            const unmet = rules.unmet(EVERY);
            if (namesOf(unmet).join() !== table.join()) {
              expect(namesOf(unmet), `seed ${seed}, scale ${multiple}, leg ${last}, ${count} legs`).toEqual(
                table,
              );
            }
            if ((rules.lasting & ~unmet) !== 0) {
              expect.fail(`seed ${seed}: ${namesOf(rules.lasting).join()} lasts and is met`);
            }
            for (const rule of BASE_RULES) {
              met.set(rule, (met.get(rule) ?? 0) + (table.includes(rule) ? 1 : 0));
            }
            asked += 1;
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(4_000);
    expect(BASE_RULES.filter((rule) => met.get(rule) === 0)).toEqual([]);
  });

  it("[CT10] leave out what is not asked, and do not read far when enough is unmet", ({ expect }) => {
    const bars = barsOf(randomSeries(5));
    const [swings, legs] = [new Swings(), new Legs()];
    findSwings(bars, 1.2, PARAMS.swing, swings);
    legs.load(swings);
    const rules = new LegRules(bars, PARAMS);
    [rules.yearHigh, rules.yearLow] = [priceOf(Number.MAX_VALUE), priceOf(0)];
    rules.begin(legs, legs.count - 1, EVERY);
    rules.extend();
    expect(namesOf(rules.unmet(EVERY))).toContain("CT3d60");
    expect(namesOf(rules.unmet(0))).not.toContain("CT3d60");
    rules.begin(legs, legs.count - 1, SHAPE);
    rules.extend();
    expect(rules.unmet(EVERY) & ~SHAPE).toBe(0);
  });

  it("[CT10] counts the rules of a set and finds the first", ({ expect }) => {
    expect([sizeOf(0), sizeOf(EVERY), sizeOf(0b1010)]).toEqual([0, BASE_RULES.length, 2]);
    expect([firstOf(EVERY), firstOf(0b1000), firstOf(1 << 17)]).toEqual([0, 3, 17]);
  });
});
