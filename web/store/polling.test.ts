/** A page behind a proxy that lets no socket through, over the simulated market. */
import { describe, it, vi } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { createExchange } from "./exchange.ts";
import { type LiveWorld, makeLiveWorld, marketOf, openStores, pass } from "./live-world.ts";
import { createRealtimePrices } from "./realtime-prices.ts";

async function passSeconds(world: LiveWorld, seconds: number): Promise<void> {
  for (let k = 0; k < seconds; k++) {
    await pass(world, 1_000);
  }
}

describe("polling", () => {
  it("[LV15] asks REST every 10 s where no socket comes through, shows it, and follows the socket when one does", async ({
    expect,
  }) => {
    const world = makeLiveWorld(makeRandom(7), ROWS[0], []);
    vi.stubGlobal("fetch", world.fetch);
    world.market.server.isUp = false;
    world.market.putSignal("s1", "READY");
    const { live, signals, end } = openStores(world, marketOf);
    await pass(world, 5_000);
    world.asked.length = 0;
    expect(live.status().state).not.toBe("polling");
    await passSeconds(world, 60);
    expect(live.status().state).toBe("polling");
    const rounds = world.asked.filter((path) => path.startsWith("/api/kr/signals")).length;
    expect(rounds).toBeGreaterThanOrEqual(3);
    expect(rounds).toBeLessThanOrEqual(7);
    world.market.putSignal("s2", "TRIGGERED");
    await passSeconds(world, 11);
    expect(
      signals
        .value()
        ?.signals.map(({ id }) => id)
        .toSorted(),
    ).toEqual(["s1", "s2"]);
    world.market.server.isUp = true;
    await passSeconds(world, 30);
    expect(live.status().state).not.toBe("polling");
    const before = world.asked.length;
    await passSeconds(world, 30);
    expect(world.asked.length).toBe(before);
    world.market.putSignal("s3", "READY");
    await pass(world, 2_000);
    expect(signals.value()?.count).toBe(3);
    end();
    vi.unstubAllGlobals();
  });

  it("[LV15] shows that nothing comes at all while REST fails too, and shows no failure of then when a socket is back", async ({
    expect,
  }) => {
    const world = makeLiveWorld(makeRandom(8), ROWS[0], []);
    vi.stubGlobal("fetch", world.fetch);
    world.market.putSignal("s1", "READY");
    const { live, signals, end } = openStores(world, marketOf);
    await passSeconds(world, 5);
    world.isRestDown = true;
    world.market.server.isUp = false;
    world.market.server.cut();
    await passSeconds(world, 60);
    expect(["reconnecting", "offline"]).toContain(live.status().state);
    expect([signals.failure()?.status, signals.value()?.count]).toEqual([null, 1]);
    world.isRestDown = false;
    world.market.server.isUp = true;
    await passSeconds(world, 45);
    expect([signals.failure(), signals.value()?.count]).toEqual([null, 1]);
    end();
    vi.unstubAllGlobals();
  });

  it("[LV15] does not take for an answer that somebody has nothing to ask for", async ({ expect }) => {
    const world = makeLiveWorld(makeRandom(8), ROWS[0], []);
    vi.stubGlobal("fetch", world.fetch);
    const { live, end } = openStores(world, (socket) => ({
      ...marketOf(socket),
      prices: createRealtimePrices(socket, createExchange(socket), () => []),
    }));
    await passSeconds(world, 5);
    world.isRestDown = true;
    world.market.server.isUp = false;
    world.market.server.cut();
    await passSeconds(world, 60);
    expect(["reconnecting", "offline"]).toContain(live.status().state);
    end();
    vi.unstubAllGlobals();
  });

  it("[LV12][LV15] moves the prices by what REST has of the feed, and never back", async ({ expect }) => {
    const world = makeLiveWorld(makeRandom(9), ROWS[0], ["005930"]);
    vi.stubGlobal("fetch", world.fetch);
    const { prices, end } = openStores(world, (live) => ({
      prices: createRealtimePrices(live, createExchange(live), () => ["005930"]),
    }));
    const shown = () => {
      const { price, at, source, stale } = prices.price("005930") ?? {};
      return [price, at, source, stale];
    };
    await pass(world, 2_000);
    world.market.movePrice("005930");
    await pass(world, 2_000);
    const ticked = shown();
    expect(ticked).toEqual([world.market.prices.get("005930"), expect.any(String), "demo", false]);

    world.market.server.isUp = false;
    world.market.server.cut();
    const answer = async (timestamp: string | null, price: number, day = "2025-06-13", stale = false) => {
      const source = timestamp === null ? "closes" : "demo";
      world.quotes.set("005930", { price, timestamp, as_of: day, stale, source });
      await passSeconds(world, 11);
      return shown();
    };
    await passSeconds(world, 60);
    expect(await answer("2025-06-13T18:00:00.000+09:00", 70_000)).toEqual(ticked);
    const later = "2025-06-13T19:00:00.000+09:00";
    expect(await answer(later, 71_000)).toEqual([71_000, later, "demo", false]);
    expect(await answer(later, 71_000, "2025-06-13", true)).toEqual([71_000, later, "demo", true]);
    // The feed is out of reach for a moment: the close before the session changes nothing.
    expect(await answer(null, 69_000, "2025-06-12")).toEqual([71_000, later, "demo", true]);
    expect(await answer(null, 72_000)).toEqual([72_000, null, "closes", false]);
    const next = "2025-06-16T09:00:00.000+09:00";
    expect(await answer(next, 72_500, "2025-06-16")).toEqual([72_500, next, "demo", false]);
    end();
    vi.unstubAllGlobals();
  });
});
