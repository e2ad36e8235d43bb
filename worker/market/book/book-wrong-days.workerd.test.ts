import { describe, it } from "vitest";
import { buildTrueMarket } from "../../testing/corrections/true-market.ts";
import { WrongLife } from "../../testing/corrections/wrong-days.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { freshStores } from "../../testing/stage/krx-book.ts";
import { RealBookWorld } from "../../testing/stage/real-book-world.ts";

const SESSIONS = 4;

async function begin(
  seed: number,
): Promise<{ readonly world: RealBookWorld; readonly market: ReturnType<typeof buildTrueMarket> }> {
  await freshStores();
  const market = buildTrueMarket(seed, SESSIONS);
  const world = new RealBookWorld();
  await world.history(market.history);
  await world.run("manual");
  return { world, market };
}

describe("wrong days in the real book and database", () => {
  it.for([3, 6, 7])(
    "[CR2] leave what they have that never saw a wrong row, with deaths in between: life %i",
    async (seed, { expect }) => {
      const clean = await begin(seed);
      for (const { rows } of clean.market.sessions) {
        await clean.world.import(rows);
        await clean.world.run("manual");
      }
      const expected = await clean.world.facts();
      const { world, market } = await begin(seed);
      const life = new WrongLife(market, world, makeRandom(40 + seed));
      await life.live();
      expect(await world.facts(), life.story.join("; ")).toEqual(expected);
    },
  );
});
