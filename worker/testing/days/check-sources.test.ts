import { afterEach, beforeEach, describe, it } from "vitest";
import { tradingDayAt, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { dayOf } from "../builders/signal-builder.ts";
import { bothSourcesOf } from "./real-sources.ts";
import type { ExchangeOptions } from "../fakes/exchange/simulated-exchange.ts";
import { stageVendors } from "../fakes/served-stage.ts";
import type { VendorStage } from "../fakes/vendor-stage.ts";
import { checkSources } from "../../app/jobs/days/check-sources.ts";
import { judgeCalendar, judgeClock, judgeCloses } from "../../app/jobs/days/source-findings.ts";
import type { SourceFinding } from "../../app/ports/source-check.ts";

const EXCHANGE: ExchangeOptions = {
  first: dayOf("2026-08-10"),
  last: dayOf("2026-11-30"),
  names: 60,
  seed: 1,
};
/** Tuesday, the first session with five sessions of two closes behind it that no night amends any more. */
const NOW = Date.parse("2026-09-22T08:40:00+09:00");
const BARS = "sto/stk_bydd_trd";
const KRX_CALLS = 7;

type Sources = ReturnType<typeof bothSourcesOf>;

let stage: VendorStage;
let sources: Sources;

async function check(): Promise<readonly SourceFinding[]> {
  return checkSources(sources.checked ?? [], { clock: stage.clock, log: stage.log });
}

const bad = (findings: readonly SourceFinding[]): readonly string[] =>
  findings
    .filter(({ mark }) => mark !== "ok")
    .map(({ mark, source, about }) => `${mark} ${source ?? "-"} ${about}`);

const find = (findings: readonly SourceFinding[], source: string, about: string): SourceFinding | undefined =>
  findings.find((one) => one.source === source && one.about === about);

const krxCalls = (): number => stage.krx.callsInAll;

beforeEach(async () => {
  stage = await stageVendors(EXCHANGE, NOW);
  sources = bothSourcesOf(stage);
});

afterEach(async () => {
  await stage.end();
});

describe("a check of the sources over HTTP", () => {
  it("[DK10] [KX9] [KI13] finds nothing wrong with sound keys, each service by the vendor's name, with few calls", async ({
    expect,
  }) => {
    const found = await check();
    expect(bad(found)).toEqual([]);
    expect(found.filter(({ source }) => source === "krx").map(({ about }) => about)).toEqual([
      BARS,
      "sto/ksq_bydd_trd",
      "sto/stk_isu_base_info",
      "sto/ksq_isu_base_info",
      "idx/kospi_dd_trd",
      "idx/kosdaq_dd_trd",
      "kind of close",
      "newest day",
      "clock",
    ]);
    expect(found.filter(({ source }) => source === "kis").map(({ about }) => about)).toEqual([
      "master",
      "tokenP",
      "intstock-multprice",
      "inquire-daily-itemchartprice",
      "inquire-daily-indexchartprice",
      "chk-holiday",
      "calendar",
      "kind of close",
      "clock",
    ]);
    expect(find(found, "krx", "newest day")?.what).toBe("2026-09-21.");
    expect(krxCalls()).toBe(KRX_CALLS);
    // Two master files, a token, quotes, three charts, an index, three parts of the calendar.
    expect([...stage.kis.calls.values()].reduce((sum, calls) => sum + calls, 0)).toBeLessThanOrEqual(11);
    expect(stage.log.lines.filter(({ event }) => event === "vendor_call_repeated")).toEqual([]);
  });

  it("[DK10] a wrong key of KRX is one call, and one more when it is asked again", async ({ expect }) => {
    stage.krx.key = "another";
    const found = await check();
    expect(bad(found)).toEqual(["fault krx key", "warning krx services"]);
    expect(find(found, "krx", "key")?.what).toMatch(/^bad_key: KRX_AUTH_KEY/);
    expect(find(found, "krx", "key")?.remedy).toContain("Set the key again");
    expect(krxCalls()).toBe(1);
    expect(bad(await check())).toEqual(bad(found));
    expect(krxCalls()).toBe(2);
  });

  it("[DK10] one service that was not applied for is named, and the others are asked", async ({ expect }) => {
    stage.krx.traps.unapproved.add("idx/kosdaq_dd_trd");
    const found = await check();
    expect(bad(found)).toEqual(["fault krx idx/kosdaq_dd_trd"]);
    expect(find(found, "krx", "idx/kosdaq_dd_trd")).toMatchObject({
      what: expect.stringContaining("Without it there is no daily trading of the KOSDAQ indices"),
      remedy: expect.stringContaining("Apply for this service by itself"),
    });
    expect(krxCalls()).toBe(KRX_CALLS);
  });

  it("[DK10] the newest day is found by the services that serve", async ({ expect }) => {
    stage.krx.traps.unapproved.add(BARS);
    const found = await check();
    expect(bad(found)).toEqual([`fault krx ${BARS}`]);
    expect(find(found, "krx", "newest day")?.what).toBe("2026-09-21.");
  });

  it("[DK11] asks although a denial is remembered, and what serves again is asked by everyone at once", async ({
    expect,
  }) => {
    const day = dayOf("2026-09-21");
    stage.krx.key = "another";
    stage.kis.traps.denied = "EGW00303";
    await check();
    const asked = async (): Promise<readonly unknown[]> => [
      (await sources.day?.day(day, "KOSPI"))?.status,
      (await sources.evening?.history.index("KOSPI", day, day))?.status,
    ];
    expect(await asked()).toEqual(["denied", "denied"]);
    stage.krx.key = stage.vars["KRX_AUTH_KEY"] ?? "";
    stage.kis.traps.denied = null;
    expect(await asked()).toEqual(["denied", "denied"]);
    expect(bad(await check())).toEqual([]);
    expect(await asked()).toEqual(["ok", "ok"]);
  });

  it("[DK11] a service's own denial is forgotten when it serves, also after an eviction", async ({
    expect,
  }) => {
    const day = dayOf("2026-09-21");
    stage.krx.traps.unapproved.add(BARS);
    expect((await sources.day?.day(day, "KOSPI"))?.status).toBe("denied");
    stage.krx.traps.unapproved.clear();
    sources = bothSourcesOf(stage);
    expect((await sources.day?.day(day, "KOSPI"))?.status).toBe("denied");
    await check();
    expect((await bothSourcesOf(stage).day?.day(day, "KOSPI"))?.status).toBe("ok");
  });

  it("[DK11] the master of KIS, which needs no key, forgets nothing of the key", async ({ expect }) => {
    stage.kis.traps.denied = "EGW00303";
    await check();
    const found = await check();
    expect(bad(found)).toEqual(["fault kis key", "warning kis services"]);
    expect(find(found, "kis", "key")?.what).toMatch(/^address_not_allowed: EGW00303/);
    expect(find(found, "kis", "key")?.remedy).toContain("npm run collect");
    expect(find(found, "kis", "master")?.mark).toBe("ok");
  });

  it("[DK10] a wrong secret of KIS is one call for a token, and none within the minute after", async ({
    expect,
  }) => {
    stage.kis.credentials = { ...stage.kis.credentials, appSecret: "another" };
    expect(bad(await check())).toEqual(["fault kis key", "warning kis services"]);
    expect(stage.kis.calls.get("/oauth2/tokenP")).toBe(1);
    const found = await check();
    expect(find(found, "kis", "tokenP")).toMatchObject({ mark: "warning", what: "Not now." });
    expect(stage.kis.calls.get("/oauth2/tokenP")).toBe(1);
  });

  it.for([
    [0, []],
    [9, []],
    [45, ["warning krx clock"]],
    [600, ["fault krx clock"]],
  ] as const)("[DK12] a vendor's clock %i s before ours", async ([seconds, expected], { expect }) => {
    stage.krx.traps.clockAheadS = seconds;
    expect(bad(await check())).toEqual(expected);
  });

  it("[DK13] names the days on which the vendor is closed and the calendar is not", async ({ expect }) => {
    await stage.end();
    stage = await stageVendors({ ...EXCHANGE, decreed: [dayOf("2026-10-14")] }, NOW);
    sources = bothSourcesOf(stage);
    const found = await check();
    expect(bad(found)).toEqual(["warning kis calendar"]);
    expect(find(found, "kis", "calendar")?.what).toContain("closed on 2026-10-14");
  });

  it("[DK14] rows with the last price of the after-market are no regular closes", async ({ expect }) => {
    stage.krx.traps.revise = (row) => ({ ...row, ...row.last });
    const found = await check();
    expect(bad(found)).toEqual(["fault krx kind of close"]);
    expect(find(found, "krx", "kind of close")?.remedy).toContain("Take this source out of MARKET_SOURCES");
    stage.krx.traps.revise = null;
    expect(find(await check(), "krx", "kind of close")?.what).toMatch(/^The regular close/);
  });

  it("[DK10] spent calls of the day are stated, and none is sent", async ({ expect }) => {
    await stage.store.put("krx:calls", JSON.stringify({ day: tradingDayAt(NOW), calls: 10_000 }));
    const found = await check();
    expect(bad(found)).toEqual(["fault krx key", "warning krx services"]);
    expect(find(found, "krx", "key")?.what).toMatch(/^quota: /);
    expect(krxCalls()).toBe(0);
  });

  it("[DK10] a page that blocks is one call, and the remedy is to ask nothing", async ({ expect }) => {
    stage.krx.block();
    const found = await check();
    expect(bad(found)).toEqual(["fault krx key", "warning krx services"]);
    expect(find(found, "krx", "key")?.remedy).toContain("this check included");
    expect(krxCalls()).toBe(1);
  });

  it("[DK10] a vendor out of reach is given up after two services, and the other is checked all the same", async ({
    expect,
  }) => {
    stage.krx.traps.cut = true;
    const found = await check();
    expect(bad(found)).toEqual([`fault krx ${BARS}`, "fault krx sto/ksq_bydd_trd", "warning krx services"]);
    expect(find(found, "krx", "services")?.what).toMatch(/^Not asked, because the vendor does not answer/);
    expect(krxCalls()).toBe(4);
    expect(find(found, "kis", "calendar")?.mark).toBe("ok");
  });

  it("[DK12] a day that is late is worth knowing until ten, and a fault from then on", async ({ expect }) => {
    stage.krx.traps.publishedAt.set(dayOf("2026-09-21"), Date.parse("2026-09-22T12:00:00+09:00"));
    const early = await check();
    expect(bad(early)).toEqual(["warning krx newest day"]);
    expect(find(early, "krx", "newest day")?.what).toBe("2026-09-18; 2026-09-21 is due and not published.");
    stage.clock.moveTo(Date.parse("2026-09-22T10:01:00+09:00"));
    expect(bad(await check())).toEqual(["fault krx newest day"]);
  });

  it("[DK10] no finding and no line of the log holds a secret", async ({ expect }) => {
    const texts = [await check()];
    stage.krx.key = "another";
    stage.kis.credentials = { ...stage.kis.credentials, appKey: "another" };
    stage.clock.moveTo(NOW + 25 * 3_600_000);
    texts.push(await check());
    stage.krx.traps.cut = true;
    stage.kis.traps.cut = true;
    texts.push(await check());
    const all = JSON.stringify([texts, stage.log]);
    for (const name of ["KRX_AUTH_KEY", "KIS_APP_KEY", "KIS_APP_SECRET"]) {
      expect(all).not.toContain(stage.vars[name]);
    }
    expect(all).not.toContain("fake-token");
  });
});

describe("what is measured of a source", () => {
  const WEDNESDAY = dayOf("2026-09-16");

  it("[DK13] a session that the calendar does not know would be missed", ({ expect }) => {
    const saturday = tradingDayOf(WEDNESDAY + 3);
    expect(judgeCalendar(new Map([[saturday, true]]))).toMatchObject({
      mark: "fault",
      what: expect.stringContaining("opens on 2026-09-19"),
    });
    expect(judgeCalendar(new Map([[saturday, false]])).mark).toBe("ok");
    const week = new Map([0, 1, 2, 5, 6, 7, 8, 9].map((n) => [tradingDayOf(WEDNESDAY + n), false]));
    expect(judgeCalendar(week).what).toMatch(/2026-09-16, .* and \d more/);
  });

  it("[DK12] the clock is judged in both directions", ({ expect }) => {
    expect([judgeClock(-10_000).mark, judgeClock(-11_000).mark, judgeClock(-61_000).mark]).toEqual([
      "ok",
      "warning",
      "fault",
    ]);
    expect(judgeClock(61_000).what).toContain("61 s behind");
  });

  it("[DK14] too few closes tell nothing, and a split among ten changes nothing", ({ expect }) => {
    const same = { close: 100, base: 100 };
    expect(judgeCloses([same, same, same, same])).toBeNull();
    const ten = [...Array.from({ length: 9 }, () => same), { close: 100, base: 50 }];
    expect(judgeCloses(ten)?.mark).toBe("ok");
    expect(judgeCloses([...ten, { close: 100, base: 101 }])?.mark).toBe("fault");
  });
});
