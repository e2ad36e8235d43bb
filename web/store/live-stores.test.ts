import { describe, it, vi } from "vitest";
import { makeRandom } from "../../worker/testing/chance/random.ts";
import { ROWS } from "../e2e/stub-signals.ts";
import { makeLiveWorld, marketOf, pass, settleRequests, stageStores } from "./live-world.ts";

const TICKERS = ["005930", "000660", "035420"];

const { newWorld, onPage } = stageStores((seed) => makeLiveWorld(makeRandom(seed), ROWS[0], TICKERS));

describe("live stores", () => {
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

  it("[LV11] give what changed since they looked, with the states and the time", async ({ expect }) => {
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

  it("[LV4] give the age of the last value while it grows", async ({ expect }) => {
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
