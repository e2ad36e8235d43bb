import { strFromU8, unzipSync } from "fflate";
import { describe, it } from "vitest";
import { dayOf } from "../../builders/signal-builder.ts";
import { SimulatedExchange } from "../exchange/simulated-exchange.ts";
import { VirtualClock } from "../virtual-clock.ts";
import { readBody } from "../read-body.ts";
import { FakeKis } from "./fake-kis.ts";
import { ETP_CODES } from "./kis-master.ts";
import { TOKEN_LIFE_MS } from "./kis-token.ts";

const EXCHANGE = new SimulatedExchange({
  first: dayOf("2026-08-10"),
  last: dayOf("2026-11-30"),
  names: 60,
  seed: 1,
});
const at = (time: string): number => Date.parse(`2026-09-${time}+09:00`);
const KEYS = { appkey: "k", appsecret: "s" };

type Row = Readonly<Record<string, string>>;

function stage(now = "14T15:40:00") {
  const clock = new VirtualClock(at(now));
  const kis = new FakeKis({ exchange: EXCHANGE, clock, appKey: "k", appSecret: "s" });
  const send = async (request: Request): Promise<Response> => {
    const answer = await kis.handle(request);
    if (!(answer instanceof Response)) {
      throw new Error(`The fake answers with ${answer}`);
    }
    return answer;
  };
  const post = (path: string, body: object): Promise<Response> =>
    send(new Request(`http://vendor.invalid${path}`, { method: "POST", body: JSON.stringify(body) }));
  const token = async (): Promise<string> =>
    (await readBody(await post("/oauth2/tokenP", KEYS))).access_token ?? "";
  const get = (service: string, id: string, query: Row, bearer: string, more: Row = {}): Promise<Response> =>
    send(
      new Request(
        `http://vendor.invalid/uapi/domestic-stock/v1/quotations/${service}?${new URLSearchParams(query).toString()}`,
        { headers: { ...KEYS, authorization: `Bearer ${bearer}`, tr_id: id, custtype: "P", ...more } },
      ),
    );
  const quotes = async (codes: readonly string[], bearer: string): Promise<Response> =>
    get(
      "intstock-multprice",
      "FHKST11300006",
      Object.fromEntries(
        codes.flatMap((code, n) => [
          [`FID_COND_MRKT_DIV_CODE_${n + 1}`, "J"],
          [`FID_INPUT_ISCD_${n + 1}`, code],
        ]),
      ),
      bearer,
    );
  return { clock, kis, post, token, get, quotes, send };
}

const codes = (count: number): readonly string[] =>
  EXCHANGE.rows(dayOf("2026-09-14"))
    .slice(0, count)
    .map(({ listing }) => listing.ticker);

describe("the fake of the KIS REST interface", () => {
  it("[FK4] tokens: one a minute, the same within six hours, a message for each, over after a day", async ({
    expect,
  }) => {
    const { clock, kis, post, token, quotes } = stage();
    const first = await token();
    const soon = await post("/oauth2/tokenP", KEYS);
    expect([soon.status, (await readBody(soon)).error_code]).toEqual([403, "EGW00133"]);
    clock.advance(3_600_000);
    expect([await token(), kis.tokens.messages, kis.tokens.asked]).toEqual([first, 2, 3]);
    clock.advance(6 * 3_600_000);
    const second = await token();
    expect(second).not.toBe(first);
    clock.advance(TOKEN_LIFE_MS);
    expect((await readBody(await quotes(codes(2), second))).msg_cd).toBe("EGW00123");
    expect((await readBody(await quotes(codes(2), "made-up"))).msg_cd).toBe("EGW00121");
    expect((await readBody(await post("/oauth2/tokenP", { ...KEYS, appsecret: "x" }))).error_code).toBe(
      "EGW00105",
    );
  });

  it("[FK5] the nineteenth call within a second is refused, with status 500 and 200 in turn", async ({
    expect,
  }) => {
    const { clock, kis, token, quotes } = stage();
    const bearer = await token();
    const answers = [];
    for (let n = 0; n < 20; n++) {
      const answer = await quotes(codes(2), bearer);
      answers.push([answer.status, (await readBody(answer)).msg_cd]);
    }
    expect(answers.slice(17)).toEqual([
      [200, "MCA00000"],
      [500, "EGW00201"],
      [200, "EGW00201"],
    ]);
    clock.advance(1_000);
    expect((await quotes(codes(2), bearer)).status).toBe(200);
    kis.traps.refuseEvery = 2;
    clock.advance(1_000);
    const refused = [];
    for (let n = 0; n < 4; n++) {
      refused.push((await readBody(await quotes(codes(2), bearer))).msg_cd === "EGW00201");
    }
    expect(refused.filter(Boolean).length).toBe(2);
  });

  it("[FK6] a quote is what the share is at that moment, and of thirty codes at most", async ({ expect }) => {
    const { clock, kis, token, quotes } = stage();
    const bearer = await token();
    const [code = ""] = codes(1);
    const row = EXCHANGE.rowOf(dayOf("2026-09-14"), code);
    const before = EXCHANGE.rowOf(dayOf("2026-09-11"), code);
    const priceAt = async (time: string): Promise<readonly (string | undefined)[]> => {
      clock.moveTo(at(time));
      const [quote] = (await readBody(await quotes([code], bearer))).output ?? [];
      return [quote?.["inter2_prpr"], quote?.["inter2_sdpr"], quote?.["hour_cls_code"]];
    };
    expect(await priceAt("14T15:40:00")).toEqual([String(row?.close), String(row?.base), "0"]);
    expect(await priceAt("14T15:25:00")).toEqual([expect.any(String), String(row?.base), "A"]);
    expect(await priceAt("14T16:00:00")).toEqual([String(row?.last.close), String(row?.base), "0"]);
    // Before 09:00 it is still the session before, although the day is another.
    expect(await priceAt("14T08:50:00")).toEqual([String(before?.close), String(before?.base), "0"]);
    const { output } = await readBody(await quotes([...codes(30), "999990", ...codes(40).slice(30)], bearer));
    expect(output?.length).toBe(30);
    kis.traps.foreignRows = true;
    const mixed = (await readBody(await quotes(codes(3), bearer))).output ?? [];
    const got = mixed.map((one) => one["inter_shrn_iscd"]);
    expect([got.length, got.filter((one) => !codes(3).includes(one ?? "")).length]).toEqual([5, 2]);
  });

  it("[FK6] each of its ways can be switched off", async ({ expect }) => {
    const { clock, kis, token, quotes } = stage();
    const bearer = await token();
    const [code = ""] = codes(1);
    const ask = async (time: string) => {
      clock.moveTo(at(time));
      return (await readBody(await quotes([code], bearer))).output ?? [];
    };
    Object.assign(kis.traps, { yesterdayBeforeOpen: false, indicative: false });
    expect(await ask("14T08:50:00")).toEqual([]);
    const close = String(EXCHANGE.rowOf(dayOf("2026-09-14"), code)?.close);
    expect(await ask("14T15:25:00")).toMatchObject([{ inter2_prpr: close, hour_cls_code: "0" }]);
    kis.traps.singleObject = false;
    expect(Array.isArray((await (await quotes([code], bearer)).json<{ output: unknown }>()).output)).toBe(
      true,
    );
    kis.traps.singleObject = true;
    expect(Array.isArray((await (await quotes([code], bearer)).json<{ output: unknown }>()).output)).toBe(
      false,
    );
  });

  it("[FK7] the chart has the last price in the evening and the regular close after the next night", async ({
    expect,
  }) => {
    const { clock, kis, token, get } = stage("14T20:30:00");
    const bearer = await token();
    const [code = ""] = codes(1);
    const row = EXCHANGE.rowOf(dayOf("2026-09-14"), code);
    const chart = async (own: string): Promise<readonly Row[]> => {
      const query = {
        FID_COND_MRKT_DIV_CODE: "J",
        FID_INPUT_ISCD: code,
        FID_INPUT_DATE_1: "20260901",
        FID_INPUT_DATE_2: "20260914",
        FID_PERIOD_DIV_CODE: "D",
        FID_ORG_ADJ_PRC: "1",
      };
      return (
        (await readBody(await get("inquire-daily-itemchartprice", "FHKST03010100", query, own))).output2 ?? []
      );
    };
    expect((await chart(bearer))[0]).toMatchObject({
      stck_bsop_date: "20260914",
      stck_clpr: String(row?.last.close),
    });
    clock.moveTo(at("15T12:00:00"));
    expect((await chart(bearer))[0]?.["stck_clpr"]).toBe(String(row?.last.close));
    kis.traps.nightRevision = false;
    expect((await chart(bearer))[0]?.["stck_clpr"]).toBe(String(row?.close));
    kis.traps.nightRevision = true;
    // The token is over by then; the chart is asked with the next one.
    clock.moveTo(at("16T00:00:00"));
    const again = await token();
    expect(again).not.toBe(bearer);
    const revised = await chart(again);
    expect(revised[0]?.["stck_clpr"]).toBe(String(row?.close));
    expect(revised.length).toBe(10);
  });

  it("[FK8] the calendar comes in pages, with the exchange's own column among those of the banks", async ({
    expect,
  }) => {
    const { token, get } = stage();
    const bearer = await token();
    const rows: Row[] = [];
    let next = "";
    let pages = 0;
    for (let more = true; more; pages++) {
      const answer = await get(
        "chk-holiday",
        "CTCA0903R",
        { BASS_DT: "20260914", CTX_AREA_FK: "", CTX_AREA_NK: next },
        bearer,
        { tr_cont: pages === 0 ? "" : "N" },
      );
      const body = await readBody(answer);
      rows.push(...(body.output ?? []));
      next = body.ctx_area_nk ?? "";
      more = answer.headers.get("tr_cont") === "M";
    }
    expect([pages, rows.length]).toEqual([4, 96]);
    expect(rows.find((row) => row["bass_dt"] === "20260924")).toMatchObject({ opnd_yn: "N", bzdy_yn: "Y" });
    expect(rows.find((row) => row["bass_dt"] === "20260929")).toMatchObject({ opnd_yn: "Y" });
  });

  it.for([
    ["kospi", 227],
    ["kosdaq", 221],
  ] as const)(
    "[FK8] the master of %s is a zip of fixed widths, without a key",
    async ([board, tail], { expect }) => {
      const { send } = stage();
      const answer = await send(new Request(`http://vendor.invalid/common/master/${board}_code.mst.zip`));
      const bytes =
        unzipSync(new Uint8Array(await answer.arrayBuffer()))[`${board}_code.mst`] ?? new Uint8Array();
      // As Latin letters each byte is one character: the name takes forty.
      const lines = strFromU8(bytes, true).slice(0, -1).split("\n");
      expect(new Set(lines.map((line) => line.length))).toEqual(new Set([9 + 12 + 40 + tail]));
      const products = ETP_CODES.filter((code) => lines.some((line) => line.startsWith(code)));
      expect(products.length).toBe(board === "kospi" ? 2 : 0);
      expect(lines.length).toBe(
        EXCHANGE.rows(dayOf("2026-09-14"), board === "kospi" ? "KOSPI" : "KOSDAQ").length +
          (board === "kospi" ? 2 : 0),
      );
    },
  );
});
