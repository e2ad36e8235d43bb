import { describe, it } from "vitest";
import { median, quantile, slope } from "./quantile.ts";

describe("the figures of many samples", () => {
  it("[BN2] a quantile is a sample that its share does not exceed, and none of none", ({ expect }) => {
    const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([0, 0.5, 0.99, 1].map((share) => quantile(samples, share))).toEqual([1, 50, 99, 100]);
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("[BN2] a slope is what every step adds, whatever lies about it", ({ expect }) => {
    expect(slope([0, 1, 2, 3].map((x) => [x, 5 + 2 * x] as const))).toBeCloseTo(2);
    expect(slope([[0, 1] as const, [1, 5] as const, [2, 1] as const])).toBeCloseTo(0);
    expect(slope([[1, 1]])).toBeNaN();
  });
});
