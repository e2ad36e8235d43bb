import { describe, it } from "vitest";
import { VirtualClock } from "../../testing/fakes/virtual-clock.ts";
import { MemoryLog } from "../../testing/memory/memory-log.ts";
import { MemoryUpstreamStore } from "../../testing/memory/memory-upstream-store.ts";
import { Denials } from "./denials.ts";

const at = (time: string): number => Date.parse(`2026-09-${time}+09:00`);

function stage(secret = "a-secret-of-the-owner") {
  const clock = new VirtualClock(at("14T08:05:00"));
  const store = new MemoryUpstreamStore();
  const log = new MemoryLog();
  const make = (own = secret) => new Denials("krx", own, { store, clock, log });
  return { clock, store, log, make };
}

describe("denials", () => {
  it("[UP2] a service's own denial leaves the others alone, the vendor's does not", async ({ expect }) => {
    const { make } = stage();
    await make().note("bars", "service_not_approved", "bars of KOSPI");
    expect([await make().standing("bars"), await make().standing("indices")]).toEqual([
      { status: "denied", why: "service_not_approved", subject: "bars of KOSPI" },
      null,
    ]);
    await make().note(null, "blocked", "this address");
    expect((await make().standing("indices"))?.why).toBe("blocked");
  });

  it.for([
    ["quota", "14T23:59:59", "15T00:00:00"],
    ["blocked", "15T08:04:59", "15T08:05:00"],
    ["bad_key", "15T08:04:59", "15T08:05:00"],
  ] as const)("[UP2] %s stands until its time is over", async ([why, last, over], { expect }) => {
    const { clock, make } = stage();
    await make().note(null, why, "x");
    clock.moveTo(at(last));
    expect((await make().standing("bars"))?.why).toBe(why);
    clock.moveTo(at(over));
    expect(await make().standing("bars")).toBeNull();
  });

  it("[UP2] one that a clock noted which was months ahead is over once the clock is right, and an hour back ends none", async ({
    expect,
  }) => {
    const { clock, make } = stage();
    const now = clock.now();
    await make().note(null, "blocked", "x");
    clock.moveTo(now - 3_500_000);
    expect((await make().standing("bars"))?.why).toBe("blocked");
    clock.moveTo(now + 200 * 86_400_000);
    await make().note(null, "blocked", "x");
    clock.moveTo(now);
    expect(await make().standing("bars")).toBeNull();
    expect(await make().all(["bars"])).toEqual([]);
  });

  it("[UP7] a denial that cannot be read forbids nothing, and leaves one line", async ({ expect }) => {
    const { make, store, log } = stage();
    await store.put("krx:denied", JSON.stringify({ why: "tired" }));
    await store.put("krx:served", "{");
    expect([await make().standing("bars"), await make().standing("bars")]).toEqual([null, null]);
    expect(await make().servedAt()).toBeNull();
    expect(log.lines.map(({ level, event, fields }) => [level, event, fields["key"]])).toEqual([
      ["warn", "vendor_note_unreadable", "krx:denied"],
      ["warn", "vendor_note_unreadable", "krx:served"],
    ]);
    expect(await make().all([])).toEqual([]);
  });

  it("[UP6] the owner's check is kept from nothing, and what serves it is over for this key alone", async ({
    expect,
  }) => {
    const { clock, make, store, log } = stage();
    const onPurpose = (secret: string): Denials => new Denials("krx", secret, { store, clock, log }, true);
    const own = onPurpose("a-secret-of-the-owner");
    await make().note(null, "bad_key", "x");
    await make().note("bars", "service_not_approved", "x");
    expect(await own.standing("bars")).toBeNull();
    await onPurpose("another").lift("bars");
    await make().lift("bars");
    expect((await make().standing("bars"))?.why).toBe("bad_key");
    await own.lift("indices");
    expect([(await make().standing("bars"))?.why, await make().standing("indices")]).toEqual([
      "service_not_approved",
      null,
    ]);
    await own.lift("bars");
    expect(await make().standing("bars")).toBeNull();
    await own.note("bars", "service_not_approved", "x");
    expect((await make().standing("bars"))?.why).toBe("service_not_approved");
  });

  it("[UP2] another key is asked at once, a restart forgets nothing, and the owner may ask again", async ({
    expect,
  }) => {
    const { store, make } = stage();
    await make().note(null, "bad_key", "x");
    expect([await make("another").standing("bars"), (await make().standing("bars"))?.why]).toEqual([
      null,
      "bad_key",
    ]);
    expect([...store.values.values()].join("")).not.toContain("a-secret-of-the-owner");
    await make().forget(["bars"]);
    expect(await make().standing("bars")).toBeNull();
  });
});
