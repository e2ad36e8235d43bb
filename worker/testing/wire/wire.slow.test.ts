/** The gate's share: some worlds of the simulator, mutants that still fit, some frames. The rest is `npm run simulate` and `npm run fuzz`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { fuzz } from "./fuzz.ts";
import { MUTANTS, mutate } from "./mutants.ts";
import { makeRandom } from "../chance/random.ts";
import { runSeed } from "./run-seed.ts";
import { SIGNALS } from "./world/simulated-market.ts";
import { SimulatedPage } from "./world/simulated-page.ts";
import { World } from "./world/world.ts";

const SEEDS = 150;
const FRAMES = 3_000;
/** A few seconds of CPU, on a machine that may have other things to do. */
const PATIENCE_MS = 180_000;
const ROOT = join(import.meta.dirname, "../../..");

describe("frames", () => {
  it("[WS3e] throw nothing, grow nothing and end no session by accident, whatever is in them", ({
    expect,
  }) => {
    const { problems, accepted } = fuzz(1, FRAMES);
    expect(problems).toEqual([]);
    expect(accepted).toBeGreaterThan(FRAMES / 20);
  });
});

describe("the whole path", () => {
  it(
    "[WS7][WS8] keeps every promise through delay, loss, doubling, crashes, sleep, deploys and switches",
    {
      timeout: PATIENCE_MS,
    },
    async ({ expect }) => {
      let applied = 0;
      for (let seed = 1; seed <= SEEDS; seed++) {
        const result = await runSeed(seed);
        expect(result.problems, `npm run simulate -- --from ${seed} --seeds 1 --trace`).toEqual([]);
        applied += result.applied;
      }
      expect(applied).toBeGreaterThan(10 * SEEDS);
    },
  );

  it("[WS9] lets no page wait for one whose line is dead or stands still", async ({ expect }) => {
    const world = new World(makeRandom(1), 0.25);
    const giveBack = world.platform.install();
    try {
      const pages = ["dead", "slow", "well"].map((name) => new SimulatedPage(name, world));
      pages.forEach((page) => {
        page.listenToStream(SIGNALS);
      });
      await world.runUntil(world.platform.timeline.now + 5_000);
      const [dead, slow, well] = pages;
      dead?.socket?.line?.cut(null, null);
      slow?.socket?.line?.stall(60_000);
      for (let k = 0; k < 40; k++) {
        world.publisher.add(world.markets.KRX.moveSignals());
      }
      await world.runUntil(world.platform.timeline.now + 5_000);
      const held = pages.map((page) => page.streams.get(SIGNALS)?.isCurrent);
      expect([world.problems, held]).toEqual([[], [false, false, true]]);
      expect(well?.streams.get(SIGNALS)?.applied).toBe(40);
    } finally {
      giveBack();
    }
  });

  it("[TB5] fits every mutant to the shipped file that it is about", ({ expect }) => {
    for (const mutant of MUTANTS) {
      const source = readFileSync(join(ROOT, mutant.file), "utf8");
      expect(mutate(mutant, source)).not.toBe(source);
    }
  });
});
