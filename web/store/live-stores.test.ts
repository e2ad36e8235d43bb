import { createEffect, createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { createExchange } from "./exchange.ts";
import { createFeed } from "./feed.ts";
import { createLiveSocket, type LiveConnection } from "./live-socket.ts";
import { type LiveWorld, makeLiveWorld, settleRequests } from "./live-world.ts";
import { createMarketGate } from "./market-gate.ts";
import { createRealtimePrices } from "./realtime-prices.ts";
import { createSignals } from "./signals/signals.ts";

const TICKERS = ["005930", "000660", "035420"];

function newWorld(seed: number): LiveWorld {
  const [row] = ROWS;
  if (row === undefined) {
    throw new Error("The stub has rows");
  }
  const world = makeLiveWorld(makeRandom(seed), row, TICKERS);
  vi.stubGlobal("fetch", world.fetch);
  return world;
}

let ends: (() => void)[] = [];

/** Stores of a page; they end with the test. */
function onPage<T>(
  world: LiveWorld,
  build: (live: LiveConnection) => T,
): T & { live: LiveConnection; end: () => void } {
  return createRoot((end) => {
    ends.push(end);
    const live = createLiveSocket(world.platform);
    return { ...build(live), live, end };
  });
}

const marketOf = (live: LiveConnection) => {
  const exchange = createExchange(live);
  return { exchange, signals: createSignals(live, exchange), gate: createMarketGate(live, exchange) };
};

async function pass(world: LiveWorld, ms: number): Promise<void> {
  world.time.pass(ms);
  await settleRequests();
}

describe("live stores", () => {
  beforeEach(() => {
    ends = [];
  });
  afterEach(() => {
    ends.forEach((end) => {
      end();
    });
    vi.unstubAllGlobals();
  });

  it("[LV10] hold the server's signals and gate at quiescence", { timeout: 30_000 }, async ({ expect }) => {
    for (let seed = 1; seed <= 8; seed++) {
      const world = newWorld(seed);
      const random = makeRandom(seed + 1_000);
      const { market, time } = world;
      const page = onPage(world, marketOf);
      market.server.faults = { drop: 0.05, double: 0.05, late: 0.05 };
      for (let i = 0; i < 40; i++) {
        const dice = random();
        if (dice < 0.1) {
          market.server.cut();
        } else if (dice < 0.15) {
          market.renew();
        } else if (dice < 0.25) {
          void page.signals.reload();
          void page.gate.reload();
        } else if (dice < 0.4) {
          market.moveGate();
        } else {
          market.moveSignals();
        }
        await pass(world, random() * 3_000);
      }
      market.server.faults = { drop: 0, double: 0, late: 0 };
      time.pass(60_000);
      market.moveSignals();
      market.moveGate();
      await pass(world, 60_000);
      const rows = new Map(page.signals.value()?.signals.map((row) => [row.id, row]));
      expect(rows, `seed ${seed}`).toEqual(market.rows);
      expect(page.signals.value()?.count).toBe(market.rows.size);
      expect(page.gate.value()?.gate?.level).toBe(market.gate?.level);
      page.end();
    }
  });

  it("[LV10] show REST before the socket is there, then live, and no page of REST in its place", async ({
    expect,
  }) => {
    const world = newWorld(3);
    const { market } = world;
    market.server.isUp = false;
    market.putSignal("a", "READY");
    const page = onPage(world, marketOf);
    await settleRequests();
    const ids = (): readonly string[] => page.signals.value()?.signals.map(({ id }) => id) ?? [];
    expect([ids(), page.gate.value()]).toEqual([["a"], { gate: null }]);
    market.server.isUp = true;
    await pass(world, 20_000);
    market.putSignal("b", "READY");
    await pass(world, 1_000);
    expect(ids()).toEqual(["a", "b"]);
    // An answer that was made before the message, and arrives after it.
    vi.stubGlobal("fetch", async () =>
      Response.json({
        exchange: "KRX",
        signals: [],
        count: 0,
        generated_at: "2025-06-13T18:21:04.000+09:00",
        next_cursor: null,
      }),
    );
    await page.signals.reload();
    expect(ids()).toEqual(["a", "b"]);
    market.server.isUp = false;
    market.server.cut();
    await page.signals.reload();
    expect(ids()).toEqual([]);
    market.server.isUp = true;
    await pass(world, 60_000);
    expect(ids()).toEqual(["a", "b"]);
  });

  it("[LV11] tell what changed since they looked, with the states and the time", async ({ expect }) => {
    const world = newWorld(4);
    const { market } = world;
    market.putSignal("a", "READY");
    market.putSignal("b", "FORMING");
    const page = onPage(world, marketOf);
    await pass(world, 5_000);
    expect(page.signals.changes()).toEqual([]);
    market.putSignal("a", "TRIGGERED");
    market.putSignal("c", "FORMING");
    await pass(world, 1_000);
    expect(page.signals.changes()).toMatchObject([
      { kind: "moved", id: "a", before: "READY", after: "TRIGGERED" },
      { kind: "born", id: "c", before: null, after: "FORMING" },
    ]);
  });

  it("[LV12] give the stored close first, then each tick, of the tickers on the page only", async ({
    expect,
  }) => {
    const world = newWorld(5);
    const { market } = world;
    const [tickers, setTickers] = createSignal<readonly string[]>(["005930"]);
    const page = onPage(world, (live) => ({
      prices: createRealtimePrices(live, createExchange(live), tickers),
    }));
    await settleRequests();
    await pass(world, 200);
    expect(page.prices.price("005930")).toMatchObject({
      price: 1,
      at: null,
      as_of: "2025-06-12",
      source: "closes",
    });
    await pass(world, 2_000);
    market.movePrice("005930");
    market.movePrice("000660");
    await pass(world, 1_000);
    expect(page.prices.price("005930")).toMatchObject({ price: market.prices.get("005930"), source: "demo" });
    expect(page.prices.price("000660")).toBeNull();
    setTickers(["000660"]);
    await pass(world, 10_000);
    expect(page.prices.price("000660")?.price).toBe(market.prices.get("000660"));
    const heard = market.server.heard.map((message) =>
      "topics" in message ? [message.type, message.topics] : [],
    );
    expect(heard).toContainEqual(["unsubscribe", ["price:005930"]]);
    await page.prices.reload();
    await pass(world, 200);
    expect(page.prices.price("000660")?.source).toBe("demo");
  });

  it("[LV12] wake a cell ten times a second at most, and no other cell", async ({ expect }) => {
    const world = newWorld(6);
    const { market } = world;
    const woken = new Map<string, number>();
    onPage(world, (live) => {
      const prices = createRealtimePrices(live, createExchange(live), () => TICKERS);
      for (const ticker of TICKERS) {
        createEffect(() => {
          prices.price(ticker);
          woken.set(ticker, (woken.get(ticker) ?? 0) + 1);
        });
      }
      return {};
    });
    await pass(world, 5_000);
    await pass(world, 200);
    woken.clear();
    for (let i = 0; i < 1_000; i++) {
      market.movePrice("005930");
      world.time.pass(5);
    }
    expect([...woken.keys()]).toEqual(["005930"]);
    expect(woken.get("005930")).toBeGreaterThan(20);
    expect(woken.get("005930")).toBeLessThanOrEqual(51);
  });

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

  it("[LV14] leave no socket and no timer behind when their owner ends", async ({ expect }) => {
    const world = newWorld(8);
    const page = onPage(world, marketOf);
    await pass(world, 5_000);
    expect(page.live.status().state).toBe("quiet");
    page.end();
    expect(world.market.server.connections).toBe(0);
    await pass(world, 600_000);
    expect(world.market.server.opened).toBe(1);
  });

  it("[LV4] tell the age of the last value while it grows", async ({ expect }) => {
    const world = newWorld(9);
    const { market } = world;
    const page = onPage(world, marketOf);
    expect(page.live.status().state).toBe("connecting");
    await pass(world, 5_000);
    market.moveGate();
    await pass(world, 1_500);
    expect(page.live.status().state).toBe("live");
    await pass(world, 5_000);
    expect(page.live.status().state).toBe("quiet");
    market.server.isUp = false;
    market.server.cut();
    expect(page.live.status()).toMatchObject({ state: "reconnecting", attempt: 1 });
  });
});
