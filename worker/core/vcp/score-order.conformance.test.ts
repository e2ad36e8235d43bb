/** What is better may never earn less: the score as a whole, on whole series, one thing changed at a time. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { gridOf } from "../../testing/conformance/constructed-grid.ts";
import { named } from "../../testing/builders/bare.ts";
import type { Row } from "../bars/columns.ts";
import { scoreTerms, sumOf } from "./score.ts";
import type { Trend } from "./trend-template.ts";
import type { Verdict } from "./verdict.ts";

const BASES = [...gridOf(0.003, 1)].filter(({ leftOut }) => leftOut === null).filter((_, i) => i % 12 === 0);
const scoreOf = (rows: readonly Row[]): number => sumOf({ ...verdictOn(rows).scoreTerms });
const legsOf = ({ base }: Verdict): unknown =>
  base?.contractions.map(({ highDay, lowDay }) => [highDay, lowDay]);

/** What is held against the range of other days: a deeper low widens its own day. */
const BY_RANGE: readonly string[] = ["baseWidest", "quietShelf", "quietWeek", "quietRange"];

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
          for (const [term, points] of Object.entries({ ...after.scoreTerms })) {
            const was = new Map(Object.entries({ ...before.scoreTerms })).get(term) ?? 0;
            expect(
              BY_RANGE.includes(term) || (points ?? 0) <= was + 1e-9,
              `${term} of ${JSON.stringify(cell)}`,
            ).toBe(true);
          }
          expect(after.scoreTerms?.baseLast).toBeLessThanOrEqual(before.scoreTerms?.baseLast ?? 0);
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it("[SC2] more volume in the last days before today never earns more", ({ expect }) => {
    for (const { rows, cell } of BASES) {
      const louder = rows.map((row, k) => {
        const near = k >= rows.length - 6 && k < rows.length - 1;
        return near ? { ...row, volume: row.volume * 1.2 } : row;
      });
      const terms = verdictOn(louder).scoreTerms;
      if (terms !== null) {
        expect(terms.quietVolume, JSON.stringify(cell)).toBeLessThanOrEqual(
          verdictOn(rows).scoreTerms?.quietVolume ?? 0,
        );
      }
    }
    expect(BASES.some(({ rows }) => scoreOf(rows) > 40)).toBe(true);
  });

  it("[SC1] a better rating and averages that lie further apart never earn less", ({ expect }) => {
    const trend = (over: number): Trend =>
      named<Trend>({
        close: 150,
        mean50: 140,
        mean150: 100 * (1 + over),
        mean150Before: 100,
        mean200: 100,
        mean200Before: 99,
        yearHigh: 160,
        yearLow: 80,
      });
    const total = (rs: number | null, over: number): number =>
      sumOf(scoreTerms({}, { trend: trend(over), passed: 8, rs }));
    const share = fc.double({ min: -0.2, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 1, max: 99 }), { nil: null }),
        share,
        fc.nat(20),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (rs, over, up, further) => {
          const worse = total(rs, over);
          expect(total(Math.min(99, (rs ?? 1) + up), over)).toBeGreaterThanOrEqual(worse);
          expect(total(rs, over + further)).toBeGreaterThanOrEqual(worse - 1e-9);
        },
      ),
      { seed: 41, numRuns: 300 },
    );
  });
});
