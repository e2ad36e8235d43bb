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
    const terms = { ...detailOf(row).score_terms, leadership_rs: null, penalty_loose: -15 };
    const parts = scoreParts(terms);
    expect(parts.flatMap((part) => part.terms.map(({ name }) => name)).toSorted()).toEqual(
      Object.keys(terms).toSorted(),
    );
    expect(parts.reduce((sum, { max }) => sum + max, 0)).toBe(100);
    expect(parts.find(({ name }) => name === "leadership")).toMatchObject({
      points: 4,
      terms: [{ points: null }, { points: 4 }],
    });
    expect(parts.at(-1)).toMatchObject({ name: "penalty", points: -15, max: 0 });
  });
});
