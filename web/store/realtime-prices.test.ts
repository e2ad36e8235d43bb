import { createEffect, createSignal } from "solid-js";
import { describe, it } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { createExchange } from "./exchange.ts";
import { makeLiveWorld, pass, settleRequests, stageStores } from "./live-world.ts";
import { createRealtimePrices } from "./realtime-prices.ts";

const TICKERS = ["005930", "000660", "035420"];

const { newWorld, onPage } = stageStores((seed) => makeLiveWorld(makeRandom(seed), ROWS[0], TICKERS));

describe("live prices", () => {
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
});
