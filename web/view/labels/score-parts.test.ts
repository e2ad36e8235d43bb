import { describe, it } from "vitest";
import { detailOf, ROWS } from "../../e2e/stub-signals.ts";
import { scoreParts } from "./score-parts.ts";

describe("parts of the score", () => {
  it("[UI30] names every term once, within a hundred points, and leaves a missing input missing", ({
    expect,
  }) => {
    const [row] = ROWS;
    if (!row) {
      throw new Error("The stub has rows");
    }
    const terms = { ...detailOf(row).score_terms, leader_rs: null };
    const parts = scoreParts(terms);
    expect(parts.flatMap((part) => part.terms.map(({ name }) => name)).toSorted()).toEqual(
      Object.keys(terms).toSorted(),
    );
    expect(parts.reduce((sum, { max }) => sum + max, 0)).toBe(100);
    expect(parts.find(({ name }) => name === "leader")).toMatchObject({
      points: 6.4,
      max: 30,
      terms: [{ points: null }, { points: 0 }, { points: 6.4 }],
    });
    expect(parts.map(({ max }) => max)).toEqual([30, 20, 25, 25]);
  });

  it("[UI30] has no parts for a score of earlier rules, whose terms it does not know", ({ expect }) => {
    expect(scoreParts({ trend_passed: 14, pivot_proximity: 8, penalty_loose: -5 })).toEqual([]);
    expect(scoreParts({})).toEqual([]);
  });
});
