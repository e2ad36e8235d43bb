import { describe, it } from "vitest";
import { GATE } from "../../e2e/stub-market.ts";
import { gateGroups } from "./gate-reason.ts";

describe("gate reasons", () => {
  it("[UI15] keeps every component, grouped by index and breadth", ({ expect }) => {
    const groups = gateGroups(GATE.components);
    expect(groups.map(({ code }) => code)).toEqual(["KOSPI", "KOSDAQ", null]);
    expect(groups.flatMap(({ reasons }) => reasons)).toHaveLength(GATE.components.length);
    expect(groups.flatMap(({ reasons }) => reasons).some(({ label }) => label === "gateOther")).toBe(false);
  });

  it("[UI15] shows an id that it does not know, and distinguishes full, part, none and missing", ({
    expect,
  }) => {
    const at = (points: number | null): string | undefined =>
      gateGroups([{ id: "KOSPI.moon", value: 1, threshold: 2, points, max: 4 }])[0]?.reasons[0]?.outcome;
    expect([at(4), at(1), at(0), at(null)]).toEqual(["full", "part", "none", "missing"]);
    expect(gateGroups([{ id: "KOSPI.moon", value: 1, threshold: 2, points: 1, max: 4 }])).toMatchObject([
      { code: "KOSPI", reasons: [{ label: "gateOther", value: 1, threshold: 2 }] },
    ]);
  });
});
