/** CT1: contractions as successive largest falls, on prices drawn by hand and against the second implementation. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { timeOf } from "../../testing/builders/bar-builder.ts";
import { drawPath, type Knot } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { appendReport } from "../../testing/conformance/append-only.ts";
import { naiveFalls } from "../../testing/oracle/naive-base.ts";
import { naiveBars } from "../../testing/oracle/naive-bars.ts";
import { SPEC_PARAMS } from "../../testing/oracle/spec-numbers.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { Contractions, findContractions } from "./largest-falls.ts";

type Found = readonly (readonly [high: number, low: number, depth: number])[];

function foundIn(rows: readonly Row[], start: number, until: number, noise: number): Found {
  const into = new Contractions(PARAMS.base.maxContractions);
  findContractions(timeOf(rows), start, until, noise, PARAMS.base, into);
  return Array.from({ length: into.count }, (_, i) => [
    into.high[i] ?? -1,
    into.low[i] ?? -1,
    into.depth[i] ?? Number.NaN,
  ]);
}

/** From the first knot's bar to the last knot. */
function drawn(knots: readonly Knot[], noise = PARAMS.base.noiseFloor): Found {
  const rows = drawPath([[0, 9_000], ...knots]);
  return foundIn(rows, knots[0]?.[0] ?? 0, rows.length - 1, noise);
}

const turns = (found: Found): unknown => found.map(([high, low]) => [high, low]);

describe("successive largest falls", () => {
  it("[CT1] are the fall from the start to the lowest low, and the largest after each low", ({ expect }) => {
    const found = drawn([
      [5, 10_000],
      [15, 7_500],
      [25, 9_500],
      [31, 8_360],
      [38, 9_400],
      [43, 8_836],
      [48, 9_200],
    ]);
    expect(found).toEqual([
      [5, 15, 0.25],
      [25, 31, 0.12],
      [38, 43, 0.06],
    ]);
  });

  it("[CT1] a fall above 0.8 of the one counted before is stepped over, at exactly 0.8 it is counted", ({
    expect,
  }) => {
    const second = (low: number): Found =>
      drawn([
        [5, 10_000],
        [15, 8_000],
        [25, 10_000],
        [33, low],
        [40, 9_900],
        [45, 9_306],
        [50, 9_500],
      ]);
    expect(turns(second(8_400))).toEqual([
      [5, 15],
      [25, 33],
      [40, 45],
    ]);
    expect(turns(second(8_390))).toEqual([
      [5, 15],
      [40, 45],
    ]);
  });

  it("[CT1] a fall below the noise ends the search, one of exactly that size is counted", ({ expect }) => {
    const knots: Knot[] = [
      [5, 10_000],
      [15, 8_000],
      [25, 10_000],
      [33, 9_600],
      [36, 9_700],
    ];
    expect(drawn(knots, 0.04)).toHaveLength(2);
    expect(drawn(knots, 0.0401)).toHaveLength(1);
  });

  it("[CT1] begins two bars after the low before and lasts two bars at least", ({ expect }) => {
    const jagged = (...closes: readonly number[]): Found => {
      const path: Knot[] = closes.map((close, i) => [16 + i, close]);
      return drawn([[5, 10_000], [15, 8_000], ...path]);
    };
    // The high stands one bar after the low: it is no high of a contraction.
    expect(turns(jagged(9_900, 9_110, 9_100, 9_200))).toEqual([[5, 15]]);
    expect(turns(jagged(9_000, 9_900, 9_400, 9_100, 9_200))).toEqual([
      [5, 15],
      [17, 19],
    ]);
    // One bar from high to low.
    expect(turns(jagged(9_000, 9_900, 9_100, 9_800, 9_850))).toEqual([[5, 15]]);
  });

  it("[CT1] of equal lows and of equal falls it is the first", ({ expect }) => {
    const found = drawn([
      [5, 10_000],
      [15, 8_000],
      [16, 8_000],
      [25, 9_900],
      [26, 9_900],
      [30, 9_207],
      [31, 9_207],
      [36, 9_300],
    ]);
    expect(turns(found)).toEqual([
      [5, 15],
      [25, 30],
    ]);
  });

  it("[CT1] are six at most, and read no bar after the one that is asked for", ({ expect }) => {
    const knots: Knot[] = [[5, 100_000]];
    let [bar, low] = [5, 0];
    for (const depth of [0.4, 0.3, 0.2, 0.15, 0.11, 0.08, 0.06]) {
      low = Math.round(100_000 * (1 - depth));
      knots.push([bar + 5, low], [bar + 10, 100_000]);
      bar += 10;
    }
    expect(drawn(knots)).toHaveLength(6);
    const rows = drawPath([[0, 9_000], ...knots]);
    expect(turns(foundIn(rows, 5, 24, 0.02))).toEqual([
      [5, 10],
      [15, 20],
    ]);
  });

  it("[CT1] fall and rise as the rule promises, and are those of the second implementation", ({ expect }) => {
    let counted = 0;
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(200),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (seed, back, noise) => {
          const rows = randomSeries(seed).filter((row) => row.volume > 0);
          const until = rows.length - 1;
          const start = Math.max(1, until - 15 - back);
          const found = foundIn(rows, start, until, noise);
          const naive = naiveFalls(naiveBars(rows), start, until, noise, SPEC_PARAMS);
          expect(found).toEqual(naive.map(({ high, low, depth }) => [high, low, depth]));
          for (const [i, [high, low, depth]] of found.slice(1).entries()) {
            const [, lowBefore = 0, before = 0] = found[i] ?? [];
            expect(depth / before).toBeLessThanOrEqual(0.8 + 1e-12);
            expect(rows[low]?.low).toBeGreaterThanOrEqual(rows[lowBefore]?.low ?? 0);
            expect(high - lowBefore).toBeGreaterThanOrEqual(2);
            expect(low - high).toBeGreaterThanOrEqual(2);
            counted += 1;
          }
        },
      ),
      { seed: 51, numRuns: 400 },
    );
    expect(counted).toBeGreaterThan(300);
  });

  it("[CT5] from one day to the next they change from a fall alone that ends today", ({ expect }) => {
    let [bases, changed] = [0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const report = appendReport(`random ${seed}`, randomSeries(seed));
      expect(report.violations).toEqual([]);
      bases += report.bases;
      changed += report.changed;
    }
    expect(bases).toBeGreaterThan(5_000);
    expect(changed).toBeGreaterThan(500);
  });
});
