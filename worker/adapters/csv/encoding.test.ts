import { describe, it } from "vitest";
import { encodeCp949 } from "../../testing/builders/cp949.ts";
import { decodeText } from "./encoding.ts";

const TEXT = "종목코드,종목명,종가\n005930,삼성전자,58900\n001230,똠방각하,1\n";
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le"));
  return little ? bytes : new Uint8Array(Buffer.from(bytes).swap16());
}

describe("text", () => {
  it("[FR1] is UTF-8 with or without its mark, UTF-16 of either order, or CP949 with all its characters", ({
    expect,
  }) => {
    const files = [
      utf8(TEXT),
      utf8(`\uFEFF${TEXT}`),
      utf16(TEXT, true),
      utf16(TEXT, false),
      encodeCp949(TEXT),
    ];
    expect(files.map((bytes) => decodeText(bytes))).toEqual(files.map(() => TEXT));
  });

  it("[FR1] is not taken for CP949 where no column of the header proves it", ({ expect }) => {
    const text = { unreadable: "not UTF-8 (looks like CP949): save the file as UTF-8" };
    expect(decodeText(encodeCp949("어떤것,다른것\n1,2\n"))).toEqual(text);
    expect(decodeText(encodeCp949("Code,Name\n005930,삼성전자\n"))).toEqual(text);
    expect(decodeText(Uint8Array.of(0xc1, 0xff, 0x0a))).toEqual({
      unreadable: "not UTF-8: save the file as UTF-8",
    });
  });

  it("[FR1] is refused where it stops to be what its header is", ({ expect }) => {
    const korean = Uint8Array.of(...encodeCp949("종목코드,종목명\n"), 0xff, 0xff, 0x0a);
    expect(decodeText(korean)).toEqual({
      unreadable: "not CP949 to its end, as it begins: save the file as UTF-8",
    });
    const half = utf16("ticker", true).subarray(0, 11);
    expect(decodeText(half)).toEqual({
      unreadable: "not UTF-16 to its end, as it begins: save the file as UTF-8",
    });
    expect(decodeText(new Uint8Array())).toEqual({ unreadable: "empty: the file has 0 bytes" });
  });
});

const MENU = "open it and choose File > Save As > CSV UTF-8, the column of codes as text";
const pandas = (reader: string): string =>
  `python3 -c "import pandas as pd; pd.${reader}('F.x').reset_index().to_csv('F.x.csv', index=False)"`;

function zipHead(member: string): Uint8Array {
  const head = new Uint8Array(30 + member.length);
  head.set([0x50, 0x4b, 3, 4]);
  head[26] = member.length;
  head.set(ascii(member), 30);
  return head;
}

describe("what is no text", () => {
  it.for([
    ["Parquet", ascii("PAR1\u0015\u0000"), `a Parquet file, not CSV: ${pandas("read_parquet")}`],
    ["Arrow", ascii("ARROW1\u0000\u0000"), `an Arrow file, not CSV: ${pandas("read_feather")}`],
    ["xlsx", zipHead("[Content_Types].xml"), `an Excel workbook (.xlsx), not CSV: ${MENU}`],
    [
      "xlsx, written by a program",
      zipHead("xl/worksheets/sheet1.xml"),
      `an Excel workbook (.xlsx), not CSV: ${MENU}`,
    ],
    ["ods", zipHead("mimetype"), `an OpenDocument file, not CSV: ${MENU}`],
    ["xls", ascii("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), `an old Excel workbook (.xls), not CSV: ${MENU}`],
    [
      "HTML named .xls",
      utf8("\r\n<html><head><meta charset=euc-kr>"),
      `a web page (HTML), whatever its name ends in, not CSV: ${MENU}`,
    ],
    [
      "HTML with a mark",
      utf8("\uFEFF<!DOCTYPE html>"),
      `a web page (HTML), whatever its name ends in, not CSV: ${MENU}`,
    ],
    [
      "HTML, a table alone",
      utf8("<table border=1>"),
      `a web page (HTML), whatever its name ends in, not CSV: ${MENU}`,
    ],
    ["XML", utf8('<?xml version="1.0"?>'), `XML, not CSV: ${MENU}`],
    ["JSON, rows", utf8('[{"Date":"2025-06-17"}]'), `JSON, not CSV: ${pandas("read_json")}`],
    ["JSON, an object", utf8('\n{"OutBlock":[]}'), `JSON, not CSV: ${pandas("read_json")}`],
    [
      "JSON, arrays",
      utf8("[['날짜', '시가']]".replaceAll("'", '"')),
      `JSON, not CSV: ${pandas("read_json")}`,
    ],
    ["PDF", ascii("%PDF-1.7"), "a PDF, not CSV: download the table as CSV instead"],
    [
      "SQLite",
      ascii("SQLite format 3\u0000"),
      'an SQLite database, not CSV: sqlite3 -csv -header F.x "SELECT ..." > F.x.csv',
    ],
    ["7z", ascii("7z\xbc\xaf\x27\x1c"), "a 7z archive, not CSV: 7z x F.x"],
    ["RAR", ascii("Rar!\u001a\u0007"), "a RAR archive, not CSV: unrar x F.x"],
    ["bzip2", ascii("BZh91AY&SY"), "a bzip2 file, not CSV: bunzip2 F.x"],
    ["xz", ascii("\xfd7zXZ\u0000"), "an xz file, not CSV: unxz F.x"],
    ["zstd", ascii("\x28\xb5\x2f\xfd"), "a zstd file, not CSV: unzstd F.x"],
    ["pickle", ascii("\x80\x04\x95\x00"), `a Python pickle, not CSV: ${pandas("read_pickle")}`],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8), "not text: looks like gzip, unpack it first"],
    ["zip", zipHead("005930.csv"), "not text: looks like a zip archive, unpack it first"],
  ] as const)("[FR1a] is refused by its true name: %s", ([, bytes, text], { expect }) => {
    expect(decodeText(bytes, "F.x")).toEqual({ unreadable: text });
  });

  it("[FR1a] is not seen in a header that begins like one", ({ expect }) => {
    for (const text of ["<TICKER>,<PER>\n", "[ticker],date\n", "{a},b\n", "PK,ticker\n"]) {
      expect(decodeText(utf8(text))).toBe(text);
    }
  });
});
