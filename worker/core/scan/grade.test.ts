/** The one grade function: every condition at its limit, every cap, and any input beside a second writing of the rule. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { naiveGrade } from "../../testing/oracle/naive-score.ts";
import { gradeOf, type GradeInput, isAtLeast } from "./grade.ts";
import { PARAMS } from "../params.ts";
import type { Grade } from "../vcp/verdict.ts";

const BEST: GradeInput = {
  score: 75,
  passed: 8,
  lastDepth: 0.06,
  dryUp: 0.6,
  rs: 90,
  deep: false,
  young: false,
  leaderValue: true,
  state: "READY",
};

function grade(overrides: Partial<GradeInput>): Grade {
  return gradeOf({ ...BEST, ...overrides }, PARAMS.grades);
}

describe("grade", () => {
  it("[SC8] gives S at its limits and A just outside each of them", ({ expect }) => {
    expect(grade({})).toBe("S");
    expect(grade({ score: 74.999 })).toBe("A");
    expect(grade({ lastDepth: 0.0601 })).toBe("A");
    expect(grade({ dryUp: 0.601 })).toBe("A");
  });

  it("[SC8] gives A at its limits and B just outside each of them", ({ expect }) => {
    const a = { score: 68, lastDepth: 0.08, dryUp: 0.7 };
    expect(grade(a)).toBe("A");
    expect(grade({ ...a, score: 67.999 })).toBe("B");
    expect(grade({ ...a, lastDepth: 0.0801 })).toBe("B");
    expect(grade({ ...a, dryUp: 0.701 })).toBe("B");
    expect(grade({ passed: 7 })).toBe("B");
  });

  it("[SC8] gives S and A only to leaders", ({ expect }) => {
    expect(grade({ rs: 89 })).toBe("B");
    expect(grade({ rs: 89, score: 59 })).toBe("C");
  });

  it("[SC8] gives B at 60 with seven passes, C at 50 with six, else D", ({ expect }) => {
    const wide = { lastDepth: 0.12, dryUp: 1 };
    expect(grade({ ...wide, score: 60, passed: 7 })).toBe("B");
    expect(grade({ ...wide, score: 59.999, passed: 8 })).toBe("C");
    expect(grade({ ...wide, score: 90, passed: 6 })).toBe("C");
    expect(grade({ ...wide, score: 50, passed: 6 })).toBe("C");
    expect(grade({ ...wide, score: 49.999, passed: 8 })).toBe("D");
    expect(grade({ ...wide, score: 90, passed: 5 })).toBe("D");
  });

  it("[SC8] [EL3] gives S and A only to a traded value of 3 bn", ({ expect }) => {
    expect(grade({ leaderValue: false })).toBe("B");
  });

  it("[SC8] caps by state, depth and youth; a young share needs no passes", ({ expect }) => {
    for (const state of ["FAILED", "EXPIRED", "SUSPENDED", "OVEREXTENDED"] as const) {
      expect(grade({ state })).toBe("D");
    }
    expect(grade({ state: "EXTENDED" })).toBe("C");
    expect(grade({ state: "UNCONFIRMED" })).toBe("A");
    for (const state of ["FORMING", "READY", "TRIGGERED", "CONFIRMED", "SQUAT"] as const) {
      expect(grade({ state })).toBe("S");
    }
    expect(grade({ deep: true })).toBe("B");
    expect(grade({ young: true })).toBe("C");
    expect(grade({ young: true, passed: 0, score: 50 })).toBe("C");
    expect(grade({ young: true, passed: 0, score: 49.9 })).toBe("D");
  });

  it("[SC7] gives no more than B without a rating", ({ expect }) => {
    expect(grade({ rs: null })).toBe("B");
    expect(grade({ rs: null, score: 55 })).toBe("C");
  });

  it("[SC8] equals the second writing of the rule for any input", ({ expect }) => {
    const inputs = fc.record({
      score: fc.constantFrom(0, 49, 50, 59, 60, 67, 68, 74, 75, 100),
      passed: fc.integer({ min: 0, max: 8 }),
      lastDepth: fc.constantFrom(0.02, 0.06, 0.07, 0.08, 0.12),
      dryUp: fc.constantFrom(0.3, 0.6, 0.65, 0.7, 1),
      rs: fc.constantFrom(null, 1, 89, 90, 99),
      deep: fc.boolean(),
      young: fc.boolean(),
      leaderValue: fc.boolean(),
      state: fc.constantFrom("READY", "UNCONFIRMED", "EXTENDED", "OVEREXTENDED", "SUSPENDED", "FAILED"),
    });
    fc.assert(
      fc.property(inputs, (x) => {
        expect(gradeOf(x, PARAMS.grades)).toBe(naiveGrade(x));
      }),
      { numRuns: 3_000 },
    );
  });

  it("[SC8] orders the grades from S to D", ({ expect }) => {
    const order: readonly Grade[] = ["S", "A", "B", "C", "D"];
    for (const [i, one] of order.entries()) {
      expect(order.map((other) => isAtLeast(one, other))).toEqual(order.map((_, j) => i <= j));
    }
  });
});
