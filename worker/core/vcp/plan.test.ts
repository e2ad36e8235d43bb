/** Trigger, stop and targets: by hand at the edges of the price grid, and as properties over all prices. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { priceOf } from "../nominal.ts";
import { PARAMS } from "../params.ts";
import { type Plan, planOf } from "./plan.ts";
import { type PriceGrid, tickAt, tickDown } from "../bars/tick-size.ts";

function plan(pivot: number, low: number, grid: PriceGrid = "krx"): Plan {
  return planOf(priceOf(pivot), priceOf(low), grid, PARAMS.plan);
}

/** A pivot on the grid and a low up to 45 % below it. */
const PIVOTS = fc
  .tuple(
    fc.double({ min: 1_000, max: 900_000, noNaN: true }),
    fc.double({ min: 0.55, max: 0.999, noNaN: true }),
  )
  .map(([price, share]) => ({ pivot: tickDown(price, "krx"), low: tickDown(price * share, "krx") }));

describe("plan", () => {
  it("[PL1] enters one tick above the pivot, the tick taken at the pivot", ({ expect }) => {
    expect(plan(48_250, 46_000).entry).toBe(48_300);
    expect(plan(1_999, 1_950).entry).toBe(2_000);
    expect(plan(2_000, 1_950).entry).toBe(2_005);
    expect(plan(50_000, 49_000).entry).toBe(50_100);
    // An adjusted pivot lies between two grid prices.
    expect(plan(48_263.7, 46_000).entry).toBe(48_300);
    expect(plan(12.34, 12, "cents").entry).toBe(12.35);
  });

  it("[PL2] stops one tick below the last low while that risks no more than 8 %", ({ expect }) => {
    expect(plan(50_000, 48_000)).toMatchObject({ entry: 50_100, stop: 47_950 });
    // 50,100 x 0.92 = 46,092: the grid price above it is 46,100, and a low of 46,150 stops there exactly.
    expect(plan(50_000, 46_150).stop).toBe(46_100);
    expect(plan(50_000, 46_100).stop).toBe(46_100);
    expect(plan(50_000, 45_000).stop).toBe(46_100);
    expect(plan(50_000, 46_200).stop).toBe(46_150);
    expect(plan(50_000, 48_000).risk).toBeCloseTo(2_150 / 50_100, 12);
  });

  it("[PL2] never risks more than 8 %, and less by at most a tick when the low is deeper", ({ expect }) => {
    fc.assert(
      fc.property(PIVOTS, ({ pivot, low }) => {
        const { entry, stop, risk } = plan(pivot, low);
        expect(stop).toBeLessThan(entry);
        expect(risk).toBeCloseTo((entry - stop) / entry, 12);
        expect(stop).toBeGreaterThanOrEqual(entry * 0.92 - 1e-6);
        const stopsAtLow = stop === tickDown(low - tickAt(low, "krx"), "krx");
        expect(stopsAtLow || stop - tickAt(stop - 1, "krx") <= entry * 0.92).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("[PL3] flags a base that is wider than 10 % from the entry", ({ expect }) => {
    expect(plan(49_950, 45_000)).toMatchObject({ entry: 50_000, wide: false });
    expect(plan(49_950, 44_950).wide).toBe(true);
    fc.assert(
      fc.property(PIVOTS, ({ pivot, low }) => {
        const { entry, stop, wide } = plan(pivot, low);
        expect(wide).toBe((entry - low) / entry > 0.1);
        // The stop of a wide base lies inside it.
        expect(!wide || stop > low).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("[PL4] aims at two and three risks, at the grid price that reaches them", ({ expect }) => {
    // The risk is 2,150: 54,400 and 56,550, which is no grid price above 50,000.
    expect(plan(50_000, 48_000).targets).toEqual({ twoR: 54_400, threeR: 56_600 });
    fc.assert(
      fc.property(PIVOTS, ({ pivot, low }) => {
        const { entry, stop, targets } = plan(pivot, low);
        for (const [target, times] of [
          [targets.twoR, 2],
          [targets.threeR, 3],
        ] as const) {
          const exact = entry + times * (entry - stop);
          expect(target).toBeGreaterThanOrEqual(exact);
          expect(target - exact).toBeLessThan(tickAt(target, "krx"));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("[PL5] puts every price on the grid, in won and in cents", ({ expect }) => {
    fc.assert(
      fc.property(PIVOTS, ({ pivot, low }) => {
        const { entry, stop, targets } = plan(pivot, low);
        for (const price of [entry, stop, targets.twoR, targets.threeR]) {
          expect(tickDown(price, "krx")).toBe(price);
        }
        const cents = plan(pivot / 1_000, low / 1_000, "cents");
        for (const price of [cents.entry, cents.stop, cents.targets.twoR, cents.targets.threeR]) {
          expect(Math.round(price * 100) / 100).toBe(price);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
