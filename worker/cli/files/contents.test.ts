import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, describe, it } from "vitest";
import { encodeCp949 } from "../../testing/builders/cp949.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { BOUNDS, type Bounds, contentsOf, entriesOf } from "./contents.ts";
import { loadMasters } from "./read-masters.ts";
import { loadRows } from "./read-rows.ts";
import { describeNotRead } from "./refusals.ts";
import { tickerOf } from "../../core/nominal.ts";

const SHARE = "날짜,시가,고가,저가,종가,거래량\n2025-06-17,1,1,1,1,1\n";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-files-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

async function load(paths: readonly string[], bounds: Bounds = BOUNDS) {
  return loadRows({ paths, kind: "bars", keyOf: (key) => key, today: tradingDayOf(30_000), bounds });
}

const closes = ({ series }: Awaited<ReturnType<typeof load>>) =>
  series.map(({ key, columns }) => [key, Array.from(columns.close)]);

describe("a folder", () => {
  it("[CL3a] is its files in the order of their paths, the later one correcting", async ({ expect }) => {
    write("a/005930.csv", SHARE);
    write("b/005930.csv", SHARE.replace("1,1,1,1,1", "2,2,2,2,2"));
    write("b/000660.csv.gz", gzipSync(SHARE));
    write(".hidden.csv", "x");
    write("__MACOSX/005930.csv", "x");
    const notes = write("README.md", "x");
    const loaded = await load([folder]);
    expect(closes(loaded)).toEqual([
      ["000660", [1]],
      ["005930", [2]],
    ]);
    expect([loaded.files, loaded.rows, loaded.accepted]).toEqual([3, 3, 2]);
    expect(loaded.refusals.first).toMatchObject([
      { file: join(folder, "a/005930.csv"), line: 2, key: "005930", reason: "duplicate_date" },
    ]);
    expect(describeNotRead(folder, loaded.notRead)).toEqual([`${folder}: 1 other file left alone: ${notes}`]);
  });

  it("[CL3a] counts and names what it cannot read, and takes no row of it", async ({ expect }) => {
    write("005930.csv", SHARE);
    write("000660.csv", `${SHARE}\u0000`);
    const late = write(
      "000040.csv",
      Buffer.concat([
        Buffer.from("Date,Open,High,Low,Close,Volume\n2025-06-17,1,1,1,1,1\n"),
        Uint8Array.of(0xff, 0x0a),
      ]),
    );
    const book = write("book.xlsx", zipSync({ "xl/workbook.xml": strToU8("<x/>") }));
    const empty = write("empty.csv", "");
    const loaded = await load([folder]);
    expect(closes(loaded).map(([key]) => key)).toEqual(["000660", "005930"]);
    expect(loaded.notRead.files).toEqual([
      { label: late, why: `${late}: not UTF-8: save the file as UTF-8` },
      {
        label: book,
        why: `${book}: an Excel workbook (.xlsx), not CSV: open it and choose File > Save As > CSV UTF-8, the column of codes as text`,
      },
      { label: empty, why: `${empty}: empty: the file has 0 bytes` },
    ]);
    expect(describeNotRead("f", loaded.notRead).slice(0, 2)).toEqual([
      "f: 3 files cannot be read",
      `  ${late}: not UTF-8: save the file as UTF-8`,
    ]);
  });

  it("[CL3a] without a file that can be read, and a missing one, end the command", async ({ expect }) => {
    await expect(load([folder])).rejects.toThrow(
      `${folder}: no file in it that can be read (.csv, .tsv, .txt, .gz, .zip)`,
    );
    await expect(load([join(folder, "none.csv")])).rejects.toThrow(
      `${join(folder, "none.csv")}: no such file`,
    );
    write("a.csv", "a,b\n");
    await expect(load([folder])).rejects.toThrow(`${join(folder, "a.csv")}: columns missing`);
    await expect(load([join(folder, "a.csv")])).rejects.toThrow(`${join(folder, "a.csv")}: columns missing`);
  });

  it("[CL3a] of too many files is refused before one is read", async ({ expect }) => {
    for (const name of ["1.csv", "2.csv", "3.csv"]) {
      write(name, "x");
    }
    await expect(entriesOf(folder, { file: 1, files: 2 })).rejects.toThrow(
      `${folder}: more than 2 files; import it folder by folder`,
    );
  });

  it("[FR2b] names a column once, whatever the number of files that have it", async ({ expect }) => {
    for (let i = 0; i < 20; i++) {
      write(`0000${10 + i}.csv`, "날짜,시가,고가,저가,종가,거래량,등락률\n2025-06-17,1,1,1,1,1,0.5\n");
    }
    const loaded = await load([folder]);
    expect(loaded.accepted).toBe(20);
    expect(describeNotRead("f", loaded.notRead)).toEqual(["f: columns not read: 등락률"]);
  });
});

describe("a zip", () => {
  it("[CL3a] is its files, also packed ones and those with names in CP949", async ({ expect }) => {
    const name = Array.from(encodeCp949("삼성전자_005930.csv"), (byte) => String.fromCharCode(byte)).join("");
    const path = write(
      "bars.zip",
      zipSync({
        "krx/": new Uint8Array(),
        "krx/000660.csv": [strToU8(SHARE), { level: 0 }],
        "krx/000040.csv.gz": gzipSync(SHARE),
        "krx/note.pdf.txt": strToU8("%PDF-1.7"),
        [name]: strToU8(SHARE),
        "readme.md": strToU8("x"),
      }),
    );
    const loaded = await load([path]);
    expect(closes(loaded).map(([key]) => key)).toEqual(["000040", "000660", "005930"]);
    expect(loaded.notRead.files.map(({ why }) => why)).toEqual([
      `${path}/krx/note.pdf.txt: a PDF, not CSV: download the table as CSV instead`,
    ]);
  });

  it("[CL3a] is read file by file, and what is left of one is passed over", async ({ expect }) => {
    const files = Object.fromEntries(
      ["1.csv", "2.csv", "3.csv"].map((name) => [name, strToU8(`${name}\n`.repeat(40_000))]),
    );
    const path = write("bars.zip", zipSync(files));
    const seen: string[] = [];
    for await (const { file, bytes } of contentsOf({ path, found: false })) {
      for await (const part of bytes) {
        seen.push(`${file} ${Buffer.from(part).toString().slice(0, 5)}`);
        break;
      }
    }
    expect(seen).toEqual(["1.csv 1.csv", "2.csv 2.csv", "3.csv 3.csv"]);
  });

  it("[CL3a] that is broken, cut short, or of no file is named", async ({ expect }) => {
    const whole = zipSync({ "005930.csv": strToU8(SHARE.repeat(5_000)) });
    const broken = whole.slice();
    broken.fill(0xff, 60, 120);
    await expect(load([write("broken.zip", broken)])).rejects.toThrow(/broken\.zip: cannot be unpacked \(/);
    await expect(load([write("short.zip", whole.subarray(0, 100))])).rejects.toThrow(
      /short\.zip: cannot be unpacked \(/,
    );
    await expect(load([write("other.zip", zipSync({ "a.md": strToU8("x") }))])).rejects.toThrow(
      /other\.zip: no file in it that can be read/,
    );
    await expect(load([write("nested.zip", zipSync({ "in.zip": whole }))])).rejects.toThrow(
      /nested\.zip\/in\.zip: not text: looks like a zip archive, unpack it first/,
    );
  });
});

describe("a bomb", () => {
  const bounds = { file: 1_000_000, files: 3 };
  const zeros = new Uint8Array(20_000_000).fill(0x30);

  it("[CL3a] is stopped at the bound and named", async ({ expect }) => {
    const text =
      "unpacks to more than 1000000 bytes, more than a file of bars can hold; unpack it and look at it";
    const packed = gzipSync(zeros);
    const gz = write("bomb.csv.gz", packed);
    await expect(load([gz], bounds)).rejects.toThrow(`${gz}: ${text}`);
    const zip = write("bomb.zip", zipSync({ "005930.csv": zeros }));
    await expect(load([zip], bounds)).rejects.toThrow(`${zip}/005930.csv: ${text}`);
    const both = write("both.zip", zipSync({ "005930.csv.gz": packed }));
    await expect(load([both], bounds)).rejects.toThrow(`${both}/005930.csv.gz: ${text}`);
  });

  it("[CL3a] of many files is stopped, too", async ({ expect }) => {
    const files = Object.fromEntries(
      ["1", "2", "3", "4"].map((name) => [`00000${name}.csv`, strToU8(SHARE)]),
    );
    const path = write("many.zip", zipSync(files));
    await expect(load([path], bounds)).rejects.toThrow(
      `${path}: more than 3 files in it; import it in parts`,
    );
  });
});

it("[IG8a] masters of several forms are one, what one leaves empty another keeps", async ({ expect }) => {
  const listing = write(
    "listing.csv",
    "Code,Name,Market,Dept,Close,Stocks\n005930,삼성전자,KOSPI,,1,5919637922\n124500,어떤바이오,KOSDAQ,관리종목(소속부없음),1,7\n",
  );
  const kind = write(
    "kind.csv",
    encodeCp949(
      "회사명,시장구분,종목코드,업종,주요제품,상장일\n삼성전자,유가,005930,통신 장비,반도체,1975/06/11\n어떤바이오,,124500,의약품,약,\n",
    ),
  );
  const masters = await loadMasters([listing, kind], (key) => tickerOf(key));
  expect(masters.merged.map(({ row }) => row)).toEqual([
    {
      ticker: "005930",
      name: "삼성전자",
      market: "KOSPI",
      department: null,
      industry: "통신 장비",
      listedOn: 1_987,
      listedShares: 5_919_637_922,
    },
    {
      ticker: "124500",
      name: "어떤바이오",
      market: "KOSDAQ",
      department: "관리종목(소속부없음)",
      industry: "의약품",
      listedOn: null,
      listedShares: 7,
    },
  ]);
  expect(masters.notRead.columns.map(({ name }) => name)).toEqual(["Close", "주요제품"]);
});
