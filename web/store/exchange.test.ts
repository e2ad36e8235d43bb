import { describe, it, vi } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { createFeed } from "./feed.ts";
import { makeLiveWorld, marketOf, pass, stageStores } from "./live-world.ts";
import { createRealtimePrices } from "./realtime-prices.ts";

const TICKERS = ["005930", "000660", "035420"];

const { newWorld, onPage } = stageStores((seed) => makeLiveWorld(makeRandom(seed), ROWS[0], TICKERS));

describe("a switch of the exchange", () => {
  it("[LV13] drop what they hold of the other exchange, whoever learns of it", async ({ expect }) => {
    const world = newWorld(7);
    const { market } = world;
    market.putSignal("a", "READY");
    market.moveGate();
    const page = onPage(world, (live) => {
      const made = marketOf(live);
      return {
        ...made,
        feed: createFeed(live, made.exchange),
        prices: createRealtimePrices(live, made.exchange, () => ["005930"]),
      };
    });
    await pass(world, 5_000);
    market.movePrice("005930");
    await pass(world, 1_000);
    expect([page.signals.value()?.exchange, page.prices.price("005930")?.source]).toEqual(["KRX", "demo"]);
    market.server.cut();
    market.server.isUp = false;
    vi.stubGlobal("fetch", () => new Promise(() => {}));
    page.exchange.learn("DEMO");
    expect([page.signals.value(), page.gate.value(), page.prices.price("005930")]).toEqual([
      null,
      null,
      null,
    ]);
    expect(page.signals.changes()).toEqual([]);
    page.exchange.learn("DEMO");
    expect(page.exchange.active()).toBe("DEMO");
  });

  it("[LV13] find the switch by the first answer that disagrees, and end even when servers go on disagreeing", async ({
    expect,
  }) => {
    const world = newWorld(10);
    world.market.server.isUp = false;
    world.market.moveGate();
    const page = onPage(world, marketOf);
    await pass(world, 100);
    expect([page.exchange.active(), page.gate.value()?.gate?.level]).toEqual([
      "KRX",
      world.market.gate?.level,
    ]);
    world.exchange = "DEMO";
    world.others = "DEMO";
    await page.gate.reload();
    await pass(world, 100);
    await pass(world, 100);
    expect([page.signals.value()?.exchange, page.gate.value() !== null]).toEqual(["DEMO", true]);
    world.others = "KRX";
    const before = world.asked.length;
    await page.gate.reload();
    await pass(world, 1_000);
    await pass(world, 1_000);
    expect(world.asked.slice(before)).toEqual(["/api/kr/market-gate", "/api/kr/signals?limit=100"]);
    expect(page.exchange.active()).toBe("DEMO");
  });

  it("[LV13] show no gate of another exchange, and ask which is active", async ({ expect }) => {
    const world = newWorld(11);
    const { market } = world;
    market.moveGate();
    const page = onPage(world, marketOf);
    await pass(world, 5_000);
    const level = market.gate?.level;
    expect(page.gate.value()?.gate?.level).toBe(level);
    market.exchange = "DEMO";
    market.moveGate();
    const before = world.asked.length;
    await pass(world, 1_000);
    expect([market.gate?.level === level, page.gate.value()?.gate?.level]).toEqual([false, level]);
    expect(world.asked.slice(before)).toEqual(["/api/kr/signals?limit=100"]);
  });
});
