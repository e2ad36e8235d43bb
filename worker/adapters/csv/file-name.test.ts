import { describe, it } from "vitest";
import { encodeCp949 } from "../../testing/builders/cp949.ts";
import { csvFileReader } from "./csv-file-reader.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

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

describe("the file's name", () => {
  const SHARE = "날짜,시가,고가,저가,종가,거래량\n2025-06-17,1,1,1,1,1";
  const DAY = "티커,시가,고가,저가,종가,거래량\n005930,1,1,1,1,1";

  it.for([
    "005930.csv",
    "A005930.csv",
    "005930.KS.csv",
    "삼성전자(005930).csv",
    "ohlcv_005930_20240101_20250617.csv",
    "folder/000020/005930.csv",
  ])("[FR14] holds a ticker: %s", (name, { expect }) => {
    expect(readOne(SHARE, name).lines.map(({ key }) => key)).toEqual(["005930"]);
  });

  it.for([
    [
      "bars.csv",
      "columns missing: ticker (the header has: 날짜, 시가, 고가, 저가, 종가, 거래량); the file's name may hold it instead: 005930.csv",
    ],
    [
      "005930_000660.csv",
      "columns missing: ticker (the header has: 날짜, 시가, 고가, 저가, 종가, 거래량); the file's name may hold it instead: 005930.csv",
    ],
  ] as const)("[FR14] names what is missing in %s", ([name, text], { expect }) => {
    expect(why(utf8(SHARE), name)).toBe(text);
  });

  it.for(["20250617.csv", "2025-06-17.csv", "data_3512_20250617.csv", "krx 2025.06.17.csv"])(
    "[FR14] holds a day: %s",
    (name, { expect }) => {
      expect(readOne(DAY, name).lines[0]?.value.day).toBe(20_256);
    },
  );

  it("[FR14] with two days or none is refused", ({ expect }) => {
    const text =
      "columns missing: date (the header has: 티커, 시가, 고가, 저가, 종가, 거래량); the file's name may hold it instead: 2025-06-17.csv";
    expect(why(utf8(DAY), "20240101_20250617.csv")).toBe(text);
    expect(why(utf8(DAY), "day.csv")).toBe(text);
    expect(why(utf8(DAY), "20251340.csv")).toBe(text);
  });

  it.for([
    ["KS11.csv", "KOSPI"],
    ["코스닥.csv", "KOSDAQ"],
    ["index_2001.csv", "KOSDAQ"],
    ["1001.csv", "KOSPI"],
  ] as const)("[FR14] holds an index: %s", ([name, code], { expect }) => {
    const read = csvFileReader.indices(utf8("날짜,시가,고가,저가,종가,거래량\n2025-06-17,1,1,1,1,1"), name);
    expect("lines" in read && read.lines.map(({ key }) => key)).toEqual([code]);
  });

  it("[FR10] an index goes by its codes in a cell, too", ({ expect }) => {
    const text = ["코스피", "코스닥", "KS11", "kq11", "1001", "2001", "코스피 200", "코스피 (외국주포함)"]
      .map((name) => `"${name}","2,950.30","-1.20","-0.04","2,951.5","2,960","2,940","512,345"`)
      .join("\n");
    const read = csvFileReader.indices(
      encodeCp949(`지수명,종가,대비,등락률,시가,고가,저가,거래량\n${text}`),
      "20250617.csv",
    );
    if ("unreadable" in read) {
      throw new Error(read.unreadable);
    }
    expect(read.lines.map(({ key }) => key)).toEqual([
      "KOSPI",
      "KOSDAQ",
      "KOSPI",
      "KOSDAQ",
      "KOSPI",
      "KOSDAQ",
    ]);
    expect(read.lines[0]?.value.row).toMatchObject({ close: 2_950.3, base: 2_951.5 });
    expect(read.rejected.map(({ reason }) => reason)).toEqual(["bad_index", "bad_index"]);
  });
});
