import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, it } from "vitest";
import { RowJudge } from "../../app/jobs/ingest-rows.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { canonicalFile, SAMPLE_FORMS, type SampleBar } from "../../testing/builders/form-samples.ts";
import { csvFileReader } from "./csv-file-reader.ts";
import { formOf } from "./forms.ts";
import { describeColumns, normalName } from "./columns.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function bar(ticker: string, date: string, close: number, base: number): SampleBar {
  const kosdaq = ticker > "1";
  return {
    ticker,
    name: kosdaq ? "어떤바이오" : "삼성전자",
    market: kosdaq ? "KOSDAQ" : "KOSPI",
    department: kosdaq ? "벤처기업부" : "",
    date,
    open: base + 10,
    high: Math.max(close, base) + 500,
    low: Math.min(close, base) - 400,
    close,
    volume: 1_234_567,
    value: 71_234_567_890,
    shares: 5_919_637_922,
    base,
  };
}

const BARS = [
  bar("005930", "2025-06-16", 58_900, 58_900),
  bar("005930", "2025-06-17", 58_100, 58_900),
  bar("005930", "2025-06-18", 59_800, 58_100),
  { ...bar("124500", "2025-06-16", 13_650, 13_650), open: 0, high: 0, low: 0, volume: 0, value: 0 },
  bar("124500", "2025-06-17", 12_000, 13_650),
  bar("124500", "2025-06-18", 12_450, 12_000),
];

function rowsOf(files: Readonly<Record<string, Uint8Array>>) {
  const judge = new RowJudge({ keyOf: (key) => key, today: tradingDayOf(30_000) });
  const refused: unknown[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    const read = csvFileReader.bars(bytes, 2, name);
    if ("unreadable" in read) {
      throw new Error(`${name}: ${read.unreadable}`);
    }
    refused.push(...read.rejected, ...judge.take(read).rejected);
  }
  const { series, superseded } = judge.finish();
  return { series, superseded, refused };
}

describe("a form", () => {
  it.for(SAMPLE_FORMS)(
    "[FR16] $name: the rows of the project's own form",
    ({ files, brings }, { expect }) => {
      expect(rowsOf(files(BARS))).toEqual(rowsOf({ "bars.csv": canonicalFile(BARS, brings) }));
      expect(rowsOf(files(BARS)).refused).toEqual([]);
      expect(rowsOf(files(BARS)).series).toHaveLength(2);
    },
  );

  it.for([
    ["날짜,시가,고가,저가,종가,거래량,등락률", "pykrx"],
    ["티커,시가,고가,저가,종가,거래량,거래대금,등락률", "pykrx, all shares of a day"],
    ["Date,Open,High,Low,Close,Volume,Change", "FinanceDataReader"],
    [
      "Code,ISU_CD,Name,Market,Dept,Close,ChangeCode,Changes,Open,High,Low,Volume,Amount,Stocks",
      "FinanceDataReader listing",
    ],
    ["Code,Name,Market,Sector,Industry,ListingDate,SettleMonth", "FinanceDataReader companies"],
    ["Code,Name,Close,Dept,Changes,Volume,Amount,Open,High,Low,Marcap,Stocks,Market,Rank,Date", "marcap"],
    [
      "종목코드,종목명,시장구분,소속부,종가,대비,등락률,시가,고가,저가,거래량",
      "KRX portal, all shares of a day",
    ],
    ["일자,종가,대비,등락률,시가,고가,저가,거래량,거래량_정규시장,거래대금", "KRX portal, one share"],
    ["지수명,종가,대비,등락률,시가,고가,저가,거래량", "KRX portal, all indices of a day"],
    ["표준코드,단축코드,한글 종목명,한글 종목약명,상장일,시장구분,주식종류", "KRX portal, shares in general"],
    ["회사명,시장구분,종목코드,업종,주요제품,상장일,결산월", "KIND list of companies"],
    ["Date,Open,High,Low,Close,Adj Close,Volume", "Yahoo"],
    ["Date,Open,High,Low,Close,Volume,Dividends,Stock Splits", "yfinance"],
    ["Price,Close,High,Low,Open,Volume", "yfinance, three header lines"],
    ["<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>", "Stooq"],
    ["ticker,date,open,high,low,close,volume,value", "columns by name"],
    ["Date,Open,High,Low,Close,Volume", "columns by name"],
  ] as const)("[FR16] is known by its header: %s", ([header, name], { expect }) => {
    expect(formOf(header.split(",").map(normalName)).name).toBe(name);
  });
});

function readOne(text: string, name?: string) {
  const read = csvFileReader.bars(utf8(text), 2, name);
  if ("unreadable" in read) {
    throw new Error(read.unreadable);
  }
  return read;
}

const why = (bytes: Uint8Array, name?: string): string | null => {
  const read = csvFileReader.bars(bytes, 2, name);
  return "unreadable" in read ? read.unreadable : null;
};

describe("cells of a form", () => {
  it("[FR5a] a suffix of the market is no part of a ticker", ({ expect }) => {
    const header = "Ticker,Date,Open,High,Low,Close,Adj Close,Volume";
    const line = (ticker: string): string => `${ticker},2025-06-17,1,1,1,1,1,1`;
    const read = readOne([header, ...["005930.KS", "0015n0.kq", "BRK.B", "000660"].map(line)].join("\n"));
    expect(read.lines.map(({ key }) => key)).toEqual(["005930", "0015N0", "BRK.B", "000660"]);
  });

  it("[FR6a] grouped numbers are numbers of the portal alone, and only where the groups are whole", ({
    expect,
  }) => {
    const portal = (close: string, value = "1"): string =>
      `일자,종가,대비,시가,고가,저가,거래량,거래대금\n2025/06/17,"${close}",0,1,1,1,1,"${value}"`;
    for (const [text, close] of [
      ["58,900", 58_900],
      ["1,234,567.5", 1_234_567.5],
      ["3.1E7", 31_000_000],
      ["58900", 58_900],
    ] as const) {
      expect(readOne(portal(text), "005930.csv").lines[0]?.value.close).toBe(close);
    }
    for (const text of ["58,90", "5,8900", ",900", "58 900", "-", ""]) {
      expect(readOne(portal(text), "005930.csv").rejected[0]?.reason).toBe("not_a_number");
    }
    expect(readOne(portal("1", "-"), "005930.csv").lines[0]?.value.value).toBeNull();
  });

  it("[FR7a] the portal's dates have slashes, Python's may have a midnight; no other time is a day", ({
    expect,
  }) => {
    const dated = (date: string): string => `날짜,시가,고가,저가,종가,거래량\n${date},1,1,1,1,1`;
    for (const date of ["2025-06-17", "20250617", "2025-06-17 00:00:00", "2025-06-17T00:00:00+09:00"]) {
      expect(readOne(dated(date), "005930.csv").lines).toHaveLength(1);
    }
    for (const date of ["2025/06/17", "2025-06-17 15:30:00", "2025-06-16 00:00:00+00:00"]) {
      expect(readOne(dated(date), "005930.csv").rejected[0]?.reason).toBe("bad_date");
    }
  });

  it("[FR13] a base price that is not above 0 is missing, and so is one without a change", ({ expect }) => {
    const line = (close: number, change: string): string =>
      `일자,종가,대비,시가,고가,저가,거래량\n2025/06/17,${close},${change},1,1,1,1`;
    const base = (close: number, change: string) =>
      readOne(line(close, change), "005930.csv").lines[0]?.value.base;
    expect([base(100, "-5"), base(100, "5"), base(100, "100"), base(100, "120"), base(100, "")]).toEqual([
      105,
      95,
      null,
      null,
      null,
    ]);
    expect(readOne(line(100, "5"), "005930.csv").absent).toEqual(["value", "shares"]);
  });

  it("[FR15] a bar of another period is refused", ({ expect }) => {
    const header = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>";
    const read = readOne(
      `${header}\n005930.KR,60,20250617,100000,1,1,1,1,1,0\n005930.KR,D,20250617,0,1,1,1,1,1,0`,
    );
    expect(read.rejected.map(({ line, reason }) => [line, reason])).toEqual([[2, "not_daily"]]);
    expect(read.lines).toHaveLength(1);
  });
});

it("[FR16] no bytes break a reader: they are rows, refused lines, or a file that cannot be read", ({
  expect,
}) => {
  const header = fc
    .constantFrom(...SAMPLE_FORMS)
    .map(({ files }) => Object.values(files(BARS))[0] ?? new Uint8Array());
  const name = fc.constantFrom(undefined, "", "005930.csv", "20250617.csv", "KS11.csv", "../..");
  const noise = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(header, noise, fc.nat(400), name, (form, bytes, at, file) => {
      const cut = Math.min(at, form.length);
      const mixed = Uint8Array.of(...form.subarray(0, cut), ...bytes, ...form.subarray(cut));
      for (const own of [mixed, bytes]) {
        for (const read of [
          csvFileReader.bars(own, 2, file),
          csvFileReader.indices(own, file),
          csvFileReader.instruments(own, file),
        ]) {
          const reasons = "unreadable" in read ? [read.unreadable] : Object.keys(read.rejectedCounts);
          expect(reasons.every((reason) => reason.length > 0)).toBe(true);
        }
      }
    }),
    { seed: 71, numRuns: 300 },
  );
});

it("[FR2] the page on the format lists the names of every column as the program has them", ({ expect }) => {
  const page = readFileSync(join(import.meta.dirname, "FORMATS.md"), "utf8");
  const listed = Array.from(
    page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm),
    ([, column = "", names = ""]) => `${column.padEnd(14)} ${names.replaceAll("&lt;", "<")}`,
  );
  expect(listed.slice(-describeColumns().length)).toEqual(describeColumns());
});

describe("columns", () => {
  it("[FR2a] parted by comma, tab or semicolon", ({ expect }) => {
    for (const delimiter of [",", "\t", ";"]) {
      const header = "ticker,date,open,high,low,close,volume,note".replaceAll(",", delimiter);
      const line = ["005930", "2025-06-17", 1, 1, 1, 1, 1, delimiter === "," ? "a;b" : "a,b"].join(delimiter);
      expect(readOne(`${header}\n${line}`).lines).toHaveLength(1);
    }
  });

  it("[FR2b] names the columns that are not read, and what comes near", ({ expect }) => {
    const header = "Tickers,Date,Open,High,Low,Closs,Volume,등락률,Note,Price,Unnamed: 0,";
    const text = `columns missing: ticker, close (the header has: Tickers, Date, Open, High, Low, Closs, Volume, 등락률, Note, Price, Unnamed: 0, ); "Tickers" should be ticker, "Closs" should be close, "Price" should be close`;
    expect(why(utf8(`${header}\n`), "bars.csv")).toBe(text);
    const read = readOne(
      "ticker,date,open,high,low,close,volume,valu,등락률,종목명,,Unnamed: 0\n",
      "bars.csv",
    );
    expect(read.unread).toEqual([
      { name: "valu", meant: "value" },
      { name: "등락률", meant: null },
      { name: "종목명", meant: null },
    ]);
  });

  it("[FR2b] suggests no other name for the further columns of a form that it knows", ({ expect }) => {
    const unread = (header: string, name: string) => readOne(`${header}\n`, name).unread;
    expect([
      ...unread("Date,Open,High,Low,Close,Volume,Change", "005930.csv"),
      ...unread("Date,Open,High,Low,Close,Adj Close,Volume", "005930.KS.csv"),
      ...unread("Code,Name,Close,Open,High,Low,Volume,Amount,Stocks,MarketId,Date", "marcap.csv"),
    ]).toEqual(["Change", "Adj Close", "Name", "MarketId"].map((name) => ({ name, meant: null })));
  });

  it("[FR2b] a name that could mean several columns is read by a form alone", ({ expect }) => {
    const master = (header: string, line: string) => {
      const read = csvFileReader.instruments(utf8(`${header}\n${line}`));
      if ("unreadable" in read) {
        throw new Error(read.unreadable);
      }
      return read;
    };
    const unclear = master("ticker,name,market,Sector", "005930,삼성전자,KOSPI,전자");
    expect(unclear.unread).toEqual([{ name: "Sector", meant: "department or industry" }]);
    const companies = master(
      "Code,Name,Market,Sector,Industry,ListingDate",
      "124500,어떤바이오,KOSDAQ,벤처기업부,의약품 제조업,2010-01-04 00:00:00",
    );
    expect(companies.unread).toEqual([]);
    expect(companies.lines[0]?.value).toMatchObject({
      department: "벤처기업부",
      industry: "의약품 제조업",
      listedOn: 14_613,
    });
  });
});
