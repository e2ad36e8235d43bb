/** Bases of the grid with one flaw each: none may be found, and the reason must name the flaw. */
import { describe, it } from "vitest";
import { ALL_LEADERS, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { type GridBase, gridOf } from "../../testing/conformance/constructed-grid.ts";
import { louder, SPOILERS } from "../../testing/conformance/spoiled-base.ts";
import { drawPath, withHalts } from "../../testing/builders/price-path.ts";
import { PARAMS } from "../params.ts";
import type { UnmetRule } from "./verdict.ts";

/** Every ninth base of the grid, all lengths and counts among them. */
const cellsAt = (noise: number): readonly GridBase[] =>
  [...gridOf(noise, 1)].filter(({ leftOut }) => leftOut === null).filter((_, i) => i % 9 === 0);

describe("spoiled bases", () => {
  const [still, noisy] = [cellsAt(0), cellsAt(0.006)];

  it.for(SPOILERS)(
    "[CT1] [BS1] [PV2] $name: never a base, and the reason names the rule",
    ({ spoil, codes, byNoise }, { expect }) => {
      for (const { cell } of still) {
        const { valid, nearMiss } = verdictOn(spoil(cell), ALL_LEADERS);
        expect(valid, JSON.stringify(cell)).toBe(false);
        expect(codes, JSON.stringify(cell)).toContain(nearMiss?.rule);
        expect(verdictOn(spoil(cell), PARAMS).detected).toBe(false);
      }
      let [named, found] = [0, 0];
      for (const { cell } of noisy) {
        const { valid, nearMiss } = verdictOn(spoil(cell), ALL_LEADERS);
        found += valid ? 1 : 0;
        named += codes.some((code) => code === nearMiss?.rule) ? 1 : 0;
      }
      expect(found).toBeLessThanOrEqual(byNoise * noisy.length);
      // Noise may bring another flaw before the one that was built in.
      expect(named).toBeGreaterThan(0.55 * noisy.length);
    },
  );

  it("[SC2] volume that expands costs the points of volume and nothing else", ({ expect }) => {
    for (const { cell, rows } of still) {
      const [before, after] = [verdictOn(rows, ALL_LEADERS), verdictOn(louder(cell), ALL_LEADERS)];
      expect(after.base?.footprint).toBe(before.base?.footprint);
      expect(before.scoreTerms?.quietVolume).toBeGreaterThan(0);
      expect(after.scoreTerms).toEqual({ ...before.scoreTerms, quietVolume: 0 });
    }
  });

  it("[CT1] [RR3] a V-shape, down and straight up again, is one contraction made good in days", ({
    expect,
  }) => {
    const vShape = drawPath([
      [0, 30_000],
      [200, 60_000],
      [210, 42_000],
      [214, 59_000],
      [218, 59_500],
    ]);
    const { nearMiss } = verdictOn(vShape, ALL_LEADERS);
    expect(nearMiss).toMatchObject({ rule: "CT1", value: 1, threshold: PARAMS.form.CT1.limit });
    // With a second contraction nothing but the days of the recovery stand in its way.
    const twice = drawPath([
      [0, 30_000],
      [200, 60_000],
      [210, 42_000],
      [214, 59_500],
      [220, 56_000],
      [228, 58_800],
      [236, 58_900],
    ]);
    expect(verdictOn(twice, ALL_LEADERS).nearMiss).toMatchObject({
      rule: "RR3",
      value: 4,
      threshold: PARAMS.form.RR3.limit,
    });
  });

  it("[BR4] ten halts inside the base forbid it, nine do not", ({ expect }) => {
    const rule = (halts: number): UnmetRule | "none" => {
      const [base] = still;
      if (base === undefined) {
        throw new Error("The grid has cells");
      }
      const halted = withHalts(base.rows, (base.legs.at(-1)?.highBar ?? 0) + 1, halts);
      return verdictOn(halted, ALL_LEADERS).nearMiss?.rule ?? "none";
    };
    expect(rule(10)).toBe("BR4base");
    expect(rule(9)).toBe("none");
  });
});
