import { afterEach, beforeEach, describe, it } from "vitest";
import { type LiveSessionStage, stageLiveSession } from "../../testing/stage/live-session-stage.ts";
import { dayOf } from "../../testing/stage/kis-stage.ts";
import { formatTradingDay, KST_OFFSET_MS } from "../../core/calendar/trading-day.ts";
import { eventually } from "../../testing/eventually.ts";

const DAY = dayOf("2026-09-16");

let stage: LiveSessionStage;
beforeEach(async () => {
  stage = await stageLiveSession();
});
afterEach(() => stage.end());

const seoulTime = (at: number): string => new Date(at + KST_OFFSET_MS).toISOString().slice(0, 19);

describe("the session of a real exchange that goes wrong", () => {
  it("[DR7] is stale without a trade for thirty seconds and without a connection, live again with one, and never in the closing auction", async ({
    expect,
  }) => {
    const [share = ""] = stage.traded(1);
    const state = () => stage.driver.view().status.state;
    await stage.open([share]);
    await stage.at("2026-09-16T10:00:00");
    await stage.trade([share]);
    expect(state()).toBe("live");
    await stage.at("2026-09-16T10:00:31");
    expect(state()).toBe("stale");
    await stage.trade([share]);
    expect(state()).toBe("live");
    stage.kis.fake.socket.cut();
    await eventually(() => {
      expect(state()).toBe("stale");
    });
    await stage.pass(10_000);
    await stage.registered(3);
    await stage.step();
    await eventually(() => {
      expect(stage.event("live_prices").at(-1)).toMatchObject({ state: "live" });
    });
    await stage.trade([share]);
    expect(state()).toBe("live");
    await stage.at("2026-09-16T15:19:59");
    await stage.trade([share]);
    await stage.at("2026-09-16T15:25:00");
    expect(stage.driver.view().status).toMatchObject({ state: "live", session: "open" });
    await stage.at("2026-09-16T15:40:00");
    expect(stage.driver.view().status).toMatchObject({ state: "closed", session: "closed" });
    // What was shown last stays, with the time of its session.
    expect(stage.driver.view().quote(share)).not.toBeNull();
    expect(seoulTime(stage.driver.view().at)).toBe("2026-09-16T15:32:00");
  });

  it("[DR2] notices a line that died without a word, and fills in what it hid before it is live again", async ({
    expect,
  }) => {
    const [share = ""] = stage.traded(1);
    const { socket } = stage.kis.fake;
    await stage.open([share]);
    await stage.at("2026-09-16T10:00:00");
    await stage.trade([share]);
    socket.traps.silent = true;
    stage.asked.length = 0;
    await stage.pass(80_000);
    expect(socket.connections).toBe(1);
    await stage.pass(20_000);
    socket.traps.silent = false;
    await stage.pass(40_000);
    await stage.registered(3);
    expect(socket.connections).toBeGreaterThanOrEqual(2);
    expect(stage.asked.flat()).toContain(share);
    const volume = stage.driver.view().quote(share)?.volume ?? 0;
    expect(volume).toBeGreaterThan(stage.batches[1]?.prices[0]?.volume ?? 0);
    expect(stage.event("live_prices").at(-1)).toMatchObject({ state: "live" });
  });

  it("[DR9] born again in a session it connects, asks for the prices first, and shows and sends them", async ({
    expect,
  }) => {
    const [share = ""] = stage.traded(1);
    await stage.open([share]);
    await stage.at("2026-09-16T11:00:00");
    await stage.trade([share]);
    stage.kis.fake.socket.cut();
    await stage.carry();
    stage.birth();
    stage.batches.length = 0;
    stage.asked.length = 0;
    const began = stage.kis.clock.now();
    await stage.step();
    expect(stage.driver.view().status.state).toBe("stale");
    await eventually(async () => {
      await stage.pass(250);
      expect(stage.event("live_prices").at(-1)).toMatchObject({ state: "live" });
      expect(stage.batches.some(({ prices }) => prices.length > 0)).toBe(true);
    });
    expect(stage.asked[0]).toEqual([share]);
    expect(stage.driver.view().quote(share)).not.toBeNull();
    expect(stage.kis.clock.now() - began).toBeLessThanOrEqual(10_000);
  });

  it("[DR9] takes its own session of before for no other program, and a key that another one uses for an hour's rest, also after an eviction", async ({
    expect,
  }) => {
    const { socket } = stage.kis.fake;
    socket.traps.lingerMs = 4_000;
    await stage.open([]);
    socket.cut();
    await stage.carry();
    stage.birth();
    // Not a second passes before the vendor has refused, however busy the machine is.
    await stage.step();
    await expect.poll(() => socket.refusals).toBe(1);
    await stage.pass(8_000);
    await stage.registered(2);
    expect(socket.refusals).toBe(1);

    socket.traps.keyInUse = true;
    socket.cut();
    await stage.pass(120_000);
    expect(stage.event("live_prices_denied")).toEqual([{ vendor: "kis", why: "key_in_use" }]);
    const refusals = socket.refusals;
    stage.birth();
    await stage.pass(60_000);
    expect([socket.refusals, stage.driver.view().status.state]).toEqual([refusals, "stale"]);
    socket.traps.keyInUse = false;
    stage.kis.clock.advance(3_600_000);
    await stage.pass(5_000);
    await stage.registered(2);
  });

  it("[DR8] compares its bars with the rows of the session, and states what differs", async ({ expect }) => {
    const [same = "", other = ""] = stage.traded(2);
    await stage.open([same, other]);
    await stage.at("2026-09-16T15:30:20");
    const row = (ticker: string) => stage.kis.exchange.rowOf(DAY, ticker);
    for (const ticker of [same, other]) {
      const {
        open: first,
        high,
        low,
        close,
        volume,
        base,
      } = row(ticker) ?? { open: 0, high: 0, low: 0, close: 0, volume: 0, base: 0 };
      const missed = ticker === other ? 1 : 0;
      await stage.trade([ticker], { price: close, open: first, high, low, base, volume: volume - missed });
    }
    await stage.at("2026-09-16T15:33:00");
    await stage.step();
    expect(stage.event("session_compared")).toEqual([]);
    expect(stage.driver.restMs()).toBe(60_000);
    stage.lastDay = DAY;
    await stage.at("2026-09-16T15:41:00");
    await stage.step();
    expect(stage.event("session_compared")).toEqual([
      {
        day: formatTradingDay(DAY),
        compared: 2,
        missing: 0,
        differing: 1,
        open: 0,
        high: 0,
        low: 0,
        close: 0,
        volume: 1,
      },
    ]);
    expect(seoulTime(stage.kis.clock.now() + stage.driver.restMs())).toBe("2026-09-17T08:58:00");
  });

  it("[DR8] states a session whose rows did not come before the after-market", async ({ expect }) => {
    const [share = ""] = stage.traded(1);
    await stage.open([share]);
    await stage.at("2026-09-16T10:00:00");
    await stage.trade([share]);
    await stage.at("2026-09-16T15:59:00");
    await stage.at("2026-09-16T16:00:00");
    await stage.step();
    expect(stage.event("session_not_compared")).toEqual([
      { day: "2026-09-16", reason: "no rows of it came" },
    ]);
  });
});
