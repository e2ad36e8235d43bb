/** What is better may never earn less: the score as a whole, on whole series, one thing changed at a time. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { ALL_ELIGIBLE, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { gridOf } from "../../testing/conformance/constructed-grid.ts";
import type { Row } from "../bars/columns.ts";
import { leaderTerms, sumOf } from "./score.ts";
import type { Verdict } from "./verdict.ts";

const BASES = [...gridOf(0.003, 1)].filter(({ leftOut }) => leftOut === null).filter((_, i) => i % 12 === 0);
const scoreOf = (rows: readonly Row[]): number => sumOf(verdictOn(rows, ALL_ELIGIBLE).scoreTerms ?? {});
const legsOf = ({ base }: Verdict): unknown =>
  base?.contractions.map(({ highDay, lowDay }) => [highDay, lowDay]);

/** The rows with the prices and the volume of one bar changed. */
function changed(rows: readonly Row[], bar: number, change: (row: Row) => Partial<Row>): Row[] {
  return rows.map((row, k) => (k === bar ? { ...row, ...change(row) } : row));
}

describe("the order of scores", () => {
  it("[SC9] a deeper last low of the same legs never earns more", ({ expect }) => {
    let compared = 0;
    for (const { rows, legs, cell } of BASES) {
      const before = verdictOn(rows);
      const bar = legs.at(-1)?.lowBar ?? 0;
      for (const deeper of [0.998, 0.99, 0.98]) {
        const after = verdictOn(changed(rows, bar, ({ low }) => ({ low: low * deeper })));
        if (before.valid && JSON.stringify(legsOf(after)) === JSON.stringify(legsOf(before))) {
          compared += 1;
          expect(sumOf(after.scoreTerms ?? {}), JSON.stringify(cell)).toBeLessThanOrEqual(
            sumOf(before.scoreTerms ?? {}) + 1e-9,
          );
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it("[SC3] more volume in the last days before today never earns more", ({ expect }) => {
    for (const { rows, cell } of BASES) {
      const louder = rows.map((row, k) => {
        const near = k >= rows.length - 6 && k < rows.length - 1;
        return near ? { ...row, volume: row.volume * 1.2 } : row;
      });
      const terms = verdictOn(louder).scoreTerms;
      if (terms !== null) {
        expect(terms.volumeDryUp, JSON.stringify(cell)).toBeLessThanOrEqual(
          verdictOn(rows).scoreTerms?.volumeDryUp ?? 0,
        );
      }
    }
    expect(BASES.some(({ rows }) => scoreOf(rows) > 40)).toBe(true);
  });

  it("[SC1] [SC5] more passes, a better rating and a line nearer its high never earn less", ({ expect }) => {
    const rating = fc.option(fc.integer({ min: 1, max: 99 }), { nil: null });
    const gap = fc.option(fc.double({ min: 0, max: 0.5, noNaN: true }), { nil: null });
    const total = (...[passed, rs, line]: Parameters<typeof leaderTerms>): number =>
      sumOf(leaderTerms(passed, rs, line));
    fc.assert(
      fc.property(
        fc.nat(7),
        rating,
        gap,
        fc.nat(20),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (passed, rs, line, up, closer) => {
          const worse = total(passed, rs, line);
          expect(total(passed + 1, rs, line)).toBeGreaterThan(worse);
          expect(total(passed, Math.min(99, (rs ?? 1) + up), line)).toBeGreaterThanOrEqual(worse);
          expect(total(passed, rs, Math.max(0, (line ?? 1) - closer))).toBeGreaterThanOrEqual(worse);
        },
      ),
      { seed: 41, numRuns: 300 },
    );
  });
});
