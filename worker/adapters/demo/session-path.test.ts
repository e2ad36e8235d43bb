import fc from "fast-check";
import { describe, it } from "vitest";
import { tickAt } from "../../core/bars/tick-size.ts";
import { makeDemo } from "./demo-market.ts";
import { quoteAt } from "./intraday.ts";
import { dailyLimits, toGrid } from "./price-step.ts";
import { KNOTS, makePath, type PathInput, type SessionPath } from "./session-path.ts";

/** Rows on the grid inside the limit, locked ones and one-tick ones among them. */
const arbitraryRow = fc
  .record({
    previous: fc.integer({ min: 200, max: 900_000 }),
    points: fc.array(
      fc.oneof(fc.double({ min: -0.31, max: 0.31, noNaN: true }), fc.constantFrom(-0.31, 0, 0.31)),
      {
        minLength: 4,
        maxLength: 4,
      },
    ),
    volume: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5e7 })),
    locked: fc.boolean(),
  })
  .map(({ previous: raw, points, volume, locked }): PathInput => {
    const previous = toGrid(raw);
    const { upper, lower } = dailyLimits(previous);
    const prices = points.map((x) => Math.min(upper, Math.max(lower, toGrid(previous * (1 + x)))));
    const [open = previous, close = previous] = locked ? [prices[0], prices[0]] : prices;
    const all = locked ? [open] : prices;
    return { open, close, high: Math.max(...all), low: Math.min(...all), volume, previous, grid: "krx" };
  });

function pathOf(row: PathInput, session = 4): SessionPath {
  const path = makePath(9, 17, session, row);
  if (path === null) {
    throw new Error("A traded row has a way");
  }
  return path;
}

const MOMENTS = Array.from({ length: 4 * KNOTS + 1 }, (_, k) => k / (4 * KNOTS));

describe("a session from within", () => {
  it("[DM30] begins at the open, ends as the row and stays inside it", ({ expect }) => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        const path = pathOf(row);
        expect(quoteAt(path, 0).price).toBe(row.open);
        const { price, volume, high, low } = quoteAt(path, 1);
        expect({ price, volume, high, low }).toEqual({
          price: row.close,
          volume: row.volume,
          high: row.high,
          low: row.low,
        });
        for (const moment of MOMENTS) {
          const quote = quoteAt(path, moment);
          expect(quote.price % tickAt(quote.price, "krx")).toBe(0);
          expect(quote.price >= row.low && quote.price <= row.high).toBe(true);
        }
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it("[DM31] shows the extremes of what it has shown and a volume that only grows", ({ expect }) => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        const path = pathOf(row);
        let [high, low, volume] = [0, Number.POSITIVE_INFINITY, 0];
        for (const moment of MOMENTS) {
          const quote = quoteAt(path, moment);
          high = Math.max(high, quote.price);
          low = Math.min(low, quote.price);
          expect([quote.high, quote.low]).toEqual([high, low]);
          expect(quote.volume).toBeGreaterThanOrEqual(volume);
          expect(Number.isSafeInteger(quote.volume)).toBe(true);
          ({ volume } = quote);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("[DM31] trades most at both ends of the session", ({ expect }) => {
    const row: PathInput = {
      open: 10_000,
      high: 10_400,
      low: 9_900,
      close: 10_200,
      volume: 1e6,
      previous: 1e4,
      grid: "krx",
    };
    const sixths = [0, 0, 0, 0, 0, 0];
    for (let session = 0; session < 60; session++) {
      const path = pathOf(row, session);
      for (let k = 0; k < 6; k++) {
        sixths[k] =
          (sixths[k] ?? 0) + quoteAt(path, (k + 1) / 6).volume - (k === 0 ? 0 : quoteAt(path, k / 6).volume);
      }
    }
    const [first = 0, , , fourth = 0, , last = 0] = sixths;
    expect(first).toBeGreaterThan(1.5 * fourth);
    expect(last).toBeGreaterThan(1.5 * fourth);
  });

  it("[DM32] changes at knots only, and shares do not all change at one moment", ({ expect }) => {
    const row: PathInput = {
      open: 10_000,
      high: 10_900,
      low: 9_600,
      close: 10_200,
      volume: 1e6,
      previous: 1e4,
      grid: "krx",
    };
    expect(pathOf(row)).toEqual(pathOf(row));
    expect(pathOf(row, 5)).not.toEqual(pathOf(row, 4));
    const fine = Array.from({ length: 20_000 }, (_, k) => quoteAt(pathOf(row), k / 20_000).price);
    const changes = fine.filter((price, k) => k > 0 && price !== fine[k - 1]).length;
    expect(changes).toBeGreaterThan(KNOTS / 3);
    expect(changes).toBeLessThanOrEqual(KNOTS);
    const phases = Array.from({ length: 50 }, (_, slot) => makePath(9, slot, 1, row)?.phase ?? 0);
    expect(new Set(phases).size).toBe(50);
    expect(Math.max(...phases)).toBeLessThan(1);
  });

  it("[DM33] keeps bid and ask around the price and inside the limit", ({ expect }) => {
    fc.assert(
      fc.property(arbitraryRow, (row) => {
        const path = pathOf(row);
        const { upper, lower } = dailyLimits(row.previous);
        for (const moment of MOMENTS) {
          const { price, bid, ask } = quoteAt(path, moment);
          expect(ask === null).toBe(price >= upper);
          expect(price === bid || price === ask).toBe(true);
          expect(bid === null || (bid <= price && bid >= lower && bid % tickAt(bid, "krx") === 0)).toBe(true);
          expect(ask === null || (ask >= price && ask <= upper && ask % tickAt(ask, "krx") === 0)).toBe(true);
          expect(bid === null || ask === null || bid < ask).toBe(true);
        }
      }),
      { seed: 3, numRuns: 80 },
    );
  });

  it("[DM33] has no book for an index and no way for a halt", ({ expect }) => {
    const index: PathInput = {
      open: 2_500.11,
      high: 2_530.4,
      low: 2_490.02,
      close: 2_510.5,
      volume: 5e8,
      previous: 2_500,
      grid: "cents",
    };
    const path = pathOf(index);
    for (const moment of MOMENTS) {
      const { price, bid, ask } = quoteAt(path, moment);
      expect([bid, ask]).toEqual([null, null]);
      expect(price).toBe(Math.round(price * 100) / 100);
    }
    expect(quoteAt(path, 1)).toMatchObject({ price: 2_510.5, high: 2_530.4, low: 2_490.02, volume: 5e8 });
    const halt = { open: 0, high: 0, low: 0, close: 5_000, volume: 0, previous: 5_000, grid: "krx" } as const;
    expect(makePath(1, 2, 3, halt)).toBeNull();
  });

  it("[DM30] fits every row of a real session of the demo", ({ expect }) => {
    const demo = makeDemo(2, { shares: 600, sessions: 30 });
    const { columns } = demo.next(demo.next(demo.initial()).state).session;
    columns.close.forEach((close, k) => {
      const [open, high, low] = [columns.open[k] ?? 0, columns.high[k] ?? 0, columns.low[k] ?? 0];
      const row = {
        open,
        high,
        low,
        close,
        volume: columns.volume[k] ?? 0,
        previous: open,
        grid: "krx",
      } as const;
      const path = makePath(2, k, 1, row);
      expect(path === null).toBe(row.volume === 0);
      if (path !== null) {
        expect(quoteAt(path, 1)).toMatchObject({ price: close, high, low, volume: row.volume });
      }
    });
  });
});
