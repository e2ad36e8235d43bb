import { afterEach, beforeEach, describe, it } from "vitest";
import { type LiveSessionStage, stageLiveSession } from "../../testing/stage/live-session-stage.ts";
import { dayOf, seoul } from "../../testing/stage/kis-stage.ts";
import { KST_OFFSET_MS } from "../../core/calendar/trading-day.ts";

const DAY = dayOf("2026-09-16");

let stage: LiveSessionStage;
beforeEach(async () => {
  stage = await stageLiveSession();
});
afterEach(() => stage.end());

const seoulTime = (at: number): string => new Date(at + KST_OFFSET_MS).toISOString().slice(0, 19);

describe("the session of a real exchange", () => {
  it("[DR1] connects two minutes before the opening and sleeps once the close is certain, until the next session", async ({
    expect,
  }) => {
    const { socket } = stage.kis.fake;
    await stage.step();
    const wake = stage.kis.clock.now() + stage.driver.restMs();
    expect([seoulTime(wake), socket.connections]).toEqual(["2026-09-16T08:58:00", 0]);
    expect(stage.driver.view().status).toMatchObject({
      exchange: "KRX",
      state: "closed",
      session: "closed",
      source: "kis",
    });
    await stage.at("2026-09-16T08:58:00");
    await stage.registered(2);
    await stage.at("2026-09-16T15:31:59");
    expect(socket.registered()).toHaveLength(2);
    await stage.at("2026-09-16T15:32:00");
    await stage.registered(0);
    await stage.step();
    expect(seoulTime(stage.kis.clock.now() + stage.driver.restMs())).toBe("2026-09-17T08:58:00");
    // A weekend, and the days of Chuseok.
    await stage.at("2026-09-23T15:40:00");
    await stage.step();
    expect(seoulTime(stage.kis.clock.now() + stage.driver.restMs())).toBe("2026-09-28T08:58:00");
    expect([socket.connections, stage.batches.length]).toEqual([1, 1]);
  });

  it("[DR1] stays away from a day off that the vendor alone knows of", async ({ expect }) => {
    stage.answer = { status: "closed" };
    stage.signals = [...stage.traded(2)];
    await stage.at("2026-09-16T09:05:00");
    await stage.step();
    await stage.step();
    await stage.registered(0);
    expect(stage.driver.view().status.state).toBe("closed");
    expect(seoulTime(stage.kis.clock.now() + stage.driver.restMs())).toBe("2026-09-17T08:58:00");
  });

  it("[DR1] learns of such a day also where nobody wants a share, and asks for that once", async ({
    expect,
  }) => {
    await stage.at("2026-09-16T09:05:00");
    await stage.pass(60_000);
    expect([stage.asked, stage.kis.fake.dataCalls]).toEqual([[[]], 0]);
    stage.kis.fake.socket.cut();
    await stage.carry();
    stage.birth();
    stage.answer = { status: "closed" };
    await stage.pass(6_000);
    await stage.registered(0);
    expect(stage.driver.view().status.state).toBe("closed");
  });

  it("[DR3] shows trades of the session and nothing else: no indicative price, none of the after-market, none of a halt", async ({
    expect,
  }) => {
    const [share = ""] = stage.traded(1);
    await stage.open([share]);
    await stage.at("2026-09-16T09:30:00");
    await stage.trade([share]);
    const shown = stage.driver.view().quote(share);
    const row = stage.kis.exchange.rowOf(DAY, share);
    expect(shown).toMatchObject({ previous: row?.base, open: row?.open });
    stage.kis.clock.advance(1_000);
    const wrong = {
      volume: (shown?.volume ?? 0) + 500,
      price: (shown?.price ?? 0) - 1,
      low: (shown?.low ?? 0) - 1,
    };
    for (const change of [
      { hour: "B" },
      { market: "3" },
      { market: "1" },
      { market: "5" },
      { halted: true },
    ]) {
      await stage.trade([share], { ...wrong, ...change });
    }
    await stage.trade([share], { ...wrong, at: seoul("2026-09-15T10:00:00") });
    await stage.trade([share], { ...wrong, volume: (shown?.volume ?? 0) - 1 });
    // That it does not trade is shown; the price of the halted record is not.
    expect(stage.driver.view().quote(share)).toEqual({ ...shown, isHalted: true });
    await stage.trade([share], wrong);
    expect(stage.driver.view().quote(share)?.isHalted).toBeUndefined();
    expect(stage.driver.view().quote(share)?.price).toBe(wrong.price);
  });

  it("[DR4] sends the book what moves its signals within a second, extremes included, and at most once a second", async ({
    expect,
  }) => {
    const [share = "", other = ""] = stage.traded(2);
    await stage.open([share], [other]);
    await stage.at("2026-09-16T10:00:00");
    stage.batches.length = 0;
    const price = 2 * (stage.kis.exchange.rowOf(DAY, share)?.base ?? 0);
    for (let n = 0; n < 20; n++) {
      // For a quarter of a second the price is far above.
      const spike = n === 9 ? price + 10 : price;
      const high = n >= 9 ? price + 10 : price;
      await stage.trade([share, other], {
        price: spike,
        open: price,
        high,
        low: price,
        volume: 10_000_000 + n,
      });
      await stage.pass(250);
    }
    const sent = stage.batches.filter(({ prices }) => prices.length > 0);
    expect(sent.length).toBeGreaterThanOrEqual(5);
    expect(sent.length).toBeLessThanOrEqual(6);
    const spike = sent.find(({ prices }) => prices.some((one) => one.price === price + 10));
    expect(spike?.prices.map((one) => one.price)).toEqual([price + 10, price]);
    expect((spike?.at ?? 0) - seoul("2026-09-16T10:00:00")).toBeLessThanOrEqual(9 * 250 + 1_000);
    expect(new Set(sent.flatMap(({ prices }) => prices.map(({ ticker }) => ticker)))).toEqual(
      new Set([share]),
    );
    expect(spike).toMatchObject({ day: DAY, elapsed: expect.closeTo(60 / 390, 2) });
  });

  it("[DR4] gives each batch a later share of the session, also those behind the close", async ({
    expect,
  }) => {
    const [share = ""] = stage.traded(1);
    await stage.open([share]);
    await stage.at("2026-09-16T15:29:00");
    stage.batches.length = 0;
    const price = 2 * (stage.kis.exchange.rowOf(DAY, share)?.base ?? 0);
    for (let n = 0; n < 20; n++) {
      await stage.at(`2026-09-16T15:${29 + Math.floor(n / 7)}:${String(8 * (n % 7) + 1).padStart(2, "0")}`);
      await stage.trade([share], { price, open: price, high: price, low: price, volume: 10_000_000 + n });
      await stage.pass(1_000);
    }
    const shares = stage.batches.map(({ elapsed }) => elapsed);
    expect(shares.length).toBeGreaterThan(20);
    expect(shares.every((one, n) => one < 1 && one > (shares[n - 1] ?? 0))).toBe(true);
    expect(shares.at(-1)).toBeGreaterThan(0.9999);
  });

  it("[DR4] sends all of it again when the book did not take it", async ({ expect }) => {
    const [share = ""] = stage.traded(1);
    await stage.open([share]);
    await stage.at("2026-09-16T10:00:00");
    await stage.trade([share]);
    stage.failing = "tick";
    await stage.pass(2_000);
    stage.failing = null;
    stage.batches.length = 0;
    await stage.pass(2_500);
    expect(stage.batches.flatMap(({ prices }) => prices).length).toBeGreaterThan(0);
    expect(stage.event("prices_not_shown").length).toBeGreaterThan(0);
  });

  it("[DR5] follows signals first and what is looked at then, and asks for the rest by turns", async ({
    expect,
  }) => {
    const [signals, looked] = [stage.traded(30), stage.traded(30, 30)];
    await stage.open(signals, looked.slice(0, 9));
    stage.topics = looked.map((ticker) => `price:${ticker}`);
    await stage.at("2026-09-16T10:00:00");
    await stage.registered(41);
    expect(new Set(stage.kis.fake.socket.registered())).toEqual(
      new Set(["0001", "1001", ...signals, ...looked.slice(0, 9)]),
    );
    expect(stage.driver.view().status.tickers).toBe(41 + 21);
    await stage.pass(2_500);
    for (const ticker of looked.slice(9)) {
      expect(stage.driver.view().quote(ticker)).not.toBeNull();
    }
    expect(stage.kis.fake.socket.mostRegistered).toBe(41);
  });

  it("[DR6] asks by turns of eighteen seconds, for a new share within two, and goes on after a failure", async ({
    expect,
  }) => {
    const looked = stage.traded(45);
    stage.kis.fake.traps.refuseEvery = 0;
    await stage.open([], looked.slice(0, 39));
    await stage.at("2026-09-16T10:00:00");
    stage.topics = looked.map((ticker) => `price:${ticker}`);
    await stage.pass(3_000);
    expect(stage.driver.view().quote(looked[44] ?? "")).not.toBeNull();
    stage.asked.length = 0;
    await stage.pass(60_000);
    const turns = stage.asked.filter((tickers) => tickers.length === 6);
    expect(turns.length).toBeGreaterThanOrEqual(2);
    expect(turns.length).toBeLessThanOrEqual(4);
    stage.failing = "quotes";
    await stage.pass(25_000);
    stage.failing = null;
    stage.asked.length = 0;
    await stage.pass(25_000);
    expect(stage.asked.length).toBeGreaterThan(0);
    expect(stage.event("prices_not_asked").length).toBeGreaterThan(0);
  });

  it("[DR6a] asks once more for a share that comes to be followed: its trades since the last turn came by neither way", async ({
    expect,
  }) => {
    const looked = stage.traded(45);
    const [last = ""] = looked.slice(-1);
    await stage.open([], looked.slice(0, 39));
    await stage.at("2026-09-16T10:00:00");
    stage.topics = looked.map((ticker) => `price:${ticker}`);
    await stage.pass(3_000);
    expect(stage.kis.fake.socket.registered()).not.toContain(last);
    stage.topics = stage.topics.toReversed();
    stage.asked.length = 0;
    await stage.pass(6_000);
    expect(stage.kis.fake.socket.registered()).toContain(last);
    expect(stage.asked.flat().filter((ticker) => ticker === last)).toHaveLength(1);
  });

  it("[DR3a] shows no price of a share that nobody has looked at for a while, and asks for it when somebody does", async ({
    expect,
  }) => {
    const [share = ""] = stage.traded(1);
    await stage.open([], [share]);
    await stage.at("2026-09-16T10:00:00");
    await stage.trade([share]);
    const shown = () => stage.driver.view().quote(share);
    stage.topics = [];
    await stage.pass(10_000);
    // As while a page is changed.
    expect(shown()).not.toBeNull();
    await stage.pass(15_000);
    expect(shown()).toBeNull();
    await stage.at("2026-09-16T14:00:00");
    expect(shown()).toBeNull();
    stage.asked.length = 0;
    stage.topics = [`price:${share}`];
    await stage.pass(3_000);
    expect(stage.asked.flat()).toContain(share);
    expect(shown()?.volume).toBeGreaterThan(0);
  });

  it("[DR12] shows no tick of a session any more once its closes are in the book", async ({ expect }) => {
    const [share = ""] = stage.traded(1);
    await stage.open([share]);
    await stage.at("2026-09-16T15:00:00");
    await stage.trade([share]);
    await stage.at("2026-09-16T15:35:00");
    expect(stage.driver.view().quote(share)).not.toBeNull();
    expect(stage.driver.view().index("KOSPI")).toBeNull();
    const close = { code: "KOSPI", day: DAY, close: 2_600, previous: 2_500, volume: 7 } as const;
    stage.closes = [{ ...close, day: dayOf("2026-09-15"), close: 2_500, previous: 2_480 }];
    expect(await stage.driver.onCloses()).toBe(true);
    expect(stage.driver.view().quote(share)).not.toBeNull();
    expect(stage.driver.view().index("KOSPI")).toMatchObject({ price: 2_500, day: dayOf("2026-09-15") });
    stage.closes = [close];
    await stage.driver.onCloses();
    expect(stage.driver.view().quote(share)).toBeNull();
    expect(stage.driver.view().index("KOSPI")).toEqual({
      price: 2_600,
      previous: 2_500,
      volume: 7,
      day: DAY,
    });
  });
});
