import { describe, it } from "vitest";
import type { Answer, DatedRow } from "../../app/ports/market-sources.ts";
import { rejectRow } from "../../core/bars/bar.ts";
import { formatTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import { regularRow } from "../../testing/fakes/exchange/simulated-exchange.ts";
import { dayOf, type KisStage, type KisStageOptions, stageKis } from "../../testing/stage/kis-stage.ts";

const SAMSUNG = tickerOf("005930");
const [FROM, TO] = [dayOf("2026-01-02"), dayOf("2026-10-02")];

async function withStage(
  play: (stage: KisStage) => Promise<void>,
  options: KisStageOptions = {},
): Promise<void> {
  const stage = await stageKis({ first: FROM, names: 30, at: "2026-10-08T12:00:00", ...options });
  try {
    await play(stage);
  } finally {
    await stage.end();
  }
}

const rowsOf = (answer: Answer<readonly DatedRow[]>): readonly DatedRow[] =>
  answer.status === "ok" ? answer.value : [];

/** What the exchange has of a share, as a chart of regular closes shows it, which counts no shares. */
const truthOf = (stage: KisStage, ticker: Ticker) =>
  stage.exchange.sessions.flatMap((day) =>
    stage.exchange
      .rows(day)
      .filter(({ listing }) => listing.ticker === ticker)
      .map((row) => ({ ...regularRow(row), shares: null })),
  );

const LINE = {
  stck_bsop_date: "20260902",
  stck_oprc: "1000",
  stck_hgpr: "1100",
  stck_lwpr: "990",
  stck_clpr: "1050",
  acml_vol: "5000",
  acml_tr_pbmn: "5200000",
  prdy_vrss: "50",
  prdy_vrss_sign: "2",
  flng_cls_code: "00",
  prtt_rate: "0.00",
};

/** The vendor's answer to the first part; before it there is nothing. */
function answering(output2: unknown, output1: unknown): (request: Request) => Response | null {
  let parts = 0;
  return (request) => {
    if (request.url.includes("/oauth2/")) {
      return null;
    }
    parts += 1;
    return Response.json({ rt_cd: "0", output1, output2: parts === 1 ? output2 : [] });
  };
}

/** A chart of three days that the vendor answers with these lines. */
async function chartOf(
  output2: unknown,
  output1: unknown = {},
): Promise<Answer<readonly DatedRow[]> | string> {
  const stage = await stageKis({ at: "2026-10-02T12:00:00" });
  try {
    stage.tamper(answering(output2, output1));
    return await stage.kis.history.share(SAMSUNG, dayOf("2026-09-01"), dayOf("2026-09-03"));
  } catch (error) {
    return String(error);
  } finally {
    await stage.end();
  }
}

describe("the past of one series", () => {
  it("[KI6] a share's rows are the exchange's own, raw, with base prices, in parts of a hundred", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const tickers = [
        ...new Set(stage.exchange.rows(dayOf("2026-09-01")).map(({ listing }) => listing.ticker)),
      ];
      expect(tickers.length).toBeGreaterThan(25);
      for (const ticker of tickers) {
        const truth = truthOf(stage, ticker);
        const before = stage.fake.calls.get("inquire-daily-itemchartprice") ?? 0;
        const rows = rowsOf(await stage.kis.history.share(ticker, FROM, TO));
        expect(rows.map(({ row }) => row)).toEqual(truth);
        expect(rows.every(({ close, final }) => close === "regular" && final)).toBe(true);
        expect(rows.map(({ row }) => rejectRow(row)).filter((reason) => reason !== null)).toEqual([]);
        const calls = (stage.fake.calls.get("inquire-daily-itemchartprice") ?? 0) - before;
        // One more finds out that nothing stands before a listing.
        const isYoung = truth.length < stage.exchange.sessions.length;
        expect(calls).toBeLessThanOrEqual(Math.ceil(truth.length / 100) + (isYoung ? 1 : 0));
      }
    });
  });

  it("[KI6] an index has its rows in points, without a value, whose unit is not published", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      for (const code of ["KOSPI", "KOSDAQ"] as const) {
        const rows = rowsOf(await stage.kis.history.index(code, FROM, TO));
        expect(rows.length).toBe(stage.exchange.sessions.length);
        for (const { row } of rows) {
          const truth = stage.exchange.index(row.day, code);
          expect(row).toEqual({
            day: row.day,
            open: truth?.open,
            high: truth?.high,
            low: truth?.low,
            close: truth?.close,
            volume: truth?.volume,
            value: null,
            shares: null,
            base: null,
          });
        }
      }
    });
  });

  it("[KI6] a part that is shorter than another ends nothing: an index has fifty rows in one", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      stage.tamper(async (request) => {
        const answer = request.url.includes("indexchart") ? await stage.fake.handle(request) : null;
        const body: unknown = answer instanceof Response ? await answer.json() : null;
        const { output2 }: { readonly output2?: readonly unknown[] } = Object(body);
        return output2 === undefined ? null : Response.json({ rt_cd: "0", output2: output2.slice(0, 50) });
      });
      const rows = rowsOf(await stage.kis.history.index("KOSPI", FROM, TO));
      expect(rows.map(({ row }) => row.day)).toEqual(stage.exchange.sessions);
      expect(stage.fake.calls.get("inquire-daily-indexchartprice")).toBe(Math.ceil(rows.length / 50));
    });
  });

  it("[KI6] [KI7] whenever it is read, a row that states a regular or a last close holds it", async ({
    expect,
  }) => {
    await withStage(async (stage) => {
      const day = dayOf("2026-09-17");
      const moved = stage.exchange
        .rows(day)
        .filter(({ close, last, volume }) => volume > 0 && last.close !== close);
      const { listing } =
        moved.find(({ listing: { ticker } }) => truthOf(stage, ticker).length > 150) ?? moved[0] ?? raise();
      const kinds = new Set<string>();
      for (let hour = 0; hour < 6 * 24; hour += 3) {
        stage.clock.moveTo(Date.parse("2026-09-16T00:00:00+09:00") + hour * 3_600_000);
        const answer = await stage.kis.history.share(
          listing.ticker,
          dayOf("2026-09-08"),
          dayOf("2026-09-30"),
        );
        for (const { row, close, final } of rowsOf(answer)) {
          const truth =
            stage.exchange.rows(row.day).find((one) => one.listing.ticker === listing.ticker) ?? raise();
          kinds.add(`${formatTradingDay(row.day)} ${close}`);
          if (close === "regular") {
            expect([row.day, row.close, row.high, row.volume]).toEqual([
              row.day,
              truth.close,
              truth.high,
              truth.volume,
            ]);
          } else if (close === "last") {
            expect([row.day, row.close, row.volume]).toEqual([row.day, truth.last.close, truth.last.volume]);
          }
          expect(final && close !== "regular").toBe(false);
          expect(row.base).toBe(truth.base);
        }
      }
      expect(kinds).toContain("2026-09-17 last");
      expect(kinds).toContain("2026-09-17 unknown");
      expect(kinds).toContain("2026-09-17 regular");
      expect(kinds).toContain("2026-09-11 regular");
      expect(kinds).not.toContain("2026-09-11 last");
    });
  });

  it("[KI6] a session that goes on, and one that has not begun, have no row", async ({ expect }) => {
    await withStage(async (stage) => {
      for (const at of ["2026-09-16T08:50:00", "2026-09-16T11:00:00"]) {
        stage.moveTo(at);
        const ticker = stage.exchange.rows(dayOf("2026-09-16"))[0]?.listing.ticker ?? raise();
        const answer = await stage.kis.history.share(ticker, dayOf("2026-09-14"), dayOf("2026-09-16"));
        expect(rowsOf(answer).map(({ row }) => formatTradingDay(row.day))).toEqual([
          "2026-09-14",
          "2026-09-15",
        ]);
      }
    });
  });

  it("[KI6] nothing at all is never an empty past", async ({ expect }) => {
    await withStage(async (stage) => {
      const { history } = stage.kis;
      expect((await history.share(tickerOf("999990"), FROM, TO)).status).toBe("not_ready");
      expect(await history.share(SAMSUNG, dayOf("2026-09-24"), dayOf("2026-09-27"))).toEqual({
        status: "closed",
      });
    });
    expect(await chartOf([{}])).toMatchObject({ status: "not_ready" });
    expect(await chartOf([LINE])).toMatchObject({ status: "ok" });
    expect(await chartOf(LINE)).toMatchObject({ status: "ok" });
  });

  it.for([
    ["without rows", undefined, {}],
    ["of another share", [LINE], { stck_shrn_iscd: "000660" }],
    ["of another day", [LINE, { ...LINE, stck_bsop_date: "20260904" }], {}],
    ["with two rows of one day", [LINE, LINE], {}],
    ["of which nothing can be read", [{ ...LINE, stck_clpr: "" }], {}],
    ["without end", Array.from({ length: 201 }, () => LINE), {}],
  ] as const)("[KI6] an answer %s is refused whole", async ([, output2, output1], { expect }) => {
    expect(await chartOf(output2, output1)).toContain("KIS failed to read the past of 005930");
  });

  it("[KI6] a row that is no bar is left out and logged", async ({ expect }) => {
    const stage = await stageKis({ at: "2026-10-02T12:00:00" });
    try {
      const broken = { ...LINE, stck_bsop_date: "20260901", stck_lwpr: "2000" };
      stage.tamper(answering([LINE, broken], {}));
      const answer = await stage.kis.history.share(SAMSUNG, dayOf("2026-09-01"), dayOf("2026-09-03"));
      expect(rowsOf(answer).map(({ row }) => row.day)).toEqual([dayOf("2026-09-02")]);
      expect(stage.log.lines.at(-1)).toMatchObject({
        event: "kis_rows_refused",
        fields: { refused: 1, rows: 1 },
      });
    } finally {
      await stage.end();
    }
  });

  it("[KI6] an oldest row that is no bar ends the past, and does not cost it", async ({ expect }) => {
    await withStage(async (stage) => {
      const broken = { ...LINE, stck_bsop_date: "20260901", stck_lwpr: "2000" };
      stage.tamper((request) => {
        const until = new URL(request.url).searchParams.get("FID_INPUT_DATE_2");
        return until === null
          ? null
          : Response.json({ rt_cd: "0", output2: until > "20260901" ? [LINE, broken] : [broken] });
      });
      const answer = await stage.kis.history.share(SAMSUNG, dayOf("2026-08-03"), dayOf("2026-09-03"));
      expect(rowsOf(answer).map(({ row }) => row.day)).toEqual([dayOf("2026-09-02")]);
    });
  });

  it("[KI6] a vendor that answers a full part again and again is stopped", async ({ expect }) => {
    await withStage(async (stage) => {
      stage.tamper((request) => {
        const until = dayOf(new URL(request.url).searchParams.get("FID_INPUT_DATE_2") ?? "2026-09-01");
        const lines = Array.from({ length: 100 }, (_, n) => ({
          ...LINE,
          stck_bsop_date: formatTradingDay(tradingDayOf(until - n)).replaceAll("-", ""),
        }));
        return request.url.includes("/oauth2/") ? null : Response.json({ rt_cd: "0", output2: lines });
      });
      await expect(stage.kis.history.share(SAMSUNG, dayOf("1970-01-02"), TO)).rejects.toMatchObject({
        retryable: false,
        message: expect.stringContaining("more than 60 parts"),
      });
      expect(await stage.counted()).toBeLessThan(70);
    });
  });
});

function raise(): never {
  throw new Error("The exchange has no such share");
}
