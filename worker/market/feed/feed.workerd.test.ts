import { beforeEach, describe, it } from "vitest";
import { freshDemo, LENGTHS, onStage, tradedTicker } from "../../testing/stage/demo-stage.ts";
import { eventually } from "../../testing/eventually.ts";

beforeEach(freshDemo);

const TICKER = tradedTicker();
const PRICE = `price:${TICKER}`;

describe("the delivery to a gateway", () => {
  it("[FD8] is what they want, when it changed, in one delivery a step", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const [a, b] = [stage.gateway("a"), stage.gateway("b")];
      const current = await feed.want("a", [PRICE, "index:KOSPI", "feed"]);
      expect(current.map(({ topic, seq }) => [topic, seq])).toEqual([
        [PRICE, 1],
        ["index:KOSPI", 1],
        ["feed", 1],
      ]);
      await feed.want("b", ["index:KOSPI"]);
      expect([a.deliveries, b.deliveries]).toEqual([0, 0]);

      await feed.command("advance_tick");
      await eventually(() => {
        expect(b.topics()).toEqual(["index:KOSPI"]);
      });
      expect(a.topics().toSorted()).toEqual(["index:KOSPI", PRICE]);
      expect(a.deliveries).toBe(1);
      expect(a.received.map(({ seq }) => seq)).toEqual([2, 2]);

      await feed.command("pause");
      const before = a.deliveries;
      await stage.live(feed, 5_000);
      expect(a.topics().slice(2)).toEqual(["feed"]);
      expect(a.deliveries).toBe(before);
    });
  });

  it("[FD8] reaches also those who did not ask when a question brought it to light", async ({ expect }) => {
    await onStage(async (stage) => {
      await (await stage.ready()).want("a", ["index:KOSPI"]);
      // A feed that was born anew has published nothing and made no step: only the question makes it read the market.
      const late = stage.birth();
      await late.want("b", ["index:KOSPI"]);
      await eventually(() => {
        expect(stage.gateway("a").topics()).toContain("index:KOSPI");
      });
      const [own] = await late.want("c", ["index:KOSPI"]);
      expect(stage.gateway("a").received.at(-1)).toEqual(own);
    });
  });

  it("[FD9] is not sent again to one that refused it; what it wants beside that is", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const gateway = stage.gateway("a");
      await feed.want("a", [PRICE, "index:KOSPI", "feed"]);
      await feed.command("pause");
      await eventually(() => {
        expect(gateway.topics()).toEqual(["feed"]);
      });
      gateway.answer = () => Promise.resolve(false);
      await feed.command("resume");
      await eventually(() => {
        expect(gateway.topics()).toEqual(["feed", "feed"]);
      });
      gateway.answer = () => Promise.resolve(true);
      await feed.command("advance_tick");
      await feed.command("pause");
      await eventually(() => {
        expect(gateway.topics().slice(2).toSorted()).toEqual(["index:KOSPI", PRICE]);
      });
    });
  });

  it("[FD9] comes anew to one that failed, and late ones keep nobody waiting", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const [slow, broken, well] = [stage.gateway("slow"), stage.gateway("broken"), stage.gateway("well")];
      for (const name of ["slow", "broken", "well"]) {
        await feed.want(name, ["index:KOSPI", "feed"]);
      }
      slow.answer = () => new Promise(() => undefined);
      broken.answer = () => Promise.reject(new Error("out of reach"));
      const began = performance.now();
      await feed.command("advance_tick");
      await feed.command("advance_tick");
      expect(performance.now() - began).toBeLessThan(1_500);
      await eventually(() => {
        expect(well.topics()).toEqual(["index:KOSPI", "index:KOSPI"]);
      });
      expect(slow.deliveries).toBe(1);
      broken.answer = () => Promise.resolve(true);
      await feed.command("pause");
      await eventually(() => {
        // Also the index, which did not change since the delivery that failed.
        expect(broken.topics().slice(-2).toSorted()).toEqual(["feed", "index:KOSPI"]);
      });
    });
  });
});

describe("the owner's hand", () => {
  it("[FD10] stops the clock, lets it go on, and moves it while it stands", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await stage.live(feed, 10_000);
      stage.now += 5_000;
      const stopped = await feed.command("pause");
      expect(stopped).toMatchObject({ state: "paused", session: "open" });
      await stage.live(feed, 600_000);
      expect(await feed.status()).toEqual(stopped);

      const ticked = await feed.command("advance_tick");
      expect((ticked.clock ?? 0) - (stopped.clock ?? 0)).toBeCloseTo((6.5 * 3_600_000) / 78, 0);
      const closed = await feed.command("advance_session");
      expect(closed).toMatchObject({ state: "paused", session: "break" });
      const next = await feed.command("advance_session");
      expect((next.clock ?? 0) - (closed.clock ?? 0)).toBe(86_400_000);

      await feed.command("resume");
      await stage.live(feed, LENGTHS.breakMs);
      expect(await feed.status()).toMatchObject({ state: "live", session: "open" });
      expect(stage.calls.filter((call) => call === "run")).toHaveLength(3);
    });
  });

  it("[FD10] loses no time to a command in the middle of a sleep", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const opened = (await feed.status()).clock ?? 0;
      stage.now += 10_000;
      await feed.command("resume");
      await stage.live(feed, 30_000);
      const share = (6.5 * 3_600_000) / LENGTHS.sessionMs;
      expect((((await feed.status()).clock ?? 0) - opened) / share).toBeCloseTo(40_000, 0);
    });
  });
});

describe("the tickers of a feed", () => {
  it("[FD20] are those of its book, and unknown until the past is in it, also of another exchange", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const born = stage.birth();
      expect(await born.tickers()).toBeNull();
      await born.alarm();
      const tickers = await born.tickers();
      expect(tickers).toContain(TICKER);
      expect(tickers).toEqual(await stage.book().tickers());
      stage.exchange = "KRX";
      expect(await born.tickers()).toEqual(tickers);
      const bare = stage.birth({ market: () => null });
      expect(await bare.tickers()).toEqual(tickers);
      const empty = { ...stage.book(), tickers: () => Promise.resolve([]) };
      expect(await stage.birth({ market: () => null, book: () => empty }).tickers()).toBeNull();
    });
  });
});

describe("sleep", () => {
  it("[FD11] is long while nobody watches, ends with the session, and ends when somebody comes", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const nextIn = async () => ((await stage.storage.getAlarm()) ?? 0) - stage.now;
      expect(await nextIn()).toBe(30_000);
      stage.now += 20_000;
      await feed.want("a", ["index:KOSPI"]);
      expect(await nextIn()).toBe(0);
      await feed.alarm();
      expect(await nextIn()).toBe(250);
      await feed.want("a", []);
      await stage.ring(feed);
      expect(await nextIn()).toBe(30_000);
      await stage.ring(feed);
      // 20 s, 250 ms and 30 s of 60 s have passed.
      expect(await nextIn()).toBe(9_750);
      await stage.ring(feed);
      expect(await feed.status()).toMatchObject({ session: "break" });
      expect(await nextIn()).toBe(LENGTHS.breakMs);
    });
  });
});

describe("another exchange", () => {
  it("[FD14] is active: the feed neither moves nor speaks, and goes on where it stood", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await feed.want("a", ["index:KOSPI"]);
      await stage.live(feed, 1_000);
      const before = (await feed.status()).clock ?? 0;
      const { deliveries } = stage.gateway("a");
      stage.exchange = "KRX";
      stage.now += 250;
      await feed.alarm();
      expect((await feed.status()).clock).toBe(before);

      stage.now += 3_600_000;
      stage.exchange = "DEMO";
      await feed.status();
      await feed.alarm();
      const share = (6.5 * 3_600_000) / LENGTHS.sessionMs;
      expect(((await feed.status()).clock ?? 0) - before).toBeLessThan(1_500 * share);
      expect(stage.gateway("a").deliveries - deliveries).toBeLessThanOrEqual(1);
    });
  });

  it("[FD14] was active: what the feed publishes when it is active again is of a new epoch", async ({
    expect,
  }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      const before = await feed.want("a", [PRICE, "index:KOSPI", "feed"]);
      stage.generation += 1;
      await feed.followSwitch();
      const after = await feed.want("a", [PRICE, "index:KOSPI", "feed"]);
      expect(after.map(({ topic, seq }) => [topic, seq])).toEqual([
        [PRICE, 1],
        ["index:KOSPI", 1],
        ["feed", 1],
      ]);
      expect(new Set([...before, ...after].map(({ epoch }) => epoch)).size).toBe(2);
    });
  });

  it("[FD14] that became active during a step is not spoken over", async ({ expect }) => {
    await onStage(async (stage) => {
      const feed = await stage.ready();
      await feed.want("a", ["index:KOSPI", "feed"]);
      const heard = stage.gateway("a").deliveries;
      const switching = feed.command("advance_session");
      stage.exchange = "KRX";
      await switching;
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      expect(stage.gateway("a").deliveries).toBe(heard);
    });
  });
});
