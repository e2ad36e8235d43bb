import { describe, it } from "vitest";
import { ChangingMarket } from "../../testing/corrections/changing-market.ts";
import { CorrectionWorld } from "../../testing/corrections/correction-world.ts";
import { buildTrueMarket, type TrueMarket } from "../../testing/corrections/true-market.ts";
import { WrongLife } from "../../testing/corrections/wrong-days.ts";
import { factsOf } from "../../testing/corrections/world-facts.ts";
import { makeRandom } from "../../testing/chance/random.ts";

/** Lives in the gate; `LIVES=20000` asks for more by hand. */
const LIVES = Number(process.env["LIVES"] ?? "2000");
const MARKETS = 16;
const SESSIONS = 4;

async function begin(market: TrueMarket): Promise<CorrectionWorld> {
  const world = new CorrectionWorld(new ChangingMarket(market.history));
  await world.run();
  return world;
}

/** A world that sees each session once, in its evening, as it truly is. */
async function cleanFacts(market: TrueMarket): Promise<object> {
  const world = await begin(market);
  for (const { rows } of market.sessions) {
    world.import(rows);
    await world.run();
  }
  return factsOf(world);
}

describe("wrong days and their corrections", () => {
  it(
    `[CR2] leave what a world has that never saw a wrong row, over ${LIVES} random lives`,
    async ({ expect }) => {
      for (let seed = 0; seed < Math.min(MARKETS, LIVES); seed++) {
        const market = buildTrueMarket(seed, SESSIONS);
        const clean = await cleanFacts(market);
        const text = JSON.stringify(clean);
        const evening = await begin(market);
        for (let life = seed; life < LIVES; life += MARKETS) {
          const world = evening.copy();
          const wrong = new WrongLife(market, world, makeRandom(1_000 + life));
          await wrong.live();
          const facts = await factsOf(world);
          // The text first, because a deep comparison would cost more than the life.
          if (JSON.stringify(facts) !== text) {
            expect(facts, `life ${life}: ${wrong.story.join("; ")}`).toEqual(clean);
          }
        }
      }
    },
    30 * 60_000,
  );
});
