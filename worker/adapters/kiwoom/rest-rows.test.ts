import { describe, it } from "vitest";
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import { rejectRow } from "../../core/bars/bar.ts";
import { tickerOf } from "../../core/nominal.ts";
import { dayOf } from "../../testing/stage/kis-stage.ts";
import { type KiwoomStage, type KiwoomStageOptions, stageKiwoom } from "../../testing/stage/kiwoom-stage.ts";
import { chartCloseOf, readIndexRows, readShareRows } from "./chart-rows.ts";

async function withStage(
  play: (stage: KiwoomStage) => Promise<void>,
  options: KiwoomStageOptions = {},
): Promise<void> {
  const stage = await stageKiwoom(options);
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

function valueOf<T>(answer: Answer<T>): T {
  if (answer.status !== "ok") {
    throw new Error(`It is ${answer.status}`);
  }
  return answer.value;
}

const DAY = dayOf("2026-09-16");
const FIRST = dayOf("2026-08-03");

describe("the past by the charts of Kiwoom", () => {
  it("[KW6] is the exchange's own, raw, with base prices, over splits and halts too", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.moveTo("2026-09-11T15:45:00");
      const last = dayOf("2026-09-11");
      const tickers = stage.exchange.rows(last).map(({ listing }) => listing.ticker);
      for (const ticker of tickers.slice(0, 24)) {
        const rows = valueOf(await stage.kiwoom.history.share(ticker, FIRST, last));
        for (const { row } of rows) {
          const truth = stage.exchange.rowOf(row.day, ticker);
          const { open, high, low, close, volume } = row;
          expect(rejectRow(row)).toBeNull();
          expect({ open, high, low, close, volume }).toEqual({
            open: truth?.open,
            high: truth?.high,
            low: truth?.low,
            close: truth?.close,
            volume: truth?.volume,
          });
          expect([truth?.base, null]).toContain(row.base);
        }
        expect(rows.filter(({ row }) => row.base === null).length).toBeLessThan(2);
      }
    });
  });

  it("[KW6] an index is in points, and its last session has a row from its close on", async ({ expect }) => {
    await withStage(async (stage) => {
      const rows = valueOf(await stage.kiwoom.history.index("KOSDAQ", DAY, DAY));
      const truth = stage.exchange.index(DAY, "KOSDAQ");
      expect(rows).toMatchObject([
        { row: { day: DAY, open: truth?.open, close: truth?.close, value: null } },
      ]);
      stage.moveTo("2026-09-16T11:00:00");
      expect((await stage.kiwoom.history.index("KOSDAQ", DAY, DAY)).status).toBe("not_ready");
      expect(
        (await stage.kiwoom.history.index("KOSDAQ", dayOf("2026-09-12"), dayOf("2026-09-13"))).status,
      ).toBe("closed");
    });
  });

  it("[KW6] a change that no session allows counts from no base price", ({ expect }) => {
    const line = (close: number, change: number, sign: string) =>
      readShareRows(
        {
          stk_dt_pole_chart_qry: [
            {
              dt: "20260916",
              open_pric: String(close),
              high_pric: String(close),
              low_pric: String(close),
              cur_prc: String(close),
              trde_qty: "10",
              trde_prica: "5",
              pred_pre: String(change),
              pred_pre_sig: sign,
            },
          ],
        },
        "005930",
      )?.rows;
    expect(line(51_900, -1_100, "5")).toMatchObject([{ change: -1_100, row: { value: 5_000_000 } }]);
    // A split: the difference of two closes.
    expect(line(51_900, -2_598_100, "5")).toMatchObject([{ change: -2_598_100 }]);
    expect(line(51_900, -1_100, "2")).toMatchObject([{ change: null }]);
  });

  it.for([
    ["rows of another share", { stk_cd: "000660" }],
    ["a row of a later day", { dt: "20260917" }],
    ["nothing that can be read", { cur_prc: "" }],
  ] as const)("[KW6] %s refuse the answer", async ([, change], { expect }) => {
    await withStage(async (stage) => {
      stage.tamper((request) => {
        const row = {
          dt: "20260915",
          open_pric: "10",
          high_pric: "10",
          low_pric: "10",
          cur_prc: "10",
          trde_qty: "10",
          ...change,
        };
        return request.url.includes("/oauth2/")
          ? null
          : Response.json({ return_code: 0, stk_cd: "005930", stk_dt_pole_chart_qry: [row], ...change });
      });
      await expect(stage.kiwoom.history.share(tickerOf("005930"), FIRST, DAY)).rejects.toMatchObject({
        neighbour: "Kiwoom",
        retryable: false,
      });
    });
  });

  it("[KW6] a body of another form is no chart, and a day without a trade has no open, high and low", ({
    expect,
  }) => {
    expect(readShareRows({ list: [] }, "005930")).toBeNull();
    expect(readIndexRows(null, "001")).toBeNull();
    const row = { dt: "20260916", open_pric: "71000", high_pric: "71000", low_pric: "71000", trde_qty: "0" };
    expect(readShareRows({ stk_dt_pole_chart_qry: { ...row, cur_prc: "-71000" } }, "005930")).toMatchObject({
      refused: 0,
      rows: [{ row: { open: 0, high: 0, low: 0, close: 71_000, volume: 0 } }],
    });
  });

  it("[KW7] a row's close is the regular one until 16:00, unknown from then on, and final before the rule of two closes", ({
    expect,
  }) => {
    const at = (time: string): number => Date.parse(`${time}+09:00`);
    expect(chartCloseOf(DAY, at("2026-09-16T15:31:00"))).toBeNull();
    expect(chartCloseOf(DAY, at("2026-09-16T15:40:00"))).toEqual({ close: "regular", final: false });
    expect(chartCloseOf(DAY, at("2026-09-16T16:00:00"))).toEqual({ close: "unknown", final: false });
    expect(chartCloseOf(DAY, at("2026-12-16T16:00:00"))).toEqual({ close: "unknown", final: false });
    expect(chartCloseOf(dayOf("2026-09-11"), at("2026-09-16T09:00:00"))).toEqual({
      close: "regular",
      final: true,
    });
  });
});

describe("quotes and list of Kiwoom", () => {
  it("[KW5] asks a hundred codes a call, and leaves out what is of another day", async ({ expect }) => {
    await withStage(
      async (stage) => {
        const tickers = stage.exchange.rows(DAY).map(({ listing }) => listing.ticker);
        const quotes: readonly MarketQuote[] = valueOf(await stage.kiwoom.snapshot.quotes(tickers));
        expect([stage.fake.calls.get("ka10095"), quotes.length]).toEqual([3, tickers.length]);
        expect(quotes.every(({ price, base }) => price > 0 && base !== null)).toBe(true);
        // The vendor has not turned the day: the session before, under its own date.
        stage.moveTo("2026-09-17T09:01:30");
        stage.tamper(async (request) => {
          if (request.url.includes("/oauth2/")) {
            return null;
          }
          stage.moveTo("2026-09-17T08:50:00");
          const answer = await stage.fake.handle(request);
          stage.moveTo("2026-09-17T09:01:30");
          return answer;
        });
        expect((await stage.kiwoom.snapshot.quotes(tickers.slice(0, 50))).status).toBe("not_ready");
      },
      { names: 230 },
    );
  });

  it("[KW5] a part that fails is left out, the first one fails the whole, and nobody is asked too early", async ({
    expect,
  }) => {
    await withStage(
      async (stage) => {
        const tickers = stage.exchange.rows(DAY).map(({ listing }) => listing.ticker);
        let call = 0;
        stage.tamper((request) => {
          call += request.url.includes("/oauth2/") ? 0 : 1;
          return call === 2 ? Response.json({ return_code: 2, return_msg: "[1511]" }) : null;
        });
        const quotes = valueOf(await stage.kiwoom.snapshot.quotes(tickers));
        expect(quotes).toHaveLength(tickers.length - 100);
        expect(stage.log.lines.map(({ event }) => event)).toContain("kiwoom_quotes_missing");
        stage.tamper((request) =>
          request.url.includes("/oauth2/") ? null : Response.json({ return_code: 0 }),
        );
        await expect(stage.kiwoom.snapshot.quotes(tickers)).rejects.toMatchObject({ neighbour: "Kiwoom" });
        const before = stage.fake.dataCalls;
        stage.moveTo("2026-09-17T09:00:30");
        expect((await stage.kiwoom.snapshot.quotes(tickers)).status).toBe("not_ready");
        stage.moveTo("2026-09-19T11:00:00");
        expect((await stage.kiwoom.snapshot.quotes(tickers)).status).toBe("closed");
        expect(stage.fake.dataCalls).toBe(before);
      },
      { names: 230 },
    );
  });

  it("[KW5] a row that contradicts itself is no quote", async ({ expect }) => {
    const row = {
      stk_cd: "005930",
      cur_prc: "-70000",
      base_pric: "71000",
      pred_pre: "-1000",
      open_pric: "-70500",
      high_pric: "+71500",
      low_pric: "-69900",
      trde_qty: "1000",
      trde_prica: "71",
      dt: "20260916",
    };
    await withStage(async (stage) => {
      const quote = async (change: Readonly<Record<string, string>>): Promise<unknown> => {
        stage.tamper((request) =>
          request.url.includes("/oauth2/")
            ? null
            : Response.json({ return_code: 0, atn_stk_infr: { ...row, ...change } }),
        );
        const answer = await stage.kiwoom.snapshot.quotes([tickerOf("005930")]);
        return answer.status === "ok" ? answer.value[0] : answer.status;
      };
      expect(await quote({})).toEqual({
        ticker: "005930",
        price: 70_000,
        open: 70_500,
        high: 71_500,
        low: 69_900,
        volume: 1_000,
        value: 71_000_000,
        base: 71_000,
      });
      expect(await quote({ base_pric: "" })).toMatchObject({ base: 71_000 });
      expect(await quote({ trde_qty: "0", open_pric: "" })).toMatchObject({ open: 0, high: 0, volume: 0 });
      expect(await quote({ pred_pre: "-900" })).toBe("not_ready");
      expect(await quote({ dt: "20260915" })).toBe("not_ready");
      expect(await quote({ open_pric: "" })).toBe("not_ready");
      expect(await quote({ cur_prc: "" })).toBe("not_ready");
    });
  });

  it.for([
    ["no line of a share", { list: [{ code: "999999", name: "A", marketCode: "8" }] }],
    ["another form", { rows: [] }],
    [
      "a share twice",
      {
        list: [
          { code: "005930", name: "A", marketCode: "0" },
          { code: "005930", name: "B", marketCode: "0" },
        ],
      },
    ],
    [
      "lines that cannot be read",
      {
        list: [
          { code: "005930", name: "A", marketCode: "0" },
          { code: "x", name: "B", marketCode: "0" },
        ],
      },
    ],
  ] as const)("[KW8] %s refuses the master", async ([, body], { expect }) => {
    await withStage(async (stage) => {
      stage.tamper((request) =>
        request.url.includes("/oauth2/") ? null : Response.json({ return_code: 0, ...body }),
      );
      await expect(stage.kiwoom.master.instruments(DAY)).rejects.toMatchObject({ neighbour: "Kiwoom" });
    });
  });

  it("[KW8] a margin tier is no notice, and the order warning 2 is the end of a listing", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const line = { name: "A", marketCode: "0", listCount: "0000000000001000" };
      stage.tamper(async (request) => {
        if (request.url.includes("/oauth2/")) {
          return null;
        }
        const { mrkt_tp: board }: { mrkt_tp?: string } = Object(await request.json());
        return Response.json({
          return_code: 0,
          list:
            board === "10"
              ? [{ ...line, code: "900000", marketCode: "10" }]
              : [
                  { ...line, code: "005930", state: "증거금100%|거래정지" },
                  { ...line, code: "000660", state: "증거금40%|관리종목" },
                  { ...line, code: "000990", state: "", orderWarning: "2" },
                ],
        });
      });
      const lines = valueOf(await stage.kiwoom.master.instruments(DAY));
      expect(lines.map(({ ticker, notice }) => [ticker, notice])).toEqual([
        ["005930", null],
        ["000660", "administration"],
        ["000990", "liquidation"],
        ["900000", null],
      ]);
      expect(lines[0]).toMatchObject({ listedShares: 1_000, listedOn: null, market: "KOSPI" });
    });
  });
});
