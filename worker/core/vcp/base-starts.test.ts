/** BS1: the left-side highs, on prices drawn by hand and against the second implementation. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { timeOf } from "../../testing/builders/bar-builder.ts";
import { drawPath, type Knot } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { naiveStarts } from "../../testing/oracle/naive-base.ts";
import { naiveBars } from "../../testing/oracle/naive-bars.ts";
import { SPEC_PARAMS } from "../../testing/oracle/spec-numbers.ts";
import type { Row } from "../bars/columns.ts";
import { PARAMS } from "../params.ts";
import { BaseStarts } from "./base-starts.ts";

function startsIn(rows: readonly Row[], until: number = rows.length - 1): readonly number[] {
  const starts = new BaseStarts();
  starts.find(timeOf(rows), until, PARAMS.form.BS1.limit, PARAMS.base);
  return [...starts.bar.subarray(0, starts.count)];
}

const drawn = (...knots: readonly Knot[]): readonly number[] => startsIn(drawPath([[0, 5_000], ...knots]));

describe("the starts of bases", () => {
  it("[BS1] lie 18 to 250 bars back, behind 20 bars at least", ({ expect }) => {
    // One bar up and one down: the bars beside it are no tops.
    const topped = (bar: number, until: number): readonly number[] =>
      drawn([bar - 1, 5_000], [bar, 10_000], [bar + 1, 9_500], [until, 9_000]);
    const after = (bars: number): readonly number[] => topped(100, 100 + bars);
    const [least, most] = PARAMS.base.bars;
    expect(after(least - 1)).toEqual([]);
    expect(after(least)).toEqual([100]);
    expect(after(most)).toEqual([100]);
    expect(after(most + 1)).not.toContain(100);
    expect(topped(19, 60)).not.toContain(19);
    expect(topped(20, 60)).toEqual([20]);
  });

  it("[BS1] end with a later high above 1.03 of them, not with one at it", ({ expect }) => {
    const later = (high: number): readonly number[] =>
      drawn([100, 10_000], [110, 8_000], [130, high], [150, 9_800]);
    expect(later(10_300)).toContain(100);
    expect(later(10_301)).not.toContain(100);
  });

  it("[BS1] stand 3 % at most under each of the 120 highs before them", ({ expect }) => {
    const older = (high: number, gap: number): readonly number[] =>
      drawn([60, high], [80, 6_000], [60 + gap, 10_000], [90 + gap, 9_000]);
    expect(older(10_300, 120)).toContain(180);
    expect(older(10_301, 120)).not.toContain(180);
    expect(older(10_301, 121)).toContain(181);
  });

  it("[BS1] of bars with one low after them it is the highest, of level ones the last", ({ expect }) => {
    const tops = (first: number, second: number): readonly number[] =>
      drawn([100, first], [105, 9_500], [110, second], [120, 8_000], [140, 9_500]);
    expect(tops(10_050, 10_000)).toEqual([110]);
    expect(tops(10_051, 10_000)).toEqual([100]);
    expect(tops(10_000, 10_100)).toEqual([110]);
    // Between them a lower low: two bases.
    expect(drawn([100, 10_000], [110, 7_000], [130, 10_000], [140, 8_000], [160, 9_500])).toEqual([100, 130]);
  });

  it("[BS1] are those of the second implementation, as of any bar", ({ expect }) => {
    let found = 0;
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100), (seed, back) => {
        const rows = randomSeries(seed).filter((row) => row.volume > 0);
        const until = rows.length - 1 - back;
        const starts = startsIn(rows, until);
        expect(starts).toEqual(naiveStarts(naiveBars(rows), until, SPEC_PARAMS));
        found += starts.length;
      }),
      { seed: 52, numRuns: 400 },
    );
    expect(found).toBeGreaterThan(300);
  });

  it("[BS1] keep their buffer when there are more of them than it holds", ({ expect }) => {
    // A fall in steps that hardly differ: each step is the high of a base of its own.
    const knots: Knot[] = [[100, 10_000]];
    for (let step = 1; step <= 40; step++) {
      knots.push([100 + 4 * step - 2, 9_000 + 10 * step], [100 + 4 * step, 10_000 - 5 * step]);
    }
    const rows = drawPath([[0, 5_000], ...knots, [280, 9_700]]);
    const starts = startsIn(rows);
    expect(starts.length).toBeGreaterThan(16);
    expect(starts).toEqual(naiveStarts(naiveBars(rows), rows.length - 1, SPEC_PARAMS));
  });
});
