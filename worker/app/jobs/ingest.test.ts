import { describe, it } from "vitest";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import type { Columns } from "../../core/bars/columns.ts";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { mergeColumns } from "../../core/bars/merge-columns.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { ImportReport, UnreadableFile } from "../ports/ingest.ts";
import type { ImportMark, StoredRows, TickerColumns } from "../ports/market-book.ts";
import { type IngestPorts, makeIngest } from "./ingest.ts";

/** 2025-06-17T23:30 in Seoul, still the 17th there and 14:30 in London. */
const NOW = Date.UTC(2025, 5, 17, 14, 30);
const HEADER = "ticker,date,open,high,low,close,volume";

function makeBook() {
  const series = new Map<string, Columns>();
  const calls: {
    readonly method: string;
    readonly keys: readonly string[];
    readonly mark: ImportMark | null;
  }[] = [];
  const store = (
    chunk: readonly (Omit<TickerColumns, "ticker"> & { readonly key: string })[],
  ): StoredRows => {
    const total = { added: 0, replaced: 0, unchanged: 0 };
    for (const { key, columns, absent } of chunk) {
      const before = series.get(key);
      const merge = before ? mergeColumns(before, columns, absent) : null;
      series.set(key, merge ? merge.columns : columns);
      total.added += merge ? merge.added.length : columns.day.length;
      total.replaced += merge?.replaced ?? 0;
      total.unchanged += merge?.unchanged ?? 0;
    }
    return total;
  };
  const take = (
    method: string,
    chunk: readonly TickerColumns[],
    mark: ImportMark | null,
  ): Promise<StoredRows> => {
    calls.push({ method, keys: chunk.map((one) => one.ticker), mark });
    return Promise.resolve(store(chunk.map(({ ticker, ...rows }) => ({ key: ticker, ...rows }))));
  };
  const book: ReturnType<IngestPorts["bookOf"]> = {
    addHistory: (chunk, mark) => take("addHistory", chunk, mark),
    closeDay: (chunk, mark) => take("closeDay", chunk, mark),
    closeKinds: () => Promise.resolve(new Map()),
    addIndices: (chunk) => {
      calls.push({ method: "addIndices", keys: chunk.map((one) => one.code), mark: null });
      return Promise.resolve(store(chunk.map(({ code, ...rows }) => ({ key: code, ...rows }))));
    },
  };
  return { book, calls, series };
}

function setUp() {
  const { book, calls, series } = makeBook();
  const master = new Map<string, Instrument>();
  const puts: (readonly string[])[] = [];
  const ingest = makeIngest({
    reader: csvFileReader,
    clock: { now: () => NOW },
    bookOf: () => book,
    instruments: {
      all: () => Promise.resolve([...master.values()]),
      put: (_exchange, instruments) => {
        puts.push(instruments.map((one) => one.ticker));
        for (const one of instruments) {
          master.set(one.ticker, one);
        }
        return Promise.resolve();
      },
    },
  });
  const bars = async (...lines: readonly string[]): Promise<ImportReport> =>
    readable(await ingest.bars("KRX", bytesOf(HEADER, ...lines), { firstLine: 2, mark: null, close: null }));
  return { ingest, bars, calls, series, puts, master };
}

function bytesOf(...lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.join("\n"));
}

function readable(report: ImportReport | UnreadableFile): ImportReport {
  if ("unreadable" in report) {
    throw new Error(report.unreadable);
  }
  return report;
}

function bar(ticker: string, date: string, close = 105): string {
  return `${ticker},${date},100,110,90,${close},1000`;
}

describe("bars", () => {
  it("[IG1] accounts for every line", async ({ expect }) => {
    const report = await setUp().bars(
      bar("005930", "2025-06-12"),
      "005930,2025-06-13,100,110",
      bar("005930", "2025-06-13", Number.NaN),
      bar("005930", "2025-06-13", 200),
      bar("000020", "2025-06-16"),
      "",
    );
    expect(report).toMatchObject({ rows: 5, accepted: 2, added: 2, replaced: 0, unchanged: 0, tickers: 2 });
    expect(report.rejected).toEqual({ wrong_field_count: 1, not_a_number: 1, high_below_body: 1 });
    expect(report.rejects.map((r) => r.line)).toEqual([3, 4, 5]);
    expect([report.firstDay, report.lastDay].map((day) => day && formatTradingDay(day))).toEqual([
      "2025-06-12",
      "2025-06-16",
    ]);
  });

  it("[IG1] names the first hundred refused lines and counts the rest", async ({ expect }) => {
    const report = await setUp().bars(...Array.from({ length: 150 }, () => "005930,2025-06-12"));
    expect(report.rejected).toEqual({ wrong_field_count: 150 });
    expect(report.rejects.map((r) => r.line)).toEqual(Array.from({ length: 100 }, (_, i) => i + 2));
  });

  it("[IG10] counts what the reader and the rules refused, and names the first hundred of both", async ({
    expect,
  }) => {
    const lines = Array.from({ length: 300 }, (_, n) =>
      n % 2 === 0 ? "005930,2025-06-12" : bar("5930", "2025-06-12"),
    );
    const report = await setUp().bars(...lines, bar("005930", "2025-06-12"));
    expect(report).toMatchObject({ rows: 301, accepted: 1 });
    expect(report.rejected).toEqual({ wrong_field_count: 150, bad_ticker: 150 });
    expect(report.rejects.map((r) => r.line)).toEqual(Array.from({ length: 100 }, (_, n) => n + 2));
  });

  it("[IG2] keeps the tickers of two exchanges apart", async ({ expect }) => {
    const { ingest, bars, series } = setUp();
    const krx = await bars(
      bar("D00001", "2025-06-12"),
      bar("5930", "2025-06-12"),
      bar("0015n0", "2025-06-12"),
    );
    expect(krx.rejects.map((r) => [r.line, r.key, r.date, r.reason])).toEqual([
      [2, "D00001", "2025-06-12", "bad_ticker"],
      [3, "5930", "2025-06-12", "bad_ticker"],
    ]);
    expect([...series.keys()]).toEqual(["0015N0"]);
    const demo = await ingest.bars("DEMO", bytesOf(HEADER, bar("005930", "2025-06-12")), {
      firstLine: 2,
      mark: null,
      close: null,
    });
    expect(readable(demo).rejected).toEqual({ bad_ticker: 1 });
  });

  it("[IG3] refuses a row later than today in Seoul", async ({ expect }) => {
    const report = await setUp().bars(bar("005930", "2025-06-17"), bar("005930", "2025-06-18"));
    expect(report.rejects.map((r) => [r.line, r.reason])).toEqual([[3, "future_date"]]);
  });

  it("[IG4] puts the rows of a ticker in order, and keeps the later one of a day that no rule refuses", async ({
    expect,
  }) => {
    const { bars, series } = setUp();
    const report = await bars(
      bar("005930", "2025-06-12", 101),
      bar("000020", "2025-06-11"),
      bar("005930", "2025-06-12", 102),
      bar("005930", "2025-06-11", 103),
      bar("005930", "2025-06-16", 500),
      bar("005930", "2025-06-16", 104),
      bar("005930", "2025-06-13", 105),
    );
    expect(report.rejects.map((r) => [r.line, r.key, r.date, r.reason])).toEqual([
      [2, "005930", "2025-06-12", "duplicate_date"],
      [6, "005930", "2025-06-16", "high_below_body"],
    ]);
    expect(Array.from(series.get("005930")?.close ?? [])).toEqual([103, 102, 105, 104]);
  });

  it("[IG5] closes a day, adds history, and moves the mark of an empty chunk", async ({ expect }) => {
    const { ingest, calls } = setUp();
    const mark = { id: "a", next: 1 };
    const send = (...lines: readonly string[]) =>
      ingest.bars("KRX", bytesOf(HEADER, ...lines), { firstLine: 2, mark, close: null });
    await send(bar("005930", "2025-06-12"), bar("000020", "2025-06-12"));
    await send(bar("005930", "2025-06-12"), bar("000020", "2025-06-13"));
    await send("005930,2025-06-12");
    expect(calls).toEqual([
      { method: "closeDay", keys: ["000020", "005930"], mark },
      { method: "addHistory", keys: ["000020", "005930"], mark },
      { method: "addHistory", keys: [], mark },
    ]);
  });

  it("[IG6] touches no store for an unreadable file", async ({ expect }) => {
    const { ingest, calls, puts } = setUp();
    const chunk = { firstLine: 2, mark: null, close: null };
    expect(await ingest.bars("KRX", bytesOf("a,b"), chunk)).toHaveProperty("unreadable");
    expect(await ingest.indices("KRX", bytesOf("a,b"))).toHaveProperty("unreadable");
    expect(await ingest.instruments("KRX", bytesOf("a,b"))).toHaveProperty("unreadable");
    expect([calls, puts]).toEqual([[], []]);
  });

  it("[IG7] changes nothing when the same chunk comes again, and corrects when it differs", async ({
    expect,
  }) => {
    const { bars } = setUp();
    const lines = [bar("005930", "2025-06-12"), bar("005930", "2025-06-13")];
    expect(await bars(...lines)).toMatchObject({ added: 2, replaced: 0, unchanged: 0 });
    expect(await bars(...lines)).toMatchObject({ added: 0, replaced: 0, unchanged: 2 });
    expect(await bars(bar("005930", "2025-06-13", 99))).toMatchObject({
      added: 0,
      replaced: 1,
      unchanged: 0,
    });
  });

  it("[IG9] accepts halted rows and counts them", async ({ expect }) => {
    const report = await setUp().bars("005930,2025-06-12,0,0,0,105,0", bar("005930", "2025-06-13"));
    expect(report).toMatchObject({ accepted: 2, halted: 1 });
  });
});

it("[IG4] judges the rows of an index by the same rules", async ({ expect }) => {
  const { ingest, series } = setUp();
  const header = "index,date,open,high,low,close,volume";
  const line = (code: string, date: string): string => `${code},${date},2500.5,2510,2490,2505.25,9`;
  const report = readable(
    await ingest.indices(
      "KRX",
      bytesOf(
        header,
        line("KOSDAQ", "2025-06-12"),
        line("KOSPI", "2025-06-12"),
        line("KOSPI", "2025-06-12"),
        line("KOSPI", "2025-06-18"),
      ),
    ),
  );
  expect(report.rejects.map((r) => [r.line, r.reason])).toEqual([
    [3, "duplicate_date"],
    [5, "future_date"],
  ]);
  expect([...series.keys()].toSorted()).toEqual(["KOSDAQ", "KOSPI"]);
});

it("[IG8] merges the lines of a ticker, and writes only the instruments that differ", async ({ expect }) => {
  const { ingest, puts } = setUp();
  const send = async (...lines: readonly string[]) =>
    readable(await ingest.instruments("KRX", bytesOf("ticker,name,market", ...lines)));
  const first = await send("005930,다,KOSPI", "000020,나,KOSPI", "005930,가,KOSPI", "D00001,라,KOSPI");
  expect(first).toMatchObject({ rows: 4, accepted: 2, added: 2, unchanged: 0 });
  expect(first.rejected).toEqual({ duplicate_ticker: 1, bad_ticker: 1 });
  expect(await send("005930,가,KOSPI")).toMatchObject({ added: 0, replaced: 0, unchanged: 1 });
  expect(await send("005930,가,KOSDAQ", "000040,마,KOSPI")).toMatchObject({
    added: 1,
    replaced: 1,
    unchanged: 0,
  });
  expect(puts).toEqual([
    ["005930", "000020"],
    ["000040", "005930"],
  ]);
});

it("[IG8a] keeps of a stored instrument what the file has no column for, and takes an empty cell for a value", async ({
  expect,
}) => {
  const { ingest, master } = setUp();
  const send = async (header: string, ...lines: readonly string[]) =>
    readable(await ingest.instruments("KRX", bytesOf(header, ...lines)));
  await send(
    "ticker,name,market,department,industry,listed_shares",
    "000020,가,KOSDAQ,관리종목(소속부없음),제조업,7",
  );
  expect(await send("ticker,listed_shares", "000020,8")).toMatchObject({ accepted: 1, replaced: 1 });
  expect(master.get("000020")).toMatchObject({
    name: "가",
    market: "KOSDAQ",
    notice: "administration",
    industry: "제조업",
    listedShares: 8,
  });
  await send("ticker,department,industry", "000020,우량기업부,");
  expect(master.get("000020")).toMatchObject({ notice: null, industry: null, listedShares: 8 });
  const without = await send("ticker,name,market", "000040,나,", "000070,,KOSPI", "000020,,");
  expect(without).toMatchObject({ accepted: 1, unchanged: 1 });
  expect(without.rejects.map((r) => [r.line, r.key, r.reason])).toEqual([
    [2, "000040", "unknown_market"],
    [3, "000070", "no_name"],
  ]);
});

it("[IG8b] keeps the English name of a company through files and vendors that have none", async ({
  expect,
}) => {
  const { ingest, master } = setUp();
  const send = async (...lines: readonly string[]) =>
    readable(await ingest.instruments("KRX", bytesOf(...lines)));
  await send(
    "단축코드,한글 종목약명,영문 종목명,상장일,시장구분",
    "005930,삼성전자,SamsungElectronics,1975/06/11,KOSPI",
  );
  expect(master.get("005930")?.nameEn).toBe("SamsungElectronics");
  expect(await send("ticker,name,market", "005930,삼성전자,KOSPI")).toMatchObject({ unchanged: 1 });
  expect(await send("ticker,name_en", "005930,Samsung Electronics")).toMatchObject({ replaced: 1 });
  expect(master.get("005930")).toMatchObject({ name: "삼성전자", nameEn: "Samsung Electronics" });
  await send("ticker,name_en", "005930,");
  expect(master.get("005930")?.nameEn).toBeNull();
  const long = await send("ticker,name_en", `005930,${"A".repeat(201)}`);
  expect(long.rejects.map(({ reason }) => reason)).toEqual(["too_long"]);
});

it("[IG11] names the tickers that the master does not have, when there is one", async ({ expect }) => {
  const { ingest, bars } = setUp();
  const lines = [bar("005930", "2025-06-12"), bar("000020", "2025-06-12")];
  expect((await bars(...lines)).unlisted).toEqual([]);
  await ingest.instruments("KRX", bytesOf("ticker,name,market", "005930,가,KOSPI"));
  expect((await bars(...lines)).unlisted).toEqual(["000020"]);
});
