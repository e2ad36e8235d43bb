import { it } from "vitest";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { readInstruments } from "./read-instruments.ts";

const HEADER = "ticker,name,market,department,industry,listed_on,listed_shares";

function read(...lines: readonly string[]) {
  const file = readInstruments(new TextEncoder().encode(lines.join("\n")));
  if ("unreadable" in file) {
    throw new Error(file.unreadable);
  }
  return file;
}

it("[FR8] derives the kind from code, department, industry and name", ({ expect }) => {
  const file = read(
    HEADER,
    "005930,삼성전자,KOSPI,,통신 및 방송 장비 제조업,1975-06-11,5919637922",
    "005935,삼성전자우,KOSPI,,,,",
    "0015N0,새회사,KOSDAQ,벤처기업부,,,",
    "00499K,어떤우,KOSPI,,,,",
    "400000,어떤스팩,KOSDAQ,SPAC(소속부없음),금융 지원 서비스업,,",
    "330590,롯데리츠,KOSPI,,부동산 임대업,,",
    "088980,맥쿼리인프라,KOSPI,,신탁업 및 집합투자업,,",
    "D00001,가상,KOSPI,,,,",
  );
  expect(file.rejected).toEqual([]);
  expect(file.lines.map((line) => [line.key, line.value.kind])).toEqual([
    ["005930", "common"],
    ["005935", "preferred"],
    ["0015N0", "common"],
    ["00499K", "preferred"],
    ["400000", "spac"],
    ["330590", "reit"],
    ["088980", "reit"],
    ["D00001", "common"],
  ]);
  expect(file.lines[0]?.value).toMatchObject({
    industry: "통신 및 방송 장비 제조업",
    listedOn: parseTradingDay("1975-06-11"),
    listedShares: 5_919_637_922,
  });
  expect(file.lines[1]?.value).toMatchObject({ industry: null, listedOn: null, listedShares: null });
});

it("[FR8] lets the column decide", ({ expect }) => {
  const file = read(
    "ticker,name,market,kind",
    "005935,우,KOSPI,common",
    "005930,본,KOSPI,Fund",
    "000020,본,KOSPI,etf",
  );
  expect(file.lines.map((line) => line.value.kind)).toEqual(["common", "fund"]);
  expect(file.rejected).toEqual([{ line: 4, key: "000020", date: null, reason: "unknown_kind" }]);
});

it("[FR9] reads the notice from its column, else from the department", ({ expect }) => {
  const file = read(
    "ticker,name,market,department,notice",
    "000020,가,KOSDAQ,관리종목(소속부없음),",
    "000040,나,KOSDAQ,투자주의환기종목(소속부없음),",
    "000070,다,KOSDAQ,우량기업부,",
    "000080,라,KOSDAQ,관리종목(소속부없음),liquidation",
    "000100,마,KOSDAQ,,정리매매",
    "000120,바,KOSDAQ,,whatever",
  );
  expect(file.lines.map((line) => line.value.notice)).toEqual([
    "administration",
    "caution",
    null,
    "liquidation",
    "liquidation",
  ]);
  expect(file.rejected.map((line) => [line.line, line.reason])).toEqual([[7, "unknown_notice"]]);
});

it("[FR11] refuses a name or an industry that is too long to store", ({ expect }) => {
  const file = read(
    "ticker,name,market,industry",
    `000020,${"가".repeat(200)},KOSPI,${"나".repeat(200)}`,
    `000040,${"가".repeat(201)},KOSPI,`,
    `000070,다,KOSPI,${"x".repeat(1_600_000)}`,
  );
  expect(file.lines.map((line) => line.key)).toEqual(["000020"]);
  expect(file.rejected.map((line) => [line.line, line.reason])).toEqual([
    [3, "too_long"],
    [4, "too_long"],
  ]);
});

it("[FR10] folds KOSDAQ GLOBAL into KOSDAQ and refuses other markets", ({ expect }) => {
  const file = read(
    "ticker,name,market",
    "000020,가,KOSDAQ GLOBAL",
    "000040,나,konex",
    "000070,다,NASDAQ",
    "000080,,KOSPI",
    "0000-8,라,KOSPI",
  );
  expect(file.lines.map((line) => line.value.market)).toEqual(["KOSDAQ", "KONEX"]);
  expect(file.rejected.map((line) => [line.line, line.key, line.reason])).toEqual([
    [4, "000070", "unknown_market"],
    [5, "000080", "no_name"],
    [6, "0000-8", "bad_ticker"],
  ]);
});
