/** A feed that learns of a switch from the store alone, and answers of the store that come late. */
import { beforeEach, describe, it } from "vitest";
import { freshDemo, onStage, tradedTicker } from "../../testing/stage/demo-stage.ts";

beforeEach(freshDemo);

const PRICE = `price:${tradedTicker()}`;

describe("a switch to the exchange of a feed", () => {
  it("[FD14b] begins the epoch of a switch that no call named with its next step or answer, once", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const topics = ["index:KOSPI", "feed"];
      const epochOf = async (at: string) => new Set((await feed.want(at, topics)).map(({ epoch }) => epoch));
      const before = await epochOf("a");
      expect(await feed.applied()).toEqual({ exchange: "DEMO", generation: 0 });
      stage.generation = 2;
      await feed.alarm();
      const after = await epochOf("a");
      expect([before.size, after.size, new Set([...before, ...after]).size]).toEqual([1, 1, 2]);
      expect(await feed.applied()).toEqual({ exchange: "DEMO", generation: 2 });
      await feed.followSwitch();
      expect(await epochOf("b")).toEqual(after);
    });
  });

  it("[FD8a] answers nothing to a list that a later one has overtaken while the store was asked", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      await stage.ready();
      const slow = Promise.withResolvers<void>();
      const waits = [slow.promise];
      const feed = stage.birth({
        settings: {
          lastSwitch: async () => {
            await waits.shift();
            return { exchange: stage.exchange, generation: stage.generation };
          },
        },
      });
      const late = feed.want("a", ["feed", PRICE], 1);
      const last = await feed.want("a", ["feed"], 2);
      await feed.want("b", [PRICE], 1);
      slow.resolve();
      expect([await late, last.map(({ topic }) => topic)]).toEqual([[], ["feed"]]);
    });
  });

  it("[FD14b] passes over an answer of the store that a later one has overtaken", async ({ expect }) => {
    await onStage(async (stage) => {
      await stage.ready();
      const slow = Promise.withResolvers<void>();
      const waits = [slow.promise];
      const feed = stage.birth({
        settings: {
          lastSwitch: async () => {
            const recorded = { exchange: stage.exchange, generation: stage.generation };
            await waits.shift();
            return recorded;
          },
        },
      });
      const late = feed.followSwitch();
      stage.generation = 1;
      await feed.followSwitch();
      slow.resolve();
      await late;
      expect(await feed.applied()).toEqual({ exchange: "DEMO", generation: 1 });
    });
  });
});
