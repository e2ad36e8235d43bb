import { it } from "vitest";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import type { Instrument } from "../../core/instrument/instrument.ts";
import type { MasterRow, ReadLine } from "../../app/ports/ingest.ts";
import type { RejectedLine } from "../../app/ports/rejected-lines.ts";
import { tickerOf } from "../../core/nominal.ts";
import { completeInstrument, readInstruments } from "./read-instruments.ts";

const HEADER = "ticker,name,market,department,industry,listed_on,listed_shares";

/** Each line completed without anything stored, as the first import does. */
function read(...lines: readonly string[]) {
  const file = readInstruments(new TextEncoder().encode(lines.join("\n")), null);
  if ("unreadable" in file) {
    throw new Error(file.unreadable);
  }
  const whole: ReadLine<Instrument>[] = [];
  const rejected: RejectedLine[] = [...file.rejected];
  for (const { line, key, value } of file.lines) {
    const made = completeInstrument(value, null);
    if (typeof made === "string") {
      rejected.push({ line, key, date: null, reason: made });
    } else {
      whole.push({ line, key, value: made });
    }
  }
  return { lines: whole, rejected: rejected.toSorted((a, b) => a.line - b.line) };
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

it("[FR8] takes a name that ends in 스팩 for a SPAC, where no department names one", ({ expect }) => {
  const names = ["하나금융25호스팩", "삼성스팩9호", "KB제28호스팩", "스팩인터내셔널", "인스팩트"];
  const file = read(
    "ticker,name,market",
    ...names.map((name, i) => `00002${i}0`.slice(-6) + `,${name},KOSDAQ`),
  );
  expect(file.lines.map((line) => line.value.kind)).toEqual(["spac", "spac", "spac", "common", "common"]);
});

it("[FR9a] a department ends administration and caution, and no liquidation", ({ expect }) => {
  const noticeAfter = (row: Omit<MasterRow, "ticker">, notice: Instrument["notice"]): unknown => {
    const ticker = tickerOf("000020");
    const stored: Instrument = {
      ticker,
      name: "가",
      nameEn: null,
      market: "KOSDAQ",
      kind: "common",
      notice,
      industry: null,
      listedOn: null,
      listedShares: null,
    };
    const made = completeInstrument({ ticker, ...row }, stored);
    return typeof made === "string" ? made : made.notice;
  };
  const notices = ["administration", "caution", "liquidation"] as const;
  const after = (row: Omit<MasterRow, "ticker">): readonly unknown[] =>
    notices.map((notice) => noticeAfter(row, notice));
  expect(after({ department: "우량기업부" })).toEqual([null, null, "liquidation"]);
  expect(after({ department: "관리종목(소속부없음)" })).toEqual([
    "administration",
    "administration",
    "liquidation",
  ]);
  expect(after({ notice: null })).toEqual([null, null, null]);
  expect(after({ name: "나" })).toEqual(notices);
});

it("[FR8a] keeps a stored kind that no column of the file could deny", ({ expect }) => {
  const ticker = tickerOf("000020");
  const stored = (kind: Instrument["kind"]): Instrument => ({
    ticker,
    name: "가",
    market: "KOSDAQ",
    kind,
    notice: null,
    industry: null,
    nameEn: null,
    listedOn: null,
    listedShares: null,
  });
  const kindOf = (row: Omit<MasterRow, "ticker">, before: Instrument["kind"]): string => {
    const made = completeInstrument({ ticker, ...row }, stored(before));
    return typeof made === "string" ? made : made.kind;
  };
  const kinds = ["spac", "reit", "fund", "preferred"] as const;
  expect(kinds.map((kind) => kindOf({ name: "나" }, kind))).toEqual(kinds);
  expect(kinds.map((kind) => kindOf({ department: "우량기업부" }, kind))).toEqual([
    "common",
    "reit",
    "fund",
    "preferred",
  ]);
  expect(kinds.map((kind) => kindOf({ industry: null }, kind))).toEqual([
    "spac",
    "common",
    "common",
    "preferred",
  ]);
  expect(kinds.map((kind) => kindOf({ kind: null }, kind))).toEqual(["common", "common", "common", "common"]);
  expect(kinds.map((kind) => kindOf({ kind: "common" }, kind))).toEqual(kinds.map(() => "common"));
});

it("[FR10] reads the exchange's terms for its boards", ({ expect }) => {
  const terms = [
    "유가",
    "유가증권",
    "유가증권시장",
    "STK",
    "코스피",
    "코스닥",
    "KSQ",
    "코스닥 글로벌",
    "코넥스",
    "KNX",
  ];
  const file = read("종목코드,회사명,시장구분", ...terms.map((term, i) => `0000${10 + i},가,${term}`));
  expect(file.lines.map((line) => line.value.market)).toEqual([
    ...Array(5).fill("KOSPI"),
    ...Array(3).fill("KOSDAQ"),
    ...Array(2).fill("KONEX"),
  ]);
});

it("[IG8d] of a file nothing is kept that hides or turns what stands around it", ({ expect }) => {
  const file = read(
    "ticker,name,name_en,market",
    "005930,\u202E삼성\u200B전자\u0007,Samsung\u2028\u00A0 Electronics,KOSPI",
    "000660,\u200B\u2066,SK hynix,KOSPI",
  );
  expect(file.lines.map(({ value }) => [value.name, value.nameEn])).toEqual([
    ["삼성전자", "Samsung Electronics"],
  ]);
  expect(file.rejected.map(({ reason }) => reason)).toEqual(["no_name"]);
});
