import { describe, it } from "vitest";
import { dayOf } from "../builders/signal-builder.ts";
import { SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { FakeKis } from "./kis/fake-kis.ts";
import { FakeKiwoom } from "./kiwoom/fake-kiwoom.ts";
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
    kiwoom: new FakeKiwoom({ exchange, clock, appKey: "k", secretKey: "s" }),
    tricks: { echo: false },
  };
}

describe("the switches of the fakes", () => {
  it("[FK10] no trap of a fake is without a name", ({ expect }) => {
    const both = vendors();
    /** What is named after what it does. */
    const named = new Map([
      ["krx.publishedAt", "krx.late"],
      ["krx.blockedUntil", "krx.block"],
    ]);
    const all = {
      krx: both.krx.traps,
      kis: both.kis.traps,
      socket: both.kis.socket.traps,
      kiwoom: both.kiwoom.traps,
      kiwoomSocket: both.kiwoom.socket.traps,
    };
    const traps = Object.entries(all).flatMap(([vendor, own]) =>
      Object.keys(own).map((name) => `${vendor}.${name}`),
    );
    const known = Object.keys(listTraps(both));
    // A function that a test gives, and a code that it chooses.
    expect(traps.filter((name) => !known.includes(named.get(name) ?? name))).toEqual([
      "kis.onCall",
      "socket.refuseWith",
      "kiwoom.onCall",
    ]);
    expect(traps.length).toBeGreaterThan(20);
    expect([setTrap(both, "kis.denied", "EGW00303"), both.kis.traps.denied]).toEqual([true, "EGW00303"]);
    expect(listTraps(both)["kis.denied"]).toBe("EGW00303");
    expect([setTrap(both, "kis.denied", "off"), both.kis.traps.denied]).toEqual([true, null]);
  });

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

  it("[FK10] services that were not applied for are refused by name, and the others are served", async ({
    expect,
  }) => {
    const clock = new VirtualClock(Date.parse("2026-09-15T08:10:00+09:00"));
    const days = { first: dayOf("2026-08-10"), last: dayOf("2026-10-16") };
    const market = makeVendors(new SimulatedExchange({ ...days, names: 30, seed: 1 }), clock);
    const key = market.varsAt("")["KRX_AUTH_KEY"] ?? "";
    const statusOf = async (service: string): Promise<number> => {
      const url = `http://vendor.invalid/krx/svc/apis/${service}?basDd=20260914`;
      const answer = await market.handle(new Request(url, { headers: { AUTH_KEY: key } }));
      return answer instanceof Response ? answer.status : 0;
    };
    expect(listTraps(market)["krx.unapproved"]).toContain("ksq_bydd_trd");
    expect(setTrap(market, "krx.unapproved", "ksq_bydd_trd,idx/kospi_dd_trd")).toBe(true);
    expect(listTraps(market)["krx.unapproved"]).toBe("ksq_bydd_trd,kospi_dd_trd");
    expect([await statusOf("sto/ksq_bydd_trd"), await statusOf("sto/stk_bydd_trd")]).toEqual([401, 200]);
    expect(await statusOf("idx/kospi_dd_trd")).toBe(401);
    // Another list takes its place, a wrong one changes nothing, and none is refused at the end.
    expect(setTrap(market, "krx.unapproved", "stk_isu_base_info")).toBe(true);
    expect(setTrap(market, "krx.unapproved", "stk_bydd_trd,nothing")).toBe(false);
    expect(listTraps(market)["krx.unapproved"]).toBe("stk_isu_base_info");
    expect(await statusOf("sto/ksq_bydd_trd")).toBe(200);
    expect(setTrap(market, "krx.unapproved", "off")).toBe(true);
    expect(await statusOf("sto/stk_isu_base_info")).toBe(200);
  });

  it.for([
    ["krx.nothing", "on"],
    ["kis.denied", "EGW00000"],
    ["krx.unapproved", ""],
    ["krx.unapproved", "on"],
    ["krx.unapproved", "dd_trd"],
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
