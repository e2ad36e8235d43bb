import { it } from "vitest";
import { type GradeMean, gradeOrderOf } from "./grade-order.ts";

const of = (mean: number | null, half: number | null = 1): GradeMean => ({
  mean,
  low: mean === null || half === null ? null : mean - half,
  high: mean === null || half === null ? null : mean + half,
});

it.for([
  [[], "too_few"],
  [[of(3), of(null), of(null)], "too_few"],
  [[of(6), of(3), of(1)], "shown"],
  [[of(6), of(null), of(1)], "shown"],
  // The intervals of the ends overlap.
  [[of(2), of(1.5), of(1)], "none"],
  // The order breaks in the middle.
  [[of(6), of(7), of(1)], "none"],
  [[of(1), of(6)], "none"],
  // Too few months for an interval: nothing is known of chance.
  [[of(6, null), of(1, null)], "none"],
] as const)("[UI90] of %o the order is %s", ([means, order], { expect }) => {
  expect(gradeOrderOf(means)).toBe(order);
});
