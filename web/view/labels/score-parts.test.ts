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
      points: 10.3,
      terms: [{ points: null }, { points: 6.2 }, { points: 4.1 }],
    });
  });

  it("[UI30] has no parts for a score of earlier rules, whose terms it does not know", ({ expect }) => {
    // `pivot_overhead` was a term of the law before, worth something else.
    const before = { trend_passed: 14, pivot_overhead: 2.5, penalty_loose: -5 };
    expect(scoreParts(before)).toEqual([]);
    const [row] = ROWS;
    expect(scoreParts({ ...(row && detailOf(row).score_terms), ...before })).toEqual([]);
    expect(scoreParts({})).toEqual([]);
  });
});
