/** The gate's share of the simulator: a few hundred worlds, and mutants that still fit. The rest is `npm run simulate`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { MUTANTS, mutate } from "./mutants.ts";
import { runSeed } from "./run-seed.ts";

const SEEDS = 200;
const ROOT = join(import.meta.dirname, "../../..");

describe("the whole path", () => {
  it("[WS7][WS8] keeps every promise through delay, loss, doubling, crashes, sleep, deploys and switches", async ({
    expect,
  }) => {
    let applied = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const result = await runSeed(seed);
      expect(result.problems, `npm run simulate -- --from ${seed} --seeds 1 --trace`).toEqual([]);
      applied += result.applied;
    }
    expect(applied).toBeGreaterThan(10 * SEEDS);
  });

  it("[TB5] fits every mutant to the shipped file that it is about", ({ expect }) => {
    for (const mutant of MUTANTS) {
      const source = readFileSync(join(ROOT, mutant.file), "utf8");
      expect(mutate(mutant, source)).not.toBe(source);
    }
  });
});
