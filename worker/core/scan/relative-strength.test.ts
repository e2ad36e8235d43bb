/** Strength against all others and against the index: the arithmetic, the ties, the gaps. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { barDay, barsOf, timeOf } from "../../testing/builders/bar-builder.ts";
import { naiveRatings } from "../../testing/oracle/naive-verdict.ts";
import { columnsOf, type Row } from "../bars/columns.ts";
import { IndexLine, ratings, rawStrength, strengthLine, type StrengthLine } from "./relative-strength.ts";

describe("raw strength", () => {
  it("[RS1] weighs the returns over 63, 126, 189 and 252 bars", ({ expect }) => {
    const turns = new Map([
      [299, 150],
      [299 - 63, 120],
      [299 - 126, 75],
      [299 - 189, 60],
      [299 - 252, 50],
    ]);
    const bars = timeOf(barsOf(300, (k) => ({ close: turns.get(k) ?? 1 })));
    // 0.4 x 25 % + 0.2 x (100 % + 150 % + 200 %)
    expect(rawStrength(bars)).toBeCloseTo(1, 12);
  });

  it("[RS1] needs 253 bars and is null before, never 0 or 1", ({ expect }) => {
    expect(rawStrength(timeOf(barsOf(253)))).toBe(0);
    expect(rawStrength(timeOf(barsOf(252)))).toBeNull();
  });
});

describe("rating", () => {
  it("[RS2] gives the weakest 1 and the strongest 99, in the order of the population", ({ expect }) => {
    expect(ratings(Float64Array.of(0.3, -0.1, 0.2))).toEqual([99, 1, 50]);
    // Rank 2 of 5: 1 + floor(24.5 + 0.5).
    expect(ratings(Float64Array.of(1, 2, 3, 4, 5))).toEqual([1, 26, 50, 75, 99]);
  });

  it("[RS2] gives ties their mean rank", ({ expect }) => {
    expect(ratings(Float64Array.of(1, 2, 2, 3))).toEqual([1, 50, 50, 99]);
    expect(ratings(Float64Array.of(7, 7, 7))).toEqual([50, 50, 50]);
    expect(ratings(Float64Array.of(1, 1, 2))).toEqual([26, 26, 99]);
  });

  it("[RS2] rates nobody alone", ({ expect }) => {
    expect(ratings(Float64Array.of(1))).toEqual([null]);
    expect(ratings(new Float64Array(0))).toEqual([]);
  });

  it("[RS2] equals counting who is weaker, for any population", ({ expect }) => {
    const strengths = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 60 });
    fc.assert(
      fc.property(strengths, (raw) => {
        expect(ratings(Float64Array.from(raw))).toEqual(naiveRatings(raw));
      }),
    );
  });
});

describe("strength line", () => {
  const line = (closes: readonly number[], index: readonly Row[], year = 252): StrengthLine | null =>
    strengthLine(
      timeOf(barsOf(closes.length, (k) => ({ close: closes[k] ?? 0 }))),
      new IndexLine(columnsOf(index)),
      year,
    );
  const level = (levels: readonly number[]): Row[] =>
    barsOf(levels.length, (k) => ({ close: levels[k] ?? 0 }));

  it("[RS3] measures the gap from the line's high, joined by date", ({ expect }) => {
    expect(line([100, 120, 108], level([10, 10, 10]))).toMatchObject({ newHigh: false });
    expect(line([100, 120, 108], level([10, 10, 10]))?.gap).toBeCloseTo(0.1, 12);
    // The index has a day more at its beginning: the join is by date, not by place.
    const shifted = barsOf(4, (k) => ({ day: barDay(k - 1), close: [99, 10, 12, 9][k] ?? 0 }));
    expect(line([100, 120, 108], shifted)).toEqual({ gap: 0, newHigh: true, leads: true });
  });

  it("[RS3] calls a high of the line that the price does not share a lead", ({ expect }) => {
    expect(line([100, 120, 118], level([10, 10, 9]))).toEqual({ gap: 0, newHigh: true, leads: true });
    expect(line([100, 120, 120], level([10, 10, 9]))).toEqual({ gap: 0, newHigh: true, leads: false });
    expect(line([100, 120, 100], level([10, 10, 10]))).toMatchObject({ newHigh: false, leads: false });
  });

  it("[RS3] looks back as many bars as a year has", ({ expect }) => {
    const index = level([1, 1, 1, 1]);
    expect(line([200, 100, 110, 105], index, 3)?.gap).toBeCloseTo(1 - 105 / 110, 12);
    expect(line([200, 100, 110, 105], index, 4)?.gap).toBeCloseTo(1 - 105 / 200, 12);
  });

  it("[RS3] passes over days without an index close, and has no line when today's is missing", ({
    expect,
  }) => {
    const [first, , last] = level([10, 10, 10]);
    expect(first && last && line([100, 200, 90], [first, last])?.gap).toBeCloseTo(0.1, 12);
    expect(line([100, 200, 90], level([10, 10]))).toBeNull();
    expect(line([100, 200, 90], [])).toBeNull();
    expect(strengthLine(timeOf(barsOf(3)), null, 252)).toBeNull();
  });
});
