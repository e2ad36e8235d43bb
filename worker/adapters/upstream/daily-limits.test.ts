import { describe, it } from "vitest";
import { upstreamLimitsContract } from "../../app/ports/upstream-limits.contract.ts";
import { VirtualClock } from "../../testing/fakes/virtual-clock.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { MemoryUpstreamStore } from "../../testing/memory/memory-upstream-store.ts";
import { VENDORS } from "../../app/vendors.ts";
import { countedCalls, makeDailyLimits } from "./daily-limits.ts";

const NOON = Date.parse("2026-09-14T12:00:00+09:00");

upstreamLimitsContract("daily limits", () => {
  const clock = new VirtualClock(NOON);
  const store = new MemoryUpstreamStore();
  const make = () =>
    makeDailyLimits(
      { store, clock, wait: clock.wait, log: new MemoryLog() },
      { ...VENDORS, krx: { callsPerDay: 7, spacingMs: 250 } },
    );
  return {
    limits: make(),
    reborn: make,
    store,
    spacingMs: 250,
    perDay: 7,
    now: () => clock.now(),
    advance: (ms) => {
      clock.advance(ms);
    },
  };
});

describe("daily limits", () => {
  it("[UP1] a vendor's calls are its own, and the day is Seoul's", async ({ expect }) => {
    const clock = new VirtualClock(Date.parse("2026-09-14T23:59:59+09:00"));
    const store = new MemoryUpstreamStore();
    const limits = makeDailyLimits({ store, clock, wait: clock.wait, log: new MemoryLog() });
    await limits.take("krx");
    await limits.take("kis");
    await limits.take("kis");
    const counts = async () => [
      await countedCalls("krx", store, clock),
      await countedCalls("kis", store, clock),
    ];
    expect(await counts()).toEqual([1, 2]);
    clock.moveTo(Date.parse("2026-09-15T00:00:00+09:00"));
    expect(await counts()).toEqual([0, 0]);
    expect(VENDORS.krx.callsPerDay).toBe(10_000);
  });

  it("[UP1] a call waits no longer than the vendor asks, also after the clock was set back a day", async ({
    expect,
  }) => {
    const clock = new VirtualClock(NOON);
    const waits: number[] = [];
    const wait = async (ms: number): Promise<void> => {
      waits.push(ms);
      await clock.wait(ms);
    };
    let back = 0;
    const limits = makeDailyLimits({
      store: new MemoryUpstreamStore(),
      clock: { now: () => clock.now() - back },
      wait,
      log: new MemoryLog(),
    });
    await limits.take("krx");
    back = 86_400_000;
    await limits.take("krx");
    await limits.take("krx");
    expect(waits).toEqual([VENDORS.krx.spacingMs, VENDORS.krx.spacingMs]);
  });

  it("[UP7] a count that cannot be read counts nothing, leaves one line, and is written anew", async ({
    expect,
  }) => {
    const clock = new VirtualClock(NOON);
    const [store, log] = [new MemoryUpstreamStore(), new MemoryLog()];
    const limits = makeDailyLimits({ store, clock, wait: clock.wait, log });
    await store.put("krx:calls", JSON.stringify({ day: "today", calls: 9_000 }));
    await limits.take("krx");
    await limits.take("krx");
    expect(await countedCalls("krx", store, clock)).toBe(2);
    expect(log.lines).toEqual([
      { level: "warn", event: "vendor_count_unreadable", fields: { vendor: "krx" } },
    ]);
  });

  it("[UP1] what cannot be read counts nothing", async ({ expect }) => {
    const clock = new VirtualClock(NOON);
    const store = new MemoryUpstreamStore();
    await store.put("krx:calls", "{");
    expect(await countedCalls("krx", store, clock)).toBe(0);
  });
});
