import { it } from "vitest";
import type { Observation } from "../core/outcome/sample-summary.ts";
import { type Difference, differenceOf as differenceOfSums, figureOf, sumsByMonth } from "./statistics.ts";

/** `n` cases of one value in each of the months 2024-01, 2024-02, ... */
function cases(n: number, ...values: readonly number[]): readonly Observation[] {
  return values.flatMap((value, i) =>
    Array.from({ length: n }, () => ({ month: `2024-${String(i + 1).padStart(2, "0")}`, value })),
  );
}

function differenceOf(
  ours: readonly Observation[],
  theirs: readonly Observation[],
  seed: number,
): Difference {
  return differenceOfSums(sumsByMonth(ours), sumsByMonth(theirs), seed);
}

it("[EV1g] a figure has n, months, mean, median, win rate and the mean without the five best", ({
  expect,
}) => {
  const best = Array.from({ length: 5 }, () => ({ month: "2024-03", value: 10 }));
  const figure = figureOf([...cases(10, -1, 1, 1), ...best]);
  expect(figure).toMatchObject({ n: 35, months: 3, median: 1, without_best: 10 / 30, low: null, high: null });
  expect(figure.mean).toBeCloseTo(60 / 35, 12);
  expect(figure.win).toBeCloseTo(25 / 35, 12);
});

it("[EV3] shows n alone below 30 cases", ({ expect }) => {
  const none = { mean: null, median: null, win: null, without_best: null, low: null, high: null };
  expect(figureOf(cases(29, 1))).toEqual({ n: 29, months: 1, ...none });
  expect(figureOf(cases(30, 1)).mean).toBe(1);
  expect(differenceOf(cases(30, 1), cases(29, 0), 1)).toMatchObject({ mean: null, low: null, high: null });
  expect(differenceOf(cases(29, 1), cases(30, 0), 1)).toMatchObject({ n: 29, baselineN: 30, mean: null });
});

it("[EV1g] a difference draws the months of both together", ({ expect }) => {
  // Good and bad months move both alike: the difference is 1 in every draw, however the months fall.
  const months = [-8, -3, 0, 2, 5, 9];
  const ours = cases(10, ...months.map((each) => each + 1));
  const difference = differenceOf(ours, cases(20, ...months), 1);
  expect(difference).toMatchObject({ n: 60, baselineN: 120, months: 6 });
  for (const figure of [difference.mean, difference.low, difference.high]) {
    expect(figure).toBeCloseTo(1, 9);
  }
});

it("[EV1g] a difference that lives in one month has an interval that holds 0", ({ expect }) => {
  const { mean, low, high } = differenceOf(cases(10, 0, 0, 0, 0, 0, 12), cases(10, 0, 0, 0, 0, 0, 0), 1);
  expect(mean).toBeCloseTo(2, 12);
  expect(low).toBe(0);
  expect(high).toBeGreaterThan(4);
});

it("[EV1g] the same cases and seed give the same interval, fewer than six shared months none", ({
  expect,
}) => {
  const ours = cases(10, 3, -1, 4, -1, 5, -9);
  const theirs = cases(10, 2, 7, -1, 8, 2, -8);
  expect(differenceOf(ours, theirs, 7)).toEqual(differenceOf(ours.toReversed(), theirs.toReversed(), 7));
  expect(differenceOf(ours, theirs, 7)).not.toEqual(differenceOf(ours, theirs, 8));
  expect(differenceOf(ours.slice(10), theirs, 7)).toMatchObject({ months: 5, low: null, high: null });
});
