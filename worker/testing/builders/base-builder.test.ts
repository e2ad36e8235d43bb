import * as fc from "fast-check";
import { describe, it } from "vitest";
import { rejectRow } from "../../core/bars/bar.ts";
import { tickDown } from "../../core/bars/tick-size.ts";
import type { Row } from "../../core/bars/columns.ts";
import { type BaseShape, buildBase, TEXTBOOK_BASE } from "./base-builder.ts";
import { buildMarket } from "./constructed-market.ts";

/** The realised depth of each leg: its highest high to its lowest low. */
function depths(shape: BaseShape, rows: readonly Row[]): number[] {
  let from = shape.quiet + shape.advance - 1;
  return shape.legs.map((leg) => {
    const bars = rows.slice(from, from + leg.fall + 1);
    from += leg.fall + leg.rise;
    const high = Math.max(...bars.map((bar) => bar.high));
    return (high - Math.min(...bars.map((bar) => bar.low))) / high;
  });
}

describe("base builder", () => {
  it("[TB1] builds the depths, the pivot and the last close which the description names", ({ expect }) => {
    const shapes = fc.record({ d1: fc.double({ min: 0.15, max: 0.35, noNaN: true }), seed: fc.nat(1_000) });
    fc.assert(
      fc.property(shapes, ({ d1, seed }) => {
        const [first, second, third] = TEXTBOOK_BASE.legs;
        if (!first || !second || !third) {
          throw new Error("The textbook base has three legs");
        }
        const legs = [
          { ...first, depth: d1 },
          { ...second, depth: d1 / 2 },
          { ...third, depth: d1 / 4 },
        ];
        const shape = { ...TEXTBOOK_BASE, legs, seed };
        const rows = buildBase(shape);
        for (const [i, depth] of depths(shape, rows).entries()) {
          expect(Math.abs(depth - d1 / 2 ** i)).toBeLessThan(0.008);
        }
        const lastLeg = rows.slice(-(third.fall + third.rise + 1));
        const pivot = Math.max(...lastLeg.map((row) => row.high));
        expect((rows.at(-1)?.close ?? 0) / pivot - 1).toBeCloseTo(-0.02, 2);
      }),
      { numRuns: 50 },
    );
  });

  it("[TB2] builds at least 260 rows that no input rule refuses, all on the price grid", ({ expect }) => {
    const rows = buildBase(TEXTBOOK_BASE);
    expect(rows.length).toBeGreaterThanOrEqual(260);
    for (const [i, row] of rows.entries()) {
      expect(rejectRow(row)).toBeNull();
      expect(row.day).toBeGreaterThan(rows[i - 1]?.day ?? Number.NEGATIVE_INFINITY);
      for (const price of [row.open, row.high, row.low, row.close]) {
        expect(tickDown(price, "krx")).toBe(price);
      }
    }
  });

  it("[TB3] builds the same files twice, and other files for another seed", ({ expect }) => {
    expect(buildMarket()).toEqual(buildMarket());
    expect(buildMarket({ ...TEXTBOOK_BASE, seed: 8 }).bars).not.toBe(buildMarket().bars);
  });
});
