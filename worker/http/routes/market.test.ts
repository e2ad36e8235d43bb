/** The gate, the latest values and the stocks: what the bars show, and `null` where they show nothing. */
import * as v from "valibot";
import { describe, it } from "vitest";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { ChartBody } from "../../protocol/rest/chart.ts";
import { MarketGateBody, MarketGateHistory } from "../../protocol/market-gate.ts";
import { IndicesBody, PricesBody } from "../../protocol/rest/quote.ts";
import { StockSignalsBody } from "../../protocol/rest/signal-list.ts";
import { NamesBody } from "../../protocol/rest/names.ts";
import { StockBody, StocksBody } from "../../protocol/rest/stock.ts";
import { ask } from "../../testing/stage/ask.ts";
import { makeMemoryPorts, type MemoryPorts } from "../../testing/memory/memory-ports.ts";
import { dayOf, makeGate, makeSignal } from "../../testing/builders/signal-builder.ts";
import { makeVerdict } from "../../testing/builders/verdict-builder.ts";
import { makeApp } from "../app.ts";
import { tickerOf } from "../../core/nominal.ts";

const LAST = dayOf("2025-05-16");

/** A row of `close`, `back` days before the last session. */
function row(back: number, close: number, rest: Partial<Row> = {}): Row {
  const day = tradingDayOf(LAST - back);
  return {
    day,
    open: close,
    high: close + 10,
    low: close - 10,
    close,
    volume: 100,
    value: null,
    shares: null,
    base: null,
    ...rest,
  };
}

function share(ticker: string, name: string): Instrument {
  return {
    ticker: tickerOf(ticker),
    name,
    market: "KOSPI",
    kind: "common",
    notice: null,
    industry: null,
    listedOn: null,
    nameEn: null,
    listedShares: null,
  };
}

/** D00001 trades, D00002 was split today, D00003 is halted, D00004 left yesterday. */
function ports(): MemoryPorts {
  const made = makeMemoryPorts();
  const halted = { open: 0, high: 0, low: 0, volume: 0 };
  made.instruments.lists.DEMO = [
    share("D00001", "가온전자"),
    { ...share("D00002", "나래화학"), nameEn: "Narae Chemical" },
    share("D00009", "다온가온"),
  ];
  const { columns } = made.books.DEMO;
  columns.set("D00001", columnsOf([row(1, 50_000), row(0, 51_000)]));
  columns.set("D00002", columnsOf([row(1, 50_000), row(0, 10_500, { base: 10_000 })]));
  columns.set("D00003", columnsOf([row(1, 50_000), row(0, 50_000, halted)]));
  columns.set("D00004", columnsOf([row(1, 50_000)]));
  return made;
}

describe("/api/kr/market-gate", () => {
  it("[RT13] is 404 before the first scan and the newest gate after", async ({ expect }) => {
    const made = makeMemoryPorts();
    const app = makeApp(made);
    expect((await ask(app, "/api/kr/market-gate")).status).toBe(404);
    made.ledger.gateLists.DEMO = [makeGate({ status: "RED" }), makeGate({ day: dayOf("2025-05-15") })];
    const gate = v.parse(MarketGateBody, (await ask(app, "/api/kr/market-gate")).json);
    expect(gate).toMatchObject({
      exchange: "DEMO",
      status: "RED",
      kospi: 2_655.4,
      kosdaq: null,
      as_of: "2025-05-16",
    });
    const { gates, count } = v.parse(MarketGateHistory, (await ask(app, "/api/kr/market-gate/history")).json);
    expect([gates.map((one) => one.as_of), count]).toEqual([["2025-05-16", "2025-05-15"], 2]);
    expect((await ask(app, "/api/kr/market-gate?exchange=KRX")).status).toBe(404);
    const krx = v.parse(MarketGateHistory, (await ask(app, "/api/kr/market-gate/history?exchange=KRX")).json);
    expect([krx.exchange, krx.gates]).toEqual(["KRX", []]);
  });
});

describe("latest values", () => {
  it("[RT14] gives each index with its change against the previous close", async ({ expect }) => {
    const made = ports();
    made.books.DEMO.closes = [
      { code: "KOSPI", day: LAST, close: 2_600, previous: 2_500, volume: 10 },
      { code: "KOSDAQ", day: tradingDayOf(LAST - 1), close: 700, previous: null, volume: 10 },
    ];
    const { indices } = v.parse(IndicesBody, (await ask(makeApp(made), "/api/kr/indices")).json);
    const stored = { volume: 10, timestamp: null, source: "closes" };
    expect(indices).toEqual([
      {
        code: "KOSPI",
        index: 2_600,
        change: 100,
        change_rate: 4,
        as_of: "2025-05-16",
        stale: false,
        ...stored,
      },
      {
        code: "KOSDAQ",
        index: 700,
        change: null,
        change_rate: null,
        as_of: "2025-05-15",
        stale: true,
        ...stored,
      },
    ]);
  });

  it("[RT14] rounds a change to two decimals, as the feed does", async ({ expect }) => {
    const made = ports();
    made.books.DEMO.closes = [{ code: "KOSPI", day: LAST, close: 2_512.34, previous: 2_498.11, volume: 10 }];
    made.books.DEMO.columns.set("D00001", columnsOf([row(1, 50_000.1), row(0, 50_777)]));
    const app = makeApp(made);
    const { indices } = v.parse(IndicesBody, (await ask(app, "/api/kr/indices")).json);
    expect(indices).toMatchObject([{ change: 14.23, change_rate: 0.57 }]);
    const { prices } = v.parse(PricesBody, (await ask(app, "/api/kr/realtime-prices?tickers=D00001")).json);
    expect(prices["D00001"]).toMatchObject({ change: 776.9, change_rate: 1.55 });
  });

  it("[RT14] gives closes against the adjusted close before, and names what it does not know", async ({
    expect,
  }) => {
    const path = "/api/kr/realtime-prices?tickers=d00001,D00002,D00003,D00004,D00005,005930,D00001";
    const body = v.parse(PricesBody, (await ask(makeApp(ports()), path)).json);
    expect(body.missing).toEqual(["D00005", "005930"]);
    expect(Object.keys(body.prices)).toEqual(["D00001", "D00002", "D00003", "D00004"]);
    expect(body.prices["D00001"]).toMatchObject({
      price: 51_000,
      change: 1_000,
      change_rate: 2,
      high: 51_010,
      halted: false,
      stale: false,
    });
    expect(body.prices["D00002"]).toMatchObject({ price: 10_500, change: 500, change_rate: 5 });
    expect(body.prices["D00003"]).toMatchObject({
      price: 50_000,
      change: 0,
      open: null,
      high: null,
      low: null,
      halted: true,
    });
    expect(body.prices["D00004"]).toMatchObject({
      change: null,
      change_rate: null,
      as_of: "2025-05-15",
      stale: true,
    });
  });

  it("[RT7] [RT14] reads the exchange asked for", async ({ expect }) => {
    const path = "/api/kr/realtime-prices?tickers=D00001&exchange=KRX";
    const body = v.parse(PricesBody, (await ask(makeApp(ports()), path)).json);
    expect([body.exchange, body.prices, body.missing]).toEqual(["KRX", {}, ["D00001"]]);
  });
});

describe("/api/kr/names", () => {
  it("[RT15b] has every name of the exchange in one answer, which is the same until one changes", async ({
    expect,
  }) => {
    const made = ports();
    const app = makeApp(made);
    const { names, count } = v.parse(NamesBody, (await ask(app, "/api/kr/names")).json);
    expect(names).toEqual([
      { ticker: "D00001", name: "가온전자", name_en: null, market: "KOSPI" },
      { ticker: "D00002", name: "나래화학", name_en: "Narae Chemical", market: "KOSPI" },
      { ticker: "D00009", name: "다온가온", name_en: null, market: "KOSPI" },
    ]);
    expect(count).toBe(3);
    const tag = (await app.request("/api/kr/names")).headers.get("ETag") ?? "";
    const asked = async (): Promise<number> =>
      (await app.request("/api/kr/names", { headers: { "If-None-Match": tag } })).status;
    expect(await asked()).toBe(304);
    made.instruments.lists.DEMO = [{ ...share("D00001", "가온전자"), nameEn: "Gaon" }];
    expect(await asked()).toBe(200);
    const other = await ask(app, "/api/kr/names?exchange=KRX");
    expect(v.parse(NamesBody, other.json)).toMatchObject({ exchange: "KRX", names: [], count: 0 });
  });
});

describe("/api/kr/stocks", () => {
  it("[RT15] searches names and tickers", async ({ expect }) => {
    const app = makeApp(ports());
    const search = async (query: string): Promise<readonly string[]> =>
      v
        .parse(StocksBody, (await ask(app, `/api/kr/stocks${query}`)).json)
        .stocks.map((stock) => stock.ticker);
    expect(await search(`?q=${encodeURIComponent("가온")}`)).toEqual(["D00001", "D00009"]);
    expect(await search("?q=00002")).toEqual(["D00002"]);
    expect(await search(`?q=${encodeURIComponent("naRae ch")}`)).toEqual(["D00002"]);
    expect(await search("?q=")).toHaveLength(3);
    expect(await search("?limit=1")).toEqual(["D00001"]);
    expect(await search("?exchange=KRX")).toEqual([]);
  });

  it("[RT1h] names a company in Latin letters, by the master or romanised", async ({ expect }) => {
    const app = makeApp(ports());
    const show = async (path: string): Promise<unknown> => (await ask(app, `/api/kr/stocks${path}`)).json;
    const given = { name: "나래화학", name_en: "Narae Chemical", romanised: null };
    const made = { name: "다온가온", name_en: null, romanised: "Daongaon" };
    expect(await show("")).toMatchObject({ stocks: [{ romanised: "Gaonjeonja" }, given, made] });
    expect(await show("/D00009")).toMatchObject({ instrument: made });
    expect(await show("/D00002/chart")).toMatchObject(given);
    expect(await show("/D00004/chart")).toMatchObject({ name: null, name_en: null, romanised: null });
  });

  it("[RT15] shows instrument and verdict, one without the other, and 404 without both", async ({
    expect,
  }) => {
    const made = ports();
    made.books.DEMO.verdicts.set("D00001", makeVerdict());
    made.books.DEMO.verdicts.set("D00003", makeVerdict({ ticker: "D00003", name: null }));
    const app = makeApp(made);
    const show = async (ticker: string): Promise<v.InferOutput<typeof StockBody>> =>
      v.parse(StockBody, (await ask(app, `/api/kr/stocks/${ticker}`)).json);
    expect(await show("d00001")).toMatchObject({
      ticker: "D00001",
      instrument: { name: "가온전자" },
      verdict: { detected: true },
    });
    expect(await show("D00009")).toMatchObject({ instrument: { name: "다온가온" }, verdict: null });
    expect(await show("D00003")).toMatchObject({ instrument: null, verdict: { ticker: "D00003" } });
    for (const ticker of ["D00077", "005930", "x", "..%2Fruns", "%00"]) {
      expect([ticker, (await ask(app, `/api/kr/stocks/${ticker}`)).status]).toEqual([ticker, 404]);
    }
  });

  it("[RT15] charts adjusted bars with the actions among them, and no candle for a halt", async ({
    expect,
  }) => {
    const app = makeApp(ports());
    const split = v.parse(ChartBody, (await ask(app, "/api/kr/stocks/D00002/chart")).json);
    expect(split).toMatchObject({
      exchange: "DEMO",
      ticker: "D00002",
      name: "나래화학",
      period: "1y",
      as_of: "2025-05-16",
    });
    expect(split.bars.map((bar) => [bar.date, bar.close, bar.volume])).toEqual([
      ["2025-05-15", 10_000, 500],
      ["2025-05-16", 10_500, 100],
    ]);
    expect(split.events).toEqual([{ type: "adjustment", date: "2025-05-16", factor: 0.2 }]);
    const halt = v.parse(ChartBody, (await ask(app, "/api/kr/stocks/D00003/chart")).json);
    expect(halt.bars[1]).toEqual({
      date: "2025-05-16",
      open: null,
      high: null,
      low: null,
      close: 50_000,
      volume: 0,
    });
    expect((await ask(app, "/api/kr/stocks/D00009/chart")).status).toBe(404);
    expect((await ask(app, "/api/kr/stocks/005930/chart")).status).toBe(404);
  });

  it("[RT15] cuts the chart by its period, counted from the last bar", async ({ expect }) => {
    const made = ports();
    const days = Array.from({ length: 800 }, (_, k) =>
      row(799 - k, 1_000 + k, k === 760 ? { base: 500 } : {}),
    );
    made.books.DEMO.columns.set("D00009", columnsOf(days));
    const app = makeApp(made);
    const lengths = await Promise.all(
      ["1mo", "3mo", "6mo", "1y", "2y"].map(async (period) => {
        const { json } = await ask(app, `/api/kr/stocks/D00009/chart?period=${period}`);
        const { bars, events } = v.parse(ChartBody, json);
        expect(bars.at(-1)).toMatchObject({ date: "2025-05-16", close: 1_799 });
        return [bars.length, events.length];
      }),
    );
    expect(lengths).toEqual([
      [31, 0],
      [92, 1],
      [184, 1],
      [366, 1],
      [731, 1],
    ]);
  });

  it("[RT15] lists a share's open and ended signals, the latest born first", async ({ expect }) => {
    const made = ports();
    const born = [
      ["a", "2025-01-02", "EXPIRED"],
      ["b", "2025-03-04", "READY"],
      ["c", "2025-02-03", "FAILED"],
    ] as const;
    made.ledger.stored = [
      ...born.map(([id, day, state]) => makeSignal({ id, bornOn: dayOf(day), state })),
      makeSignal({ id: "other", ticker: "D00002" }),
    ].map((signal) => ({ signal, createdAt: 0, updatedAt: 0, runId: "run-1" }));
    const app = makeApp(made);
    const body = v.parse(StockSignalsBody, (await ask(app, "/api/kr/stocks/D00001/signals")).json);
    expect([body.signals.map((row_) => row_.id), body.count]).toEqual([["b", "c", "a"], 3]);
    expect((await ask(app, "/api/kr/stocks/nope/signals")).status).toBe(404);
  });
});
