import * as fc from "fast-check";
import Papa from "papaparse";
import { describe, it, vi } from "vitest";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { csvFileReader } from "./csv-file-reader.ts";

const HEADER = "ticker,date,open,high,low,close,volume";
const GOOD = "005930,2025-06-17,100,110,90,105,1000";

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function readBars(text: string, firstLine = 2) {
  const file = csvFileReader.bars(bytesOf(text), firstLine);
  if ("unreadable" in file) {
    throw new Error(file.unreadable);
  }
  return file;
}

function whyUnreadable(bytes: Uint8Array): string | null {
  const file = csvFileReader.bars(bytes, 2);
  return "unreadable" in file ? file.unreadable : null;
}

describe("bytes", () => {
  it("[FR1] accepts a byte order mark", ({ expect }) => {
    expect(readBars(`\uFEFF${HEADER}\n${GOOD}`).lines).toHaveLength(1);
  });

  it("[FR1] refuses what is not UTF-8 and names what it looks like", ({ expect }) => {
    // "종목" in CP949, then the same bytes cut so that it is no CP949 either.
    expect(whyUnreadable(Uint8Array.of(0xc1, 0xbe, 0xb8, 0xf1, 0x0a))).toContain("looks like CP949");
    expect(whyUnreadable(Uint8Array.of(0xc1, 0xff, 0x0a))).toMatch(/^not UTF-8: /);
    expect(whyUnreadable(Uint8Array.of(0x1f, 0x8b, 0x08))).toContain("gzip");
    expect(whyUnreadable(new Uint8Array())).toContain("empty");
  });
});

describe("header", () => {
  it("[FR2] finds columns by name and ignores unknown ones", ({ expect }) => {
    const text = " Volume ,close,note,LOW,high,open,Date,TICKER\n1000,105,x,90,110,100,20250617,005930";
    expect(readBars(text).lines[0]?.value).toEqual(readBars(`${HEADER}\n${GOOD}`).lines[0]?.value);
  });

  it("[FR2] names the columns that are missing or doubled", ({ expect }) => {
    expect(whyUnreadable(bytesOf("ticker,date,open,high,low\n"))).toContain("columns missing: close, volume");
    expect(whyUnreadable(bytesOf(`${HEADER},Close\n`))).toContain("columns named twice: close");
    expect(whyUnreadable(bytesOf("\n\n"))).toContain("no header");
    expect(whyUnreadable(bytesOf(GOOD))).toContain("columns missing: ticker, date");
  });
});

describe("lines", () => {
  it("[FR3] numbers lines as the file does, from the first line that it is given", ({ expect }) => {
    const bad = "005930,2025-06-17,x,110,90,105,1000";
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = [HEADER, GOOD, "", bad, GOOD].join(end);
      expect(readBars(text, 2).rejected.map((r) => r.line)).toEqual([4]);
      expect(readBars(text, 2).lines.map((r) => r.line)).toEqual([2, 5]);
      expect(readBars(text, 90_001).rejected.map((r) => r.line)).toEqual([90_003]);
    }
  });

  it("[FR3] counts the line breaks inside quotes", ({ expect }) => {
    const text = `${HEADER},note\n${GOOD},"two\nlines"\n${GOOD},plain\n`;
    expect(readBars(text).lines.map((r) => r.line)).toEqual([2, 4]);
  });

  it("[FR4] refuses lines that do not fit the header and reads the others", ({ expect }) => {
    const file = readBars(`${HEADER}\n${GOOD},1\n005930,2025-06-17\n${GOOD}\n`);
    expect(file.rejected.map((r) => [r.line, r.reason])).toEqual([
      [2, "wrong_field_count"],
      [3, "wrong_field_count"],
    ]);
    expect(file.lines.map((r) => r.line)).toEqual([4]);
    const quotes = readBars(`${HEADER}\n${GOOD}\n"005930"x,2025-06-17,1,1,1,1,1\n`);
    expect(quotes.rejected.map((r) => [r.line, r.reason])).toEqual([[3, "bad_quotes"]]);
    expect(quotes.lines.map((r) => r.line)).toEqual([2]);
  });

  it("[FR4] loses one line to a broken quotation and no other", ({ expect }) => {
    const bad = "005930,2025-06-17,x,110,90,105,1000";
    for (const broken of ['005930,2025-06-17,"100,110,90,105,1000', '"005930"x,2025-06-17,1,1,1,1,1', '"']) {
      for (const end of ["\n", "\r\n", "\r"]) {
        const file = readBars([HEADER, GOOD, broken, bad, GOOD, broken, GOOD].join(end));
        expect(file.rejected.map((r) => [r.line, r.reason])).toEqual([
          [3, "bad_quotes"],
          [4, "not_a_number"],
          [6, "bad_quotes"],
        ]);
        expect(file.lines.map((r) => r.line)).toEqual([2, 5, 7]);
      }
    }
  });

  it("[FR4] keeps the line breaks inside whole quotations beside a broken one", ({ expect }) => {
    const note = `${GOOD},"first\nsecond, ""third"""`;
    const file = readBars([`${HEADER},note`, note, `${GOOD},"broken" x`, `${GOOD},5" pipe`, note].join("\n"));
    expect(file.rejected.map((r) => [r.line, r.reason])).toEqual([[4, "bad_quotes"]]);
    expect(file.lines.map((r) => r.line)).toEqual([2, 5, 6]);
  });
});

describe("cells", () => {
  const withTicker = (ticker: string): string => `${HEADER}\n${ticker},2025-06-17,100,110,90,105,1000`;

  it("[FR5] keeps a ticker as text", ({ expect }) => {
    for (const [written, key] of [
      ["0015n0", "0015N0"],
      ["000020", "000020"],
      [" brk.b ", "BRK.B"],
      ["5930", "5930"],
      ["1e5", "1E5"],
    ] as const) {
      expect(readBars(withTicker(written)).lines[0]?.key).toBe(key);
    }
    for (const written of ["", "00 59", "005-930", "ABCDEFGHIJKLM"]) {
      expect(readBars(withTicker(written)).rejected[0]?.reason).toBe("bad_ticker");
    }
  });

  it("[FR6] takes plain decimals only", ({ expect }) => {
    const withClose = (close: string) => readBars(`${HEADER}\n005930,2025-06-17,100,110,90,"${close}",1000`);
    for (const close of ["1e3", "1,000", "+1", "NaN", "Infinity", "0x10", "1.", ".5", "", "1 000", "٣"]) {
      expect(withClose(close).rejected.map((r) => r.reason)).toEqual(["not_a_number"]);
    }
    // A minus sign is a number; whether it is a price is a rule's business (BR2).
    expect(withClose("-105").lines[0]?.value.close).toBe(-105);
    expect(Object.is(withClose("-0").lines[0]?.value.close, 0)).toBe(true);
    expect(withClose(" 105.25 ").lines[0]?.value.close).toBe(105.25);
  });

  it("[FR6] reads an empty optional cell as missing", ({ expect }) => {
    const header = `${HEADER},value,shares,base_price`;
    const file = readBars(`${header}\n${GOOD},,5,\n${GOOD},1e9,,\n`);
    expect(file.lines.map((r) => [r.value.value, r.value.shares, r.value.base])).toEqual([[null, 5, null]]);
    expect(file.rejected.map((r) => r.reason)).toEqual(["not_a_number"]);
  });

  it("[FR7] refuses a day that no calendar has", ({ expect }) => {
    for (const date of [
      "2025-02-30",
      "2025/06/17",
      "17.06.2025",
      "",
      "2025-6-17",
      "45825",
      "1969-12-31",
      "0025-06-17",
    ]) {
      expect(readBars(`${HEADER}\n005930,${date},1,1,1,1,1`).rejected.map((r) => [r.date, r.reason])).toEqual(
        [[date, "bad_date"]],
      );
    }
    expect(readBars(`${HEADER}\n005930,20250617,1,1,1,1,1`).lines[0]?.value.day).toBe(
      parseTradingDay("2025-06-17"),
    );
  });
});

describe("indices", () => {
  it("[FR10] knows two indices", ({ expect }) => {
    const text =
      "index,date,open,high,low,close,volume\nkospi,2025-06-17,2,2,2,2.5,9\nKOSPI200,2025-06-17,2,2,2,2,9\n";
    const file = csvFileReader.indices(bytesOf(text));
    if ("unreadable" in file) {
      throw new Error(file.unreadable);
    }
    expect(file.lines.map((r) => [r.key, r.value.code, r.value.row.close])).toEqual([
      ["KOSPI", "KOSPI", 2.5],
    ]);
    expect(file.rejected).toEqual([{ line: 3, key: "KOSPI200", date: "2025-06-17", reason: "bad_index" }]);
  });
});

it("[FR3] reads what was written, whatever the order of columns, the quotes and the line ends", ({
  expect,
}) => {
  const names = HEADER.split(",");
  const price = fc.integer({ min: 0, max: 10 ** 9 }).map((n) => n / 100);
  const line = fc.record({
    day: fc.integer({ min: 0, max: 25_000 }),
    prices: fc.tuple(price, price, price, price, price),
  });
  const order = fc.shuffledSubarray(names, { minLength: names.length });
  fc.assert(
    fc.property(
      fc.array(line),
      order,
      fc.boolean(),
      fc.constantFrom("\n", "\r\n"),
      (lines, columns, quote, end) => {
        const written = lines.map(({ day, prices }) => {
          const cells = new Map([
            ["ticker", "005930"],
            ["date", isoDay(day)],
            ...prices.map((p, i) => [names[i + 2] ?? "", String(p)] as const),
          ]);
          return columns.map((name) => (quote ? `"${cells.get(name)}"` : cells.get(name))).join(",");
        });
        const file = readBars([columns.join(","), ...written].join(end));
        expect(file.rejected).toEqual([]);
        expect(file.lines.map((r) => [r.line, isoDay(r.value.day), r.value.open, r.value.volume])).toEqual(
          lines.map(({ day, prices }, i) => [i + 2, isoDay(day), prices[0], prices[4]]),
        );
      },
    ),
    { seed: 11, numRuns: 60 },
  );
});

function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

it("[FR12] parses a thousand lines of a chunk at a time, and loses none at the cuts", ({ expect }) => {
  const parse = vi.spyOn(Papa, "parse");
  const lines = Array.from({ length: 3_500 }, (_, n) => GOOD.replace(",100,", `,${n + 1},`));
  const file = readBars([HEADER, ...lines].join("\n"));
  const longest = Math.max(...parse.mock.calls.map(([text]) => String(text).split("\n").length));
  parse.mockRestore();
  expect(longest).toBe(1_000);
  expect(file.lines.map(({ line, value }) => [line, value.open])).toEqual(
    lines.map((_, n) => [n + 2, n + 1]),
  );
});

it("[IG10] keeps the first hundred refused lines of a chunk and counts the others", ({ expect }) => {
  const file = readBars([HEADER, ...Array.from({ length: 5_000 }, () => "x")].join("\n"));
  expect(file.rejected.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, n) => n + 2));
  expect(file.rejectedCounts).toEqual({ wrong_field_count: 5_000 });
});
