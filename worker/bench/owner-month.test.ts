import { describe, it } from "vitest";
import { billOfMonth, liveDays, ownerMonths, pastOnce, shareOfFreeDay, type Usage } from "./owner-month.ts";

/** A month in which nothing happens. */
const IDLE: Usage = {
  worker: 0,
  calls: 0,
  objectRead: 0,
  objectWritten: 0,
  databaseRead: 0,
  databaseWritten: 0,
  gigabyteSeconds: 0,
};

describe("the month of one owner", () => {
  it("[BN5] costs the plan and what exceeds it, each by its own price", ({ expect }) => {
    const bill = (usage: Partial<Usage>): number =>
      billOfMonth({ name: "", usage: { ...IDLE, ...usage } }).total;
    expect(bill({})).toBe(5);
    expect(bill({ calls: 1e6, objectWritten: 50e6, gigabyteSeconds: 400_000 })).toBe(5);
    expect(bill({ calls: 3e6 })).toBeCloseTo(5.3);
    expect(bill({ objectWritten: 51e6, databaseWritten: 52e6 })).toBeCloseTo(8);
    expect(bill({ gigabyteSeconds: 1.4e6 })).toBeCloseTo(17.5);
    expect(bill({ databaseRead: 26e9 })).toBeCloseTo(6);
  });

  it("[BN5] holds a mean day against the free plan's day", ({ expect }) => {
    const share = shareOfFreeDay({ name: "", usage: { ...IDLE, calls: 6e6, databaseWritten: 1.5e6 } });
    expect([share.calls, share.databaseWritten, share.worker]).toEqual([2, 0.5, 0]);
  });

  it("[BN5] the past of a market comes once, on one day: what it takes is held against that day", ({
    expect,
  }) => {
    const past = pastOnce();
    expect(shareOfFreeDay(past, 1).objectWritten).toBe(past.usage.objectWritten / 100_000);
    expect(shareOfFreeDay(past, 1).objectWritten).toBeCloseTo(30 * shareOfFreeDay(past).objectWritten);
    // By the spacing of its calls it is awake for eight minutes, and each GB-s is eight seconds of an object.
    expect(past.usage.gigabyteSeconds).toBeCloseTo(501 * 0.128);
  });

  it("[BN10] a session with live prices is 394 minutes, held against one free day, and comes on 21 days of a month", ({
    expect,
  }) => {
    const [alone, watched] = liveDays();
    // Feed and book are awake, and with pages four gateways more: a GB-s is eight seconds of an object.
    expect(alone.usage.gigabyteSeconds).toBeCloseTo(2 * 394 * 60 * 0.128);
    expect(watched.usage.gigabyteSeconds).toBeCloseTo(6 * 394 * 60 * 0.128);
    expect(shareOfFreeDay(alone, 1).calls).toBeCloseTo(alone.usage.calls / 100_000);
    // One alarm and one batch to the book a second, less where a step took longer.
    expect(alone.usage.calls).toBe(394 * 118);
    const months = new Map(ownerMonths().map((month) => [month.name, month.usage]));
    const [without, live] = [
      months.get("KRX and KIS, each evening and morning"),
      months.get("KRX and KIS, with live prices in each session"),
    ];
    for (const [field, count] of Object.entries(live ?? {})) {
      const day = Reflect.get(watched.usage, field);
      expect(count).toBeCloseTo(Number(Reflect.get(without ?? {}, field)) + 21 * Number(day));
    }
    expect(Object.keys(live ?? {})).toHaveLength(7);
  });

  it("[BN5] counts messages of sockets twenty for one", ({ expect }) => {
    const [demo] = ownerMonths();
    // 43,200 minutes of 705 calls and 32 messages are the most of it.
    expect(demo?.usage.calls).toBeGreaterThan(43_200 * (705 + 32 / 20));
    expect(demo?.usage.calls).toBeLessThan(43_200 * (705 + 32));
  });
});
