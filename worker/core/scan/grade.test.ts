/** The one grade function: every condition at its limit, every cap, and any input beside a second writing of the rule. */
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { naiveGrade } from "../../testing/oracle/naive-score.ts";
import { gradeOf, type GradeInput, isAtLeast } from "./grade.ts";
import { PARAMS } from "../params.ts";
import type { Grade } from "../vcp/verdict.ts";

const { S, A, B } = PARAMS.grades;

const BEST: GradeInput = {
  score: S.score,
  passed: S.passed,
  lastDepth: S.lastDepth,
  dryUp: S.dryUp,
  rs: S.rs,
  deep: false,
  young: false,
  leaderValue: true,
  state: "READY",
};

function grade(overrides: Partial<GradeInput>): Grade {
  return gradeOf({ ...BEST, ...overrides }, PARAMS.grades);
}

describe("grade", () => {
  it("[SC8] asks for what SPEC.md states", ({ expect }) => {
    expect(S).toEqual({ rs: 90, score: 80, passed: 8, lastDepth: 0.08, dryUp: 0.9 });
    expect(A).toEqual({ rs: 90, score: 70, passed: 8, lastDepth: 0.1, dryUp: 1.1 });
    expect(B).toMatchObject({ rs: 0, score: 64, passed: 7 });
  });

  it("[SC8] gives S at its limits and A just outside each of them", ({ expect }) => {
    expect(grade({})).toBe("S");
    expect(grade({ score: S.score - 0.001 })).toBe("A");
    expect(grade({ lastDepth: S.lastDepth + 0.000_1 })).toBe("A");
    expect(grade({ dryUp: S.dryUp + 0.001 })).toBe("A");
  });

  it("[SC8] gives A at its limits and B just outside each of them", ({ expect }) => {
    const a = { score: A.score, lastDepth: A.lastDepth, dryUp: A.dryUp };
    expect(grade(a)).toBe("A");
    expect(grade({ ...a, score: A.score - 0.001 })).toBe("B");
    expect(grade({ ...a, lastDepth: A.lastDepth + 0.000_1 })).toBe("B");
    expect(grade({ ...a, dryUp: A.dryUp + 0.001 })).toBe("B");
    expect(grade({ passed: 7 })).toBe("B");
  });

  it("[SC8] gives S and A only to leaders", ({ expect }) => {
    expect(grade({ rs: S.rs - 1 })).toBe("B");
    expect(grade({ rs: S.rs - 1, score: B.score - 1 })).toBe("C");
  });

  it("[SC8] gives B at its limits, and C to every other listing", ({ expect }) => {
    const wide = { lastDepth: 0.12, dryUp: 3 };
    expect(grade({ ...wide, score: B.score, passed: 7 })).toBe("B");
    expect(grade({ ...wide, score: B.score - 0.001, passed: 8 })).toBe("C");
    expect(grade({ ...wide, score: 90, passed: 6 })).toBe("C");
    expect(grade({ ...wide, score: 0, passed: 0 })).toBe("C");
  });

  it("[SC8] [EL3] gives S and A only to a traded value of 3 bn", ({ expect }) => {
    expect(grade({ leaderValue: false })).toBe("B");
  });

  it("[SC8] caps by state, depth and youth; a young share needs no passes", ({ expect }) => {
    for (const state of ["FAILED", "EXPIRED", "SUSPENDED", "OVEREXTENDED"] as const) {
      expect(grade({ state })).toBe("D");
    }
    expect(grade({ state: "EXTENDED" })).toBe("C");
    expect(grade({ state: "FORMING" })).toBe("C");
    expect(grade({ state: "UNCONFIRMED" })).toBe("A");
    for (const state of ["READY", "TRIGGERED", "CONFIRMED", "SQUAT"] as const) {
      expect(grade({ state })).toBe("S");
    }
    expect(grade({ deep: true })).toBe("B");
    expect(grade({ young: true })).toBe("C");
    expect(grade({ young: true, passed: 0, score: 50 })).toBe("C");
  });

  it("[SC7] gives no more than B without a rating", ({ expect }) => {
    expect(grade({ rs: null })).toBe("B");
    expect(grade({ rs: null, score: B.score - 1 })).toBe("C");
  });

  it("[SC8] equals the second writing of the rule for any input", ({ expect }) => {
    const inputs = fc.record({
      score: fc.constantFrom(0, 50, 63, 64, 69, 70, 79, 80, 100),
      passed: fc.integer({ min: 0, max: 8 }),
      lastDepth: fc.constantFrom(0.02, 0.08, 0.09, 0.1, 0.12),
      dryUp: fc.constantFrom(0.3, 0.9, 1, 1.1, 1.3),
      rs: fc.constantFrom(null, 1, 89, 90, 99),
      deep: fc.boolean(),
      young: fc.boolean(),
      leaderValue: fc.boolean(),
      state: fc.constantFrom(
        "FORMING",
        "READY",
        "UNCONFIRMED",
        "EXTENDED",
        "OVEREXTENDED",
        "SUSPENDED",
        "FAILED",
      ),
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
