/** The whole scan against a second computation from the text of the SPEC, on markets that never were and on the real one. */
import { describe, it } from "vitest";
import { randomUniverse, scanInput } from "../../testing/oracle/random-universe.ts";
import { NO_REAL_BARS, readRealUniverse } from "../../testing/oracle/real-universe.ts";
import { verdictDifferences } from "../../testing/oracle/verdict-differences.ts";
import { assert } from "../assert.ts";
import { scan } from "./scan.ts";

describe("scan beside the naive computation", () => {
  for (const seed of [1, 2, 3]) {
    it(`[TT1] [RS1] [RS2] [RS3] [EL3] [SC1] gives the same for every share of random market ${seed}`, ({
      expect,
    }) => {
      const universe = randomUniverse(seed, 150);
      for (const back of [1, 8, 60]) {
        const result = scan(scanInput(universe, universe.sessions.at(-back) ?? null));
        assert(result !== null, "The market has sessions");
        expect(verdictDifferences(result, universe)).toEqual([]);
      }
    });
  }

  it("[TT1] [EL1] [EL5] meets every kind of answer on the random markets", ({ expect }) => {
    const verdicts = [1, 2, 3].flatMap(
      (seed) => scan(scanInput(randomUniverse(seed, 150), null))?.verdicts ?? [],
    );
    const reasons = new Set(verdicts.map((verdict) => verdict.eligibility.reason));
    expect(reasons.size).toBe(12);
    expect(
      new Set(verdicts.flatMap(({ template }) => template.map(({ id, result }) => id + result))).size,
    ).toBe(24);
    expect(verdicts.filter((verdict) => verdict.detected).length).toBeGreaterThan(10);
    expect(new Set(verdicts.flatMap((verdict) => verdict.flags))).toContain("rs_line_leads");
  });

  it.skipIf(NO_REAL_BARS !== null)(
    `[TT1] [RS2] [RS3] [EL3] [SC1] gives the same for all real shares on several days${NO_REAL_BARS === null ? "" : ` (${NO_REAL_BARS})`}`,
    { timeout: 120_000 },
    ({ expect }) => {
      const universe = readRealUniverse();
      expect(universe.listings.length).toBe(1_307);
      for (const back of [1, 60, 300]) {
        const result = scan(scanInput(universe, universe.sessions.at(-back) ?? null));
        assert(result !== null, "The market has sessions");
        expect(verdictDifferences(result, universe)).toEqual([]);
      }
    },
  );
});
