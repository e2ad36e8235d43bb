import { describe, it } from "vitest";
import { PARAMS } from "../../../worker/core/params.ts";
import { gradeOf } from "../../../worker/core/scan/grade.ts";
import { SIGNAL_STATES } from "../../../worker/core/vcp/signal-state.ts";
import { isCapped } from "./form-cap.ts";

const LEADER = {
  passed: 8,
  lastDepth: 0.05,
  dryUp: 0.5,
  rs: 95,
  deep: false,
  young: false,
  leaderValue: true,
};

describe("the grade of the form beside the state", () => {
  it("[UI128] states the limit wherever the state alone takes a grade from a signal, and nowhere else", ({
    expect,
  }) => {
    for (const state of SIGNAL_STATES) {
      for (let score = 0; score <= 100; score += 0.5) {
        const grade = gradeOf({ ...LEADER, score, state }, PARAMS.grades);
        const free = gradeOf({ ...LEADER, score, state: "READY" }, PARAMS.grades);
        expect(isCapped({ state, grade, score }), `${state} ${score}`).toBe(grade !== free);
      }
    }
  });

  it("[UI128] states no limit for a grade that something else than the state keeps down", ({ expect }) => {
    const signal = { ...LEADER, rs: 75, score: 88, state: "READY" } as const;
    const grade = gradeOf(signal, PARAMS.grades);
    expect([grade, isCapped({ ...signal, grade })]).toEqual(["B", false]);
    const deep = gradeOf({ ...LEADER, deep: true, score: 88, state: "UNCONFIRMED" }, PARAMS.grades);
    expect([deep, isCapped({ state: "UNCONFIRMED", grade: deep, score: 88 })]).toEqual(["B", false]);
  });
});
