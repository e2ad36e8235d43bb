import * as fc from "fast-check";
import { describe, it } from "vitest";
import type { Tick } from "../../app/ports/live-upstream.ts";
import { assert } from "../../core/assert.ts";
import { calendarDay, type SessionHours } from "../../core/calendar/krx-calendar.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { dayOf } from "../../testing/builders/signal-builder.ts";
import { SessionValues } from "./session-values.ts";

const DAY = dayOf("2026-09-16");
const SHARE = tickerOf("005930");

function hoursOf(): SessionHours {
  const known = calendarDay(DAY);
  assert(known.kind === "session", "The day has a session");
  return known;
}

const HOURS = hoursOf();
const TICK: Tick = {
  key: SHARE,
  day: DAY,
  at: HOURS.opensAt + 60_000,
  phase: "session",
  isHalted: false,
  price: 100,
  open: 98,
  high: 101,
  low: 97,
  volume: 1_000,
  base: 96,
  bid: 99,
  ask: 100,
};

describe("the values of a session", () => {
  it.for<[string, Partial<Tick>, string | null]>([
    ["of the session", {}, null],
    ["of the closing auction", { at: HOURS.closesAt + 25_000 }, null],
    ["of another day", { day: tradingDayOf(DAY - 1) }, "day"],
    ["indicative", { phase: "auction" }, "phase"],
    ["of the after-market", { phase: "after" }, "phase"],
    ["before the opening", { phase: "other" }, "phase"],
    ["of a halted share", { isHalted: true }, "halted"],
    ["before the hours", { at: HOURS.opensAt - 1_000 }, "hours"],
    ["after the hours", { at: HOURS.closesAt + 30 * 60_000 }, "hours"],
  ])("[DR3] take a tick %s, or refuse it", ([, change, refusal], { expect }) => {
    const values = new SessionValues(HOURS);
    expect(values.admit({ ...TICK, ...change })).toBe(refusal);
    expect(values.has(SHARE)).toBe(refusal === null);
    expect(values.refused.get("day") ?? 0).toBe(refusal === "day" ? 1 : 0);
  });

  it("[DR3] end at the tick with the greatest volume, in whatever order and however often ticks come", ({
    expect,
  }) => {
    const volumes = fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(volumes, fc.array(fc.nat(), { maxLength: 40 }), (all, repeats) => {
        const values = new SessionValues(HOURS);
        const ticks = all.map((volume): Tick => ({ ...TICK, volume, price: 97 + (volume % 5) }));
        for (const n of [...ticks.keys(), ...repeats]) {
          values.admit(ticks[n % ticks.length] ?? TICK);
        }
        const most = Math.max(...all);
        expect(values.bar(SHARE)).toMatchObject({ volume: most, price: 97 + (most % 5) });
        expect(values.admitted).toBeLessThanOrEqual(all.length);
      }),
      { seed: 31 },
    );
  });

  it("[DR3] are shown with the change against the base price, and not before that is known", ({ expect }) => {
    const values = new SessionValues(HOURS);
    values.admit({ ...TICK, base: null });
    expect(values.quote(SHARE)).toBeNull();
    values.complete(
      { ticker: SHARE, price: 99, open: 98, high: 101, low: 97, volume: 900, value: null, base: 96 },
      TICK.at,
    );
    expect(values.quote(SHARE)).toEqual({
      price: 100,
      previous: 96,
      volume: 1_000,
      open: 98,
      high: 101,
      low: 97,
      bid: 99,
      ask: 100,
      seenAt: TICK.at,
    });
    values.admit({ ...TICK, base: null, volume: 1_001 });
    expect(values.quote(SHARE)?.previous).toBe(96);
    values.admit({ ...TICK, key: "KOSPI", price: 2_607.71, base: 2_591.86, high: 2_610, low: 2_590 });
    expect(values.index("KOSPI")).toEqual({ price: 2_607.71, previous: 2_591.86, volume: 1_000, day: DAY });
    expect(values.index("KOSDAQ")).toBeNull();
  });

  it("[DR3b] hold since the last trade, answer or moment of a live connection, whichever was last", ({
    expect,
  }) => {
    const values = new SessionValues(HOURS);
    values.admit(TICK);
    const { price, open, high, low, volume, base } = TICK;
    const quote = { ticker: SHARE, price, open, high, low, volume, base, value: null };
    values.complete(quote, TICK.at + 18_000);
    expect(values.quote(SHARE)?.seenAt).toBe(TICK.at + 18_000);
    values.confirm([SHARE], TICK.at + 20_000);
    expect(values.quote(SHARE)?.seenAt).toBe(TICK.at + 20_000);
    values.complete(quote, TICK.at + 19_000);
    expect(values.quote(SHARE)?.seenAt).toBe(TICK.at + 20_000);
    values.cover([SHARE], TICK.at);
    values.cover([], TICK.at + 60_000);
    values.complete(quote, TICK.at + 61_000);
    expect(values.quote(SHARE)?.seenAt).toBe(TICK.at + 61_000);
  });

  it("[DR3] are filled in by a quote that is newer, and not by one that is older or of a share without a trade", ({
    expect,
  }) => {
    const values = new SessionValues(HOURS);
    const quote = {
      ticker: SHARE,
      price: 99,
      open: 98,
      high: 105,
      low: 90,
      volume: 900,
      value: null,
      base: 96,
    };
    values.complete({ ...quote, open: 0, high: 0, low: 0, volume: 0 }, TICK.at);
    expect(values.has(SHARE)).toBe(false);
    values.complete(quote, TICK.at);
    expect(values.bar(SHARE)).toMatchObject({ price: 99, high: 105, volume: 900 });
    values.admit(TICK);
    values.complete({ ...quote, volume: 999 }, TICK.at + 1_000);
    expect(values.bar(SHARE)).toMatchObject({ price: 100, volume: 1_000 });
    values.complete({ ...quote, volume: 1_100 }, TICK.at + 1_000);
    expect(values.bar(SHARE)).toMatchObject({ price: 99, volume: 1_100 });
  });

  it("[DR4] name to the book each new high and low, also one that the price has left, and then the price, once", ({
    expect,
  }) => {
    const values = new SessionValues(HOURS);
    const news = () => values.takeNews([SHARE, "000660"]).map(({ price }) => price);
    values.admit(TICK);
    expect(news()).toEqual([101, 97, 100]);
    expect(news()).toEqual([]);
    values.admit({ ...TICK, volume: 1_001, price: 99 });
    expect(news()).toEqual([99]);
    values.admit({ ...TICK, volume: 1_002, price: 110, high: 110 });
    values.admit({ ...TICK, volume: 1_003, price: 103, high: 110 });
    expect(values.takeNews([SHARE])).toEqual([
      { ticker: SHARE, price: 110, volume: 1_003, base: 96, isLocked: false },
      { ticker: SHARE, price: 103, volume: 1_003, base: 96, isLocked: false },
    ]);
    values.admit({ ...TICK, volume: 1_004, price: 90, high: 110, low: 90 });
    expect(news()).toEqual([90]);
    values.forgetNews();
    expect(news()).toEqual([110, 90]);
  });

  it("[DR4] name a share that has stood at its upper limit since its first trade, until it trades elsewhere", ({
    expect,
  }) => {
    const values = new SessionValues(HOURS);
    const limit = { price: 129, open: 129, high: 129, low: 129, base: 100 };
    const locked = () => values.takeNews([SHARE]).map(({ isLocked }) => isLocked);
    values.admit({ ...TICK, ...limit });
    expect(locked()).toEqual([true]);
    values.admit({ ...TICK, ...limit, volume: 1_001, price: 127, low: 127 });
    expect(locked()).toEqual([false]);
    values.admit({ ...TICK, ...limit, volume: 1_002, low: 127 });
    expect(locked()).toEqual([false]);
  });

  it("[DR18] show an interruption from an indicative price of the open market to the next trade, or for its own time, and take no price of it", ({
    expect,
  }) => {
    const values = new SessionValues(HOURS);
    values.admit(TICK);
    const at = TICK.at + 10_000;
    const indicative = { ...TICK, at, phase: "auction", price: 130, high: 130, volume: 2_000 } as const;
    expect(values.admit(indicative)).toBe("phase");
    expect([values.isInterrupted(SHARE, at), values.quote(SHARE)?.price]).toEqual([true, 100]);
    expect(values.takeNews([SHARE]).map(({ price }) => price)).toEqual([101, 97, 100]);
    // One that was traded before and came late ends nothing; the trade of its auction does.
    values.admit({ ...TICK, at: at - 1_000, volume: 1_001 });
    expect(values.isInterrupted(SHARE, at + 2_000)).toBe(true);
    values.admit({ ...TICK, at: at + 121_000, volume: 3_000 });
    expect(values.isInterrupted(SHARE, at + 121_000)).toBe(false);
    // Without a trade it goes on as long as indicative prices come.
    const next = at + 300_000;
    values.admit({ ...indicative, at: next });
    values.admit({ ...indicative, at: next + 100_000 });
    expect([next + 200_000, next + 261_000].map((now) => values.isInterrupted(SHARE, now))).toEqual([
      true,
      false,
    ]);
    // The auctions of every share are none of it, and a halt is more than one.
    values.admit({ ...indicative, at: HOURS.closesAt - 60_000 });
    expect(values.isInterrupted(SHARE, HOURS.closesAt - 60_000)).toBe(false);
    values.admit({ ...indicative, at: next + 400_000 });
    values.admit({ ...TICK, at: next + 401_000, isHalted: true });
    expect(values.isInterrupted(SHARE, next + 401_000)).toBe(false);
  });
});
