import { describe, it } from "vitest";
import { dayOf } from "../../builders/signal-builder.ts";
import { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { readBody } from "../read-body.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { FakeKrx } from "./fake-krx.ts";
import type { KrxRow } from "./krx-rows.ts";

const EXCHANGE = new SimulatedExchange({
  first: dayOf("2026-08-10"),
  last: dayOf("2026-10-16"),
  names: 60,
  seed: 1,
});
const at = (time: string): number => Date.parse(`2026-09-${time}+09:00`);

function stage(now = "15T08:00:00") {
  const clock = new VirtualClock(at(now));
  const krx = new FakeKrx({ exchange: EXCHANGE, clock, key: "k" });
  const ask = (service: string, day: string, key = "k"): Response => {
    const url = `http://vendor.invalid/svc/apis/${service}?basDd=${day}`;
    const answer = krx.handle(new Request(url, { headers: { AUTH_KEY: key } }));
    if (!(answer instanceof Response)) {
      throw new Error(`The fake answers with ${answer}`);
    }
    return answer;
  };
  const rows = async (service: string, day: string): Promise<readonly KrxRow[]> =>
    (await readBody(ask(service, day))).OutBlock_1 ?? [];
  return { clock, krx, ask, rows };
}

const BARS = "sto/ksq_bydd_trd";

describe("the fake of the KRX Open API", () => {
  it("[FK2] a session is empty until 08:00 of the next one, a holiday for ever", async ({ expect }) => {
    const { clock, rows } = stage("15T07:59:59");
    expect(await rows(BARS, "20260914")).toEqual([]);
    clock.moveTo(at("15T08:00:00"));
    expect((await rows(BARS, "20260914")).length).toBe(EXCHANGE.rows(dayOf("2026-09-14"), "KOSDAQ").length);
    // Thursday and Friday of Chuseok: Wednesday comes out on Monday.
    clock.moveTo(at("27T23:00:00"));
    expect(await rows(BARS, "20260923")).toEqual([]);
    clock.moveTo(at("28T08:00:00"));
    expect([(await rows(BARS, "20260923")).length > 0, await rows(BARS, "20260924")]).toEqual([true, []]);
  });

  it("[FK11] answers are dated by the exchange's clock, and the vendor's can be before it", ({ expect }) => {
    const { krx, ask } = stage("15T08:00:00");
    expect(ask(BARS, "20260914").headers.get("date")).toBe("Mon, 14 Sep 2026 23:00:00 GMT");
    krx.traps.clockAheadS = 90;
    expect(ask(BARS, "20260914").headers.get("date")).toBe("Mon, 14 Sep 2026 23:01:30 GMT");
  });

  it("[FK2] all values are texts, some with commas, some empty, and prices are regular closes", async ({
    expect,
  }) => {
    const { rows } = stage();
    const all = await rows("sto/stk_bydd_trd", "20260914");
    expect(all.flatMap((row) => Object.values(row)).every((value) => typeof value === "string")).toBe(true);
    expect(all.some((row) => row["ACC_TRDVOL"]?.includes(","))).toBe(true);
    expect(all.every((row) => row["SECT_TP_NM"] === "")).toBe(true);
    const truth = EXCHANGE.rows(dayOf("2026-09-14"), "KOSPI");
    expect(all.map((row) => Number(row["TDD_CLSPRC"]?.replaceAll(",", "")))).toEqual(
      truth.map(({ close }) => close),
    );
    const [foreign, own] = await rows("idx/kospi_dd_trd", "20260914");
    expect([foreign?.["IDX_NM"], foreign?.["CLSPRC_IDX"], own?.["IDX_NM"]]).toEqual([
      "코스피 (외국주포함)",
      "",
      "코스피",
    ]);
  });

  it("[FK2] the key, each service and the quota of a day are guarded by status and text", async ({
    expect,
  }) => {
    const { clock, krx, ask } = stage();
    expect([ask(BARS, "20260914", "x").status, await ask(BARS, "20260914", "x").json()]).toEqual([
      401,
      { respCode: "401", respMsg: "Unauthorized Key" },
    ]);
    krx.traps.unapproved.add(BARS);
    expect((await readBody(ask(BARS, "20260914"))).respMsg).toBe("Unauthorized API Call");
    krx.traps.unapproved.clear();
    krx.useQuota(10_000);
    expect(ask(BARS, "20260914").status).toBe(429);
    clock.moveTo(at("16T00:00:00"));
    expect(ask(BARS, "20260914").status).toBe(200);
    expect(krx.callsInAll).toBe(5);
  });

  it("[FK2] requests are counted by service and date, refused ones included", ({ expect }) => {
    const { krx, ask } = stage();
    ask(BARS, "20260914");
    ask(BARS, "20260914", "x");
    ask(BARS, "20260911");
    ask("idx/kosdaq_dd_trd", "20260914");
    expect(krx.datesOf(BARS)).toEqual(
      new Map([
        ["20260914", 2],
        ["20260911", 1],
      ]),
    );
    for (let n = 0; n < 3; n++) {
      ask("sto/stk_isu_base_info", "20260914");
    }
    expect(krx.callsByDate.get("idx/kosdaq_dd_trd 20260914")).toBe(1);
    expect([krx.mostOfOneDate, krx.mastersAsked]).toEqual([2, 3]);
  });

  it("[FK3] a block is HTML with status 200 for a day, and each call within prolongs it", async ({
    expect,
  }) => {
    const { clock, krx, ask } = stage();
    krx.block();
    const blocked = ask(BARS, "20260914");
    expect([blocked.status, (await blocked.text()).startsWith("<!DOCTYPE")]).toEqual([200, true]);
    clock.moveTo(at("16T07:59:00"));
    expect((await ask(BARS, "20260914").text()).startsWith("<")).toBe(true);
    clock.moveTo(at("16T09:00:00"));
    expect((await ask(BARS, "20260914").text()).startsWith("<")).toBe(true);
    clock.moveTo(at("17T09:00:01"));
    expect((await ask(BARS, "20260914").text()).startsWith("{")).toBe(true);
  });

  it("[FK3] a day can come late, in part, revised, or as another one; a master of a weekend is Friday's", async ({
    expect,
  }) => {
    const { krx, rows, ask } = stage();
    const whole = await rows(BARS, "20260914");
    krx.traps.publishedAt.set(dayOf("2026-09-14"), at("15T09:30:00"));
    expect(await rows(BARS, "20260914")).toEqual([]);
    krx.traps.publishedAt.clear();
    krx.traps.partial.set(dayOf("2026-09-14"), 0.5);
    expect((await rows(BARS, "20260914")).length).toBe(Math.floor(whole.length / 2));
    krx.traps.partial.clear();
    krx.traps.revise = (row) => ({ ...row, volume: row.volume + 1 });
    expect(await rows(BARS, "20260914")).not.toEqual(whole);
    krx.traps.revise = null;
    krx.traps.shiftDays = true;
    expect((await rows(BARS, "20260914"))[0]?.["BAS_DD"]).toBe("20260911");
    expect(await rows("sto/ksq_isu_base_info", "20260913")).toEqual(
      await rows("sto/ksq_isu_base_info", "20260911"),
    );
    krx.traps.bodyless = true;
    expect(await ask(BARS, "20260914").json()).not.toHaveProperty("OutBlock_1");
  });
});
