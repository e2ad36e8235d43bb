/** CT10: what is reported of a series that has no candidate at all, or may not be judged. */
import { describe, it } from "vitest";
import { drawPath } from "../../testing/builders/price-path.ts";
import { randomSeries } from "../../testing/builders/random-series.ts";
import { ALL_ELIGIBLE, verdictOn } from "../../testing/oracle/compare-verdict.ts";

describe("the best candidate and the nearest miss", () => {
  it("[CT10] without two legs at any scale there are no legs", ({ expect }) => {
    const rising = drawPath([
      [0, 10_000],
      [299, 30_000],
    ]);
    expect(verdictOn(rising).nearMiss).toEqual({ rule: "no_legs", value: 0, threshold: 2 });
    const once = drawPath([
      [0, 10_000],
      [200, 30_000],
      [230, 24_000],
    ]);
    expect(verdictOn(once).nearMiss).toEqual({ rule: "no_legs", value: 1, threshold: 2 });
  });

  it("[CT10] near misses are given for eligible tickers only; others have their reason", ({ expect }) => {
    const params = { ...ALL_ELIGIBLE, eligibility: { ...ALL_ELIGIBLE.eligibility, price: 1e9 } };
    expect(verdictOn(randomSeries(1), params).nearMiss?.rule).toBe("EL3_price");
  });
});
