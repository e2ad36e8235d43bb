import * as fc from "fast-check";
import { describe, it } from "vitest";
import { ROWS } from "../e2e/stub-signals.ts";
import { nearestFirst, riskOf } from "./nearest-first.ts";

describe("order of the list", () => {
  it("[UI5] puts the nearest first from either side, then the higher score, in any order of arrival", ({
    expect,
  }) => {
    const [row] = ROWS;
    if (!row) {
      throw new Error("The stub has rows");
    }
    const rows = [
      { ...row, id: "far", distance_pct: -6 },
      { ...row, id: "above", distance_pct: 0.3 },
      { ...row, id: "low", distance_pct: -1, score: 50 },
      { ...row, id: "high", distance_pct: 1, score: 60 },
      { ...row, id: "high-b", distance_pct: -1, score: 60 },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(nearestFirst(shuffled).map(({ id }) => id)).toEqual(["above", "high", "high-b", "low", "far"]);
      }),
    );
  });

  it("[UI2] has no risk without an entry", ({ expect }) => {
    const [row] = ROWS;
    expect(row && riskOf({ ...row, entry_price: 100, stop_loss: 94 })).toBeCloseTo(0.06);
    expect(row && riskOf({ ...row, entry_price: 0 })).toBeNull();
  });
});
