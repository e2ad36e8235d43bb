import * as fc from "fast-check";
import { describe, it } from "vitest";
import { isBar, rejectRow } from "./bar.ts";
import type { Row } from "./columns.ts";
import { tradingDayOf } from "../calendar/trading-day.ts";

const GOOD: Row = {
  day: tradingDayOf(20_000),
  open: 1_000,
  high: 1_050,
  low: 980,
  close: 1_020,
  volume: 12_345,
  value: 1.2e7,
  shares: 1e6,
  base: 1_000,
};
const HALTED: Row = { ...GOOD, open: 0, high: 0, low: 0, volume: 0, value: 0 };
const reject = (change: Partial<Row>): ReturnType<typeof rejectRow> => rejectRow({ ...GOOD, ...change });

describe("a bar", () => {
  it("[BR1] has volume and a high", ({ expect }) => {
    expect(isBar({ high: 1, volume: 1 })).toBe(true);
    expect(isBar({ high: 1, volume: 0 })).toBe(false);
    expect(isBar({ high: 0, volume: 1 })).toBe(false);
  });

  it("[BR1] a halted row is no bar and no error: its zero prices are not asked", ({ expect }) => {
    expect(isBar(HALTED)).toBe(false);
    expect(rejectRow(HALTED)).toBeNull();
  });

  it("[BR2] a halted row carries a close", ({ expect }) => {
    expect(rejectRow({ ...HALTED, close: 0 })).toBe("zero_price");
  });
});

describe("an incoming row", () => {
  it("[BR2] passes when nothing is wrong, optional fields missing or not", ({ expect }) => {
    expect(reject({})).toBeNull();
    expect(reject({ value: null, shares: null, base: null })).toBeNull();
  });

  it.for(["open", "high", "low", "close", "volume"] as const)(
    "[BR2] %s must be finite and not negative",
    (field, { expect }) => {
      expect(reject({ [field]: Number.NaN })).toBe("not_finite");
      expect(reject({ [field]: Number.POSITIVE_INFINITY })).toBe("not_finite");
      expect(reject({ [field]: -1 })).toBe("negative");
    },
  );

  it.for(["value", "shares", "base"] as const)("[BR2] %s must not be negative", (field, { expect }) => {
    expect(reject({ [field]: -1 })).toBe("negative");
    expect(reject({ [field]: 0 })).toBeNull();
  });

  it.for(["open", "low", "close"] as const)("[BR2] %s of a bar is not zero", (field, { expect }) => {
    expect(reject({ [field]: 0 })).toBe("zero_price");
  });

  it("[BR2b] a number that no exchange writes is refused, and the widest that may be written passes", ({
    expect,
  }) => {
    const prices = (x: number) => ({ open: x, high: x, low: x, close: x });
    for (const x of [Number.MAX_SAFE_INTEGER, 1e-9]) {
      expect(reject(prices(x))).toBeNull();
      expect(reject({ volume: x, value: x, shares: x, base: x })).toBeNull();
    }
    for (const x of [2 ** 53, 1e300, 9e-10, Number.MIN_VALUE]) {
      expect(reject(prices(x))).toBe("out_of_range");
      expect(rejectRow({ ...HALTED, close: x })).toBe("out_of_range");
      for (const field of ["volume", "value", "shares", "base"]) {
        expect(reject({ [field]: x })).toBe("out_of_range");
      }
    }
  });

  it("[BR2] low and high may miss the body by 0.2 %, no more", ({ expect }) => {
    expect(reject({ open: 1_000, close: 1_020, low: 1_002 })).toBeNull();
    expect(reject({ open: 1_000, close: 1_020, low: 1_002.1 })).toBe("low_above_body");
    expect(reject({ open: 1_000, close: 1_000, high: 998, low: 990 })).toBeNull();
    expect(reject({ open: 1_000, close: 1_000, high: 997.9, low: 990 })).toBe("high_below_body");
  });

  it("[BR2] off-tick closes and a first day of +300 % are legal", ({ expect }) => {
    expect(reject({ close: 1_020.37 })).toBeNull();
    expect(reject({ open: 1_000, high: 4_000, low: 1_000, close: 4_000, base: 1_000 })).toBeNull();
  });
});

describe("any row", () => {
  // Integers beside the doubles: most doubles are too large or too small to be quoted (BR2b).
  const number = fc.oneof(fc.double(), fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1, 1_000, -0));
  const optional = fc.option(number);
  const row = fc.record({
    day: fc.integer({ min: 0, max: 5 }).map(tradingDayOf),
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    value: optional,
    shares: optional,
    base: optional,
  });

  it("[BR2] what passes is finite, not negative, and whole around its body", ({ expect }) => {
    fc.assert(
      fc.property(row, (candidate) => {
        fc.pre(rejectRow(candidate) === null);
        const { open, high, low, close, volume } = candidate;
        for (const x of [open, high, low, close, volume]) {
          expect(Number.isFinite(x) && x >= 0).toBe(true);
        }
        expect(close).toBeGreaterThan(0);
        if (isBar(candidate)) {
          expect(low).toBeLessThanOrEqual(1.002 * Math.min(open, close));
          expect(high).toBeGreaterThanOrEqual(0.998 * Math.max(open, close));
        }
      }),
      { seed: 15, numRuns: 500 },
    );
  });

  it("[BR2] a sound bar always passes, at any scale", ({ expect }) => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), share, share, share, (low, up, o, c) => {
        const high = low * (1 + up);
        const inside = (x: number): number => low + x * (high - low);
        expect(reject({ low, high, open: inside(o), close: inside(c) })).toBeNull();
      }),
      { seed: 16, numRuns: 1_000 },
    );
  });
});
