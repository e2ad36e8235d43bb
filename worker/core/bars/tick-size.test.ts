import * as fc from "fast-check";
import { describe, it } from "vitest";
import { tickAbove, tickAt, tickDown, tickUp } from "./tick-size.ts";

/** Prices of every band, its borders and the won around them included. */
const krxPrice = fc.oneof(
  fc.double({ min: 1, max: 2_000_000, noNaN: true }),
  fc
    .constantFrom(2_000, 5_000, 20_000, 50_000, 200_000, 500_000)
    .chain((border) => fc.integer({ min: -3, max: 3 }).map((k) => border + k / 2)),
);
const cents = fc.integer({ min: 1, max: 10_000_000 });

describe("the KRX price grid", () => {
  it.for([
    [1, 1],
    [1_999, 1],
    [2_000, 5],
    [4_995, 5],
    [5_000, 10],
    [19_990, 10],
    [20_000, 50],
    [49_950, 50],
    [50_000, 100],
    [199_900, 100],
    [200_000, 500],
    [499_500, 500],
    [500_000, 1_000],
    [1_234_000, 1_000],
  ] as const)("[TS1] at %d won a tick is %d", ([price, tick], { expect }) => {
    expect(tickAt(price, "krx")).toBe(tick);
  });

  it("[TS1] rounding never leaves the grid, and lands on the right side", ({ expect }) => {
    fc.assert(
      fc.property(krxPrice, (price) => {
        const down = tickDown(price, "krx");
        const up = tickUp(price, "krx");
        const above = tickAbove(price, "krx");
        for (const rounded of [down, up, above]) {
          expect(rounded % tickAt(rounded, "krx")).toBe(0);
        }
        expect(down).toBeLessThanOrEqual(price + 1e-6);
        expect(up).toBeGreaterThanOrEqual(price - 1e-6);
        expect(above).toBeGreaterThan(price - 1e-6);
        expect(above - down).toBe(tickAt(price, "krx"));
      }),
      { seed: 13, numRuns: 3_000 },
    );
  });

  it("[TS1] a price on the grid stays, and the next one above is a tick away", ({ expect }) => {
    for (const price of [1_999, 2_000, 4_995, 19_990, 49_950, 199_900, 499_500, 500_000]) {
      expect(tickDown(price, "krx")).toBe(price);
      expect(tickUp(price, "krx")).toBe(price);
      expect(tickAbove(price, "krx")).toBe(price + tickAt(price, "krx"));
    }
  });

  it("[TS1] rounding up across a border lands on the border", ({ expect }) => {
    expect(tickUp(1_999.5, "krx")).toBe(2_000);
    expect(tickUp(4_996, "krx")).toBe(5_000);
    expect(tickAbove(1_999, "krx")).toBe(2_000);
    expect(tickDown(5_009, "krx")).toBe(5_000);
  });
});

describe("cents", () => {
  it("[TS1] whole cents stay, whatever binary fractions make of them", ({ expect }) => {
    fc.assert(
      fc.property(cents, (count) => {
        const price = count / 100;
        expect(tickDown(price, "cents")).toBe(price);
        expect(tickUp(price, "cents")).toBe(price);
        expect(tickAbove(price, "cents")).toBe((count + 1) / 100);
      }),
      { seed: 14, numRuns: 3_000 },
    );
  });

  it("[TS1] between two cents down and up are the two", ({ expect }) => {
    expect(tickDown(0.294, "cents")).toBe(0.29);
    expect(tickUp(0.294, "cents")).toBe(0.3);
    expect(tickAbove(0.294, "cents")).toBe(0.3);
  });
});
