import { describe, it } from "vitest";
import { PARAMS } from "../../worker/core/params.ts";
import { gradeOf } from "../../worker/core/scan/grade.ts";
import { SIGNAL_STATES } from "../../worker/core/vcp/signal-state.ts";
import { en } from "./en.ts";
import { enLegend } from "./en-legend.ts";
import { ko } from "./ko.ts";
import { koLegend } from "./ko-legend.ts";

describe("legend", () => {
  it("[UI34] names the numbers that the detector uses, in both languages", ({ expect }) => {
    const { base, grades, life } = PARAMS;
    for (const legend of [koLegend, enLegend]) {
      for (const grade of ["S", "A", "B"] as const) {
        const meaning = legend.grades[grade];
        expect(meaning).toContain(String(grades[grade].score));
        expect(meaning).toContain(`${grades[grade].passed}/8`);
      }
      for (const grade of ["S", "A"] as const) {
        expect(legend.grades[grade]).toContain(String(grades[grade].dryUp));
        expect(legend.grades[grade]).toMatch(new RegExp(`RS (순위|rank) ${grades[grade].rs}`, "u"));
        expect(legend.grades[grade]).toMatch(new RegExp(` ${100 * grades[grade].lastDepth} ?%`));
      }
      for (const state of ["READY", "FORMING"] as const) {
        expect(legend.states[state]).toMatch(new RegExp(` ${-100 * base.ready.distance} ?%`));
        expect(legend.states[state]).toMatch(new RegExp(` ?${base.ready.shelf}( sessions|일)`));
      }
      expect(legend.states.EXTENDED).toMatch(new RegExp(` ${Math.round(100 * life.extended - 100)} ?%`));
      expect(legend.states.OVEREXTENDED).toMatch(
        new RegExp(` ${Math.round(100 * life.overextended - 100)} ?%`),
      );
      expect(legend.states.CONFIRMED).toContain(String(life.breakoutVolume));
    }
  });

  it("[UI34] names the bars of the dry-up as the detector takes them, also over its column", ({ expect }) => {
    const [short, long] = PARAMS.base.dryBars;
    const legends = [koLegend, enLegend].map(({ terms }) => terms.at(-1)?.[1] ?? "");
    for (const text of [...legends, ko.colDryUpHint, en.colDryUpHint]) {
      expect(text).toMatch(new RegExp(`\\b${short}(일| sessions).*\\b${long}(?=일|-)`, "u"));
    }
  });

  it("[UI34][SC8] names every state beside the best grade that it allows", ({ expect }) => {
    const best = { score: 100, passed: 8, lastDepth: 0, dryUp: 0, rs: 99, leaderValue: true };
    const capped = SIGNAL_STATES.flatMap((state) => {
      const grade = gradeOf({ ...best, deep: false, young: false, state }, PARAMS.grades);
      return grade === "S" ? [] : [{ state, grade } as const];
    });
    expect(capped).toContainEqual({ state: "FORMING", grade: "C" });
    for (const { state, grade } of capped) {
      expect(koLegend.grades[grade]).toMatch(new RegExp(`(^|[^가-힣])${ko[`state${state}`]}`, "u"));
      expect(enLegend.grades[grade]).toMatch(new RegExp(`\\b${en[`state${state}`]}\\b`, "iu"));
    }
  });

  it("[UI34] explains as many values in one language as in the other", ({ expect }) => {
    expect(enLegend.terms.map(([term]) => term !== "")).toEqual(koLegend.terms.map(() => true));
  });
});
