import * as fc from "fast-check";
import { describe, it } from "vitest";
import { type FakeTrade, indexRecord, tradeRecord } from "../../../testing/fakes/kis/kis-trades.ts";
import { dayOf, seoul } from "../../../testing/stage/kis-stage.ts";
import { readIndex, readTrade } from "./live-records.ts";

const AT = seoul("2026-09-16T09:30:01");
const TRADE: FakeTrade = {
  ticker: "005930",
  at: AT,
  price: 71_200,
  base: 70_000,
  open: 70_500,
  high: 71_500,
  low: 70_100,
  volume: 1_234_567,
};

describe("a record of a trade", () => {
  it("[KS2] is a tick with the session's figures, at any width from 46 on", ({ expect }) => {
    for (const width of [46, 47, 48, 63]) {
      expect(readTrade(tradeRecord(TRADE, width))).toEqual({
        key: "005930",
        day: dayOf("2026-09-16"),
        at: AT,
        phase: "session",
        isHalted: false,
        price: 71_200,
        open: 70_500,
        high: 71_500,
        low: 70_100,
        volume: 1_234_567,
        base: 70_000,
        bid: 71_200,
        ask: 71_200,
      });
    }
    expect(readTrade(tradeRecord(TRADE, 45))).toBeNull();
  });

  it.for<[string, Partial<FakeTrade>, number, string]>([
    ["the regular session", {}, 47, "session"],
    ["before the opening", { market: "1" }, 47, "other"],
    ["the after-market", { market: "3" }, 47, "after"],
    ["trades at the close", { market: "5" }, 47, "other"],
    ["an indicative price", { hour: "A" }, 47, "auction"],
    ["an indicative price of a halt of volatility", { hour: "C", market: "2" }, 47, "auction"],
    ["the session of old records", { state: "20" }, 46, "session"],
    ["the closing of old records", { state: "21" }, 46, "session"],
    ["a block of old records", { state: "22" }, 46, "other"],
    ["the after-market of old records", { state: "30" }, 46, "other"],
    ["an indicative price of old records", { hour: "B", state: "40" }, 46, "auction"],
  ])("[KS2] states its phase: %s", ([, change, width, phase], { expect }) => {
    expect(readTrade(tradeRecord({ ...TRADE, ...change }, width))?.phase).toBe(phase);
  });

  it("[KS2] states a halt", ({ expect }) => {
    expect(readTrade(tradeRecord({ ...TRADE, halted: true }, 47))?.isHalted).toBe(true);
  });

  it("[KS2] has no base price where number and sign of its change contradict each other", ({ expect }) => {
    const record = tradeRecord(TRADE, 47);
    expect(readTrade(record.with(3, "5"))?.base).toBeNull();
    expect(readTrade(record.with(4, "-1200"))?.base).toBeNull();
    expect(readTrade(record.with(3, "5").with(4, "-1200"))?.base).toBe(72_400);
  });

  it.for<[string, number, string]>([
    ["no ticker", 0, "5930"],
    ["no time", 1, "256001"],
    ["no price", 2, ""],
    ["a negative price", 2, "-71200"],
    ["a price above its high", 2, "71600"],
    ["a price below its low", 2, "70000"],
    ["an open above its high", 7, "72000"],
    ["no low", 9, "0"],
    ["a volume that is no count", 13, "12.5"],
    ["no day", 33, "20261332"],
  ])("[KS2] is none with %s", ([, field, text], { expect }) => {
    expect(readTrade(tradeRecord(TRADE, 47).with(field, text))).toBeNull();
  });

  it("[KS2] never throws, whatever its fields hold", ({ expect }) => {
    const field = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom("", "0", "-1", "1e9", "NaN", "20260916"),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 60 }), (record) => {
        const tick = readTrade(record);
        expect(tick === null || (tick.price > 0 && tick.low <= tick.price && tick.price <= tick.high)).toBe(
          true,
        );
        readIndex(record, dayOf("2026-09-16"));
      }),
      { seed: 17, numRuns: 1_000 },
    );
  });
});

describe("a record of an index", () => {
  it("[KS2] is in points, of the day on which it arrived, also when it is short", ({ expect }) => {
    const index = {
      code: "KOSPI",
      at: AT,
      price: 2_607.71,
      base: 2_591.86,
      open: 2_600,
      high: 2_610.5,
      low: 2_595,
      volume: 123,
    } as const;
    const expected = {
      key: "KOSPI",
      day: dayOf("2026-09-16"),
      at: AT,
      phase: "session",
      price: 2_607.71,
      base: 2_591.86,
      volume: 123,
    };
    expect(readIndex(indexRecord(index), dayOf("2026-09-16"))).toMatchObject(expected);
    expect(readIndex(indexRecord(index).slice(0, 13), dayOf("2026-09-16"))).toMatchObject(expected);
    expect(readIndex(indexRecord(index).slice(0, 12), dayOf("2026-09-16"))).toBeNull();
    expect(readIndex(indexRecord(index).with(0, "2001"), dayOf("2026-09-16"))).toBeNull();
  });

  it("[KS6] names how many shares stand above, at and below their close, and nothing where a record is too short", ({
    expect,
  }) => {
    const counts = { up: 512, flat: 40, down: 391 };
    const index = { code: "KOSDAQ", at: AT, price: 9, base: 8, open: 8, high: 9, low: 8, volume: 1 } as const;
    const day = dayOf("2026-09-16");
    const record = indexRecord({ ...index, counts });
    expect(readIndex(record, day)?.counts).toEqual(counts);
    expect(readIndex(record.slice(0, 26), day)?.counts).toEqual(counts);
    for (const broken of [record.slice(0, 25), record.with(24, ""), record.with(23, "-1")]) {
      expect([readIndex(broken, day)?.price, readIndex(broken, day)?.counts]).toEqual([9, undefined]);
    }
  });
});
