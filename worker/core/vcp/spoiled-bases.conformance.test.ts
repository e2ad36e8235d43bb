/** Bases of the grid with one flaw each: none may be found, and the reason must name the flaw. */
import { describe, it } from "vitest";
import { ALL_ELIGIBLE, verdictOn } from "../../testing/oracle/compare-verdict.ts";
import { type GridBase, gridOf } from "../../testing/conformance/constructed-grid.ts";
import { SPOILERS } from "../../testing/conformance/spoiled-base.ts";
import { drawPath, withHalts } from "../../testing/builders/price-path.ts";
import { PARAMS } from "../params.ts";
import type { UnmetRule } from "./verdict.ts";

/** Every ninth base of the grid, all lengths and counts among them. */
const cellsAt = (noise: number): readonly GridBase[] =>
  [...gridOf(noise, 1)].filter(({ leftOut }) => leftOut === null).filter((_, i) => i % 9 === 0);

describe("spoiled bases", () => {
  const [still, noisy] = [cellsAt(0), cellsAt(0.006)];

  it.for(SPOILERS)(
    "[CT10] $name: never a base, and the reason names the rule",
    ({ spoil, codes }, { expect }) => {
      for (const { cell } of still) {
        const { valid, nearMiss } = verdictOn(spoil(cell), PARAMS);
        expect(valid, JSON.stringify(cell)).toBe(false);
        expect(codes, JSON.stringify(cell)).toContain(nearMiss?.rule);
      }
      let named = 0;
      for (const { cell } of noisy) {
        const { base, nearMiss } = verdictOn(spoil(cell), PARAMS);
        expect(base?.footprint ?? "none", JSON.stringify(cell)).toBe("none");
        named += codes.some((code) => code === nearMiss?.rule) ? 1 : 0;
      }
      // Noise may bring another flaw before the one that was built in.
      expect(named).toBeGreaterThan(0.75 * noisy.length);
    },
  );

  it("[CT10] a V-shape, down and straight up again, is one contraction", ({ expect }) => {
    const vShape = drawPath([
      [0, 30_000],
      [200, 60_000],
      [210, 42_000],
      [216, 59_000],
    ]);
    expect(verdictOn(vShape).nearMiss).toEqual({ rule: "no_legs", value: 1, threshold: 2 });
  });

  it("[BR4] ten halts inside the base forbid it, nine do not", ({ expect }) => {
    const rule = (halts: number): UnmetRule | "none" => {
      const [base] = still;
      if (base === undefined) {
        throw new Error("The grid has cells");
      }
      const verdict = verdictOn(
        withHalts(base.rows, (base.legs.at(-1)?.highBar ?? 0) + 1, halts),
        ALL_ELIGIBLE,
      );
      return verdict.nearMiss?.rule ?? "none";
    };
    expect(rule(10)).toBe("BR4base");
    expect(rule(9)).not.toBe("BR4base");
  });
});
