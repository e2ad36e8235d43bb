import { describe, it } from "vitest";
import { dayOf } from "../builders/signal-builder.ts";
import { SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { FakeKis } from "./kis/fake-kis.ts";
import { FakeKrx } from "./krx/fake-krx.ts";
import { makeVendors } from "./market-vendors.ts";
import { listTraps, setTrap } from "./set-trap.ts";
import { VirtualClock } from "./virtual-clock.ts";

function vendors() {
  const clock = new VirtualClock(Date.parse("2026-09-15T08:10:00+09:00"));
  const days = { first: dayOf("2026-08-10"), last: dayOf("2026-10-16") };
  const exchange = new SimulatedExchange({ ...days, names: 30, seed: 1 });
  return {
    krx: new FakeKrx({ exchange, clock, key: "k" }),
    kis: new FakeKis({ exchange, clock, appKey: "k", appSecret: "s" }),
    tricks: { echo: false },
  };
}

describe("the switches of the fakes", () => {
  it("[FK10] every trap has a name, and a plain one changes by it", ({ expect }) => {
    const both = vendors();
    const before = listTraps(both);
    for (const [name, value] of Object.entries(before)) {
      if (value === "on" || value === "off") {
        expect(setTrap(both, name, value === "on" ? "off" : "on")).toBe(true);
      } else if (/^\d+$/.test(value)) {
        expect(setTrap(both, name, "3")).toBe(true);
      }
    }
    const after = listTraps(both);
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed.length).toBeGreaterThan(12);
    expect([both.krx.traps.silent, both.kis.traps.nightRevision, both.kis.traps.refuseEvery]).toEqual([
      true,
      false,
      3,
    ]);
  });

  it("[FK12] a refusal repeats what proves the caller once that is switched on, and an answer does not", async ({
    expect,
  }) => {
    const clock = new VirtualClock(Date.parse("2026-09-15T08:10:00+09:00"));
    const days = { first: dayOf("2026-08-10"), last: dayOf("2026-10-16") };
    const market = makeVendors(new SimulatedExchange({ ...days, names: 30, seed: 1 }), clock);
    const ask = async (key: string): Promise<string> => {
      const url = "http://vendor.invalid/krx/svc/apis/sto/stk_bydd_trd?basDd=20260914";
      const answer = await market.handle(new Request(url, { headers: { AUTH_KEY: key } }));
      return answer instanceof Response ? await answer.text() : "";
    };
    const token = async (): Promise<string> => {
      const body = JSON.stringify({ appkey: "app-key-of-mine", appsecret: "x" });
      const url = "http://vendor.invalid/kis/oauth2/tokenP";
      const answer = await market.handle(new Request(url, { method: "POST", body }));
      return answer instanceof Response ? await answer.text() : "";
    };
    expect((await ask("key-of-mine")) + (await token())).not.toContain("key-of-mine");
    expect(setTrap(market, "echo", "on")).toBe(true);
    expect([await ask("key-of-mine"), await token()]).toEqual([
      expect.stringContaining("key-of-mine"),
      expect.stringContaining("app-key-of-mine"),
    ]);
    const key = market.varsAt("")["KRX_AUTH_KEY"] ?? "";
    const rows = await ask(key);
    expect([rows.includes(key), rows.includes("OutBlock_1")]).toEqual([false, true]);
  });

  it("[FK10] a day comes late or in part, and a block begins and ends", ({ expect }) => {
    const both = vendors();
    expect(setTrap(both, "krx.late", "2026-09-14=2026-09-15T09:30")).toBe(true);
    expect(both.krx.isPublished(dayOf("2026-09-14"))).toBe(false);
    expect(setTrap(both, "krx.partial", "2026-09-14=0.5")).toBe(true);
    expect(both.krx.traps.partial.get(dayOf("2026-09-14"))).toBe(0.5);
    setTrap(both, "krx.block", "on");
    expect(both.krx.traps.blockedUntil).toBeGreaterThan(0);
    setTrap(both, "krx.block", "off");
    expect(both.krx.traps.blockedUntil).toBe(0);
  });

  it.for([
    ["krx.nothing", "on"],
    ["krx.silent", "yes"],
    ["kis.failing", "many"],
    ["krx.late", "yesterday"],
    ["krx.partial", "2026-09-14=-1"],
    ["krx.revise", "2"],
    ["krx.blockedUntil", "5"],
  ] as const)("[FK10] %s=%s is refused", ([name, value], { expect }) => {
    expect(setTrap(vendors(), name, value)).toBe(false);
  });
});
