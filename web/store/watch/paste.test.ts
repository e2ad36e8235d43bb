import fc from "fast-check";
import Papa from "papaparse";
import { describe, it } from "vitest";
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import { makeNameMap, type NameMap } from "../names/name-map.ts";
import { searchedNames } from "../names/searched-name.ts";
import { csvOf, tradingViewOf } from "./list-csv.ts";
import { MAX_NOTE, MAX_NOTES, tidyNote } from "./notes.ts";
import { bareCell } from "./pasted-cell.ts";
import { leftCount, leftText, previewPaste, type PasteRow } from "./judge-paste.ts";
import { MAX_PASTE_ROWS, pasteFailure } from "./paste.ts";
import { textOfFile } from "./read-file.ts";
import { MAX_ENTRIES } from "./watch-list.ts";

const noPause = (): Promise<void> => Promise.resolve();

function listed(ticker: string, name: string, name_en: string | null = null): ListedName {
  return { ticker, name, name_en, market: "KOSPI" };
}

const NAMES = makeNameMap(
  "KRX",
  await searchedNames(
    [
      listed("005930", "삼성전자", "Samsung Electronics"),
      listed("005935", "삼성전자우", "Samsung Electronics Pref"),
      listed("009150", "삼성전기"),
      listed("000660", "SK하이닉스", "SK hynix"),
      listed("035420", "NAVER"),
      listed("383220", "F&F"),
      listed("0013A0", "한화엔진"),
      listed("100010", "하나", "Twin"),
      listed("100020", "두나", "Twin"),
    ],
    noPause,
  ),
);

const EMPTY = { has: () => false, count: 0, noteOf: () => "", notes: 0 };

function meant(row: PasteRow): string {
  return row.kind === "unknown"
    ? `?${row.reason}`
    : row.kind === "ambiguous"
      ? `~${row.candidates.map(({ ticker }) => ticker).join("|")}`
      : row.stock.ticker;
}

function readAs(text: string, names: NameMap = NAMES): readonly string[] {
  return previewPaste(text, names, EMPTY).rows.map(meant);
}

describe("pasted text", () => {
  it.for([
    ["KRX:005930,KRX:000660", ["005930", "000660"]],
    ["005930.KS\n035420.KQ\nA000660\nkr7005930003", ["005930", "035420", "000660", "005930"]],
    ["\n\n005930\n\n \t \nNAVER\n", ["005930", "035420"]],
    ["005930 000660 035420", ["005930", "000660", "035420"]],
    ["삼성전자\tSK하이닉스\tF&F", ["005930", "000660", "383220"]],
    ["SK 하이닉스; samsung electronics", ["000660", "005930"]],
    ["삼성전자(005930)\n005930 삼성전자", ["005930", "005930"]],
    ["005930 삼성전자 000660 SK하이닉스", ["005930", "000660"]],
    ["hanhwaenjin\nNAVER", ["0013A0", "035420"]],
    ["660\n5930", ["000660", "005930"]],
    ["0013a0\uff10", ["?name"]],
    ["\uff10\uff10\uff15\uff19\uff13\uff10", ["005930"]],
    ['="005930"\t삼성전자\t71,900\t+1.20%\tKOSPI', ["005930"]],
    ["005930,삼성전자,반도체,71900", ["005930"]],
    ["삼성전자,KOSPI,71,900,+0.5%", ["005930"]],
    ['"삼성전자","SK하이닉스"', ["005930", "000660"]],
    ["종목코드,종목명,현재가\n5930,삼성전자,71900\n660,,1", ["005930", "000660"]],
    ["종목명\n삼성전자\n없는회사", ["005930", "?name"]],
  ] as const)("[UI212] %j is read as %j", ([text, tickers], { expect }) => {
    expect(readAs(text)).toEqual(tickers);
  });

  it.for([
    ["삼성", "~009150|005930|005935"],
    ["twin", "~100010|100020"],
    ["코스피", "?name"],
    ["없는회사\t71,900\t+0.5%\tKOSPI", "?name"],
    ["999999", "?code"],
    ["D00001", "?exchange"],
    ["없는회사", "?name"],
    ["가".repeat(101), "?cell"],
    ["005930 SK하이닉스", "~005930|000660"],
    ["code,name\n005930,SK하이닉스", "~005930|000660"],
  ] as const)("[UI212] %j is not taken without the reader: %s", ([text, meaning], { expect }) => {
    expect(readAs(text)).toEqual([meaning]);
  });

  it("[UI212] names the line of each row, and which are on the list or twice in the text", ({ expect }) => {
    const { rows } = previewPaste("\n005930, 없는회사\r\n\r\n000660\r5930\nNAVER", NAMES, {
      ...EMPTY,
      has: (ticker) => ticker === "000660",
    });
    expect(rows.map((row) => [row.line, row.kind, meant(row)])).toEqual([
      [2, "new", "005930"],
      [2, "unknown", "?name"],
      [4, "known", "000660"],
      [5, "again", "005930"],
      [6, "new", "035420"],
    ]);
  });

  it("[UI212] keeps in the text all that was not taken, and of a line only that", ({ expect }) => {
    const pasted = previewPaste("005930, 없는회사, 999999\n삼성\n000660\nmoon", NAMES, EMPTY);
    const isTaken = ({ kind }: PasteRow): boolean => kind === "new";
    expect(leftText(pasted, isTaken)).toBe("없는회사, 999999\n삼성\nmoon");
    expect(leftText(pasted, () => true)).toBe("");
    const table = previewPaste('code,note\n005930,a\nmoon,"b, ""c""\nd"\n', NAMES, EMPTY);
    expect(leftText(table, isTaken)).toBe('code,note\nmoon,"b, ""c""\nd"');
    expect([leftCount(pasted, isTaken), leftCount(pasted, () => true), leftCount(table, isTaken)]).toEqual([
      3, 0, 1,
    ]);
  });

  it("[UI212] takes no note that would not be kept whole, however many rows bring it", ({ expect }) => {
    const [half, other] = ["x".repeat(MAX_NOTE - 100), "y".repeat(MAX_NOTE - 100)];
    const text = `code,note\n005930,${half}\n005930,${other}\n005930,${half}\n000660,a\n035420,b`;
    expect(previewPaste(text, NAMES, EMPTY).rows.map(meant)).toEqual([
      "005930",
      "?note",
      "005930",
      "000660",
      "035420",
    ]);
    const nearlyFull = {
      ...EMPTY,
      notes: MAX_NOTES - 1,
      noteOf: (one: string) => (one === "000660" ? "c" : ""),
    };
    expect(previewPaste(text, NAMES, nearlyFull).rows.map(meant)).toEqual([
      "005930",
      "?note",
      "005930",
      "000660",
      "?notes",
    ]);
  });

  it("[UI212] swallows no line behind a stray quote", ({ expect }) => {
    expect(readAs('code,name\n005930,"삼성전자\n000660,x\n035420,y')).toEqual(["005930", "000660", "035420"]);
    expect(readAs('"005930\n000660"')).toEqual(["005930", "000660"]);
  });

  it("[UI212] takes no more than a list holds, and nothing over the bounds of a text", ({ expect }) => {
    const { rows } = previewPaste("005930\n000660\n035420", NAMES, { ...EMPTY, count: MAX_ENTRIES - 1 });
    expect(rows.map(meant)).toEqual(["005930", "?full", "?full"]);
    const again = previewPaste("005930\n000660\n000660", NAMES, { ...EMPTY, count: MAX_ENTRIES - 1 });
    expect(again.rows.map(meant)).toEqual(["005930", "?full", "?full"]);
    expect(pasteFailure("a\n".repeat(MAX_PASTE_ROWS))).toBeNull();
    expect(pasteFailure("a\n".repeat(MAX_PASTE_ROWS + 2))?.kind).toBe("rows");
    expect(pasteFailure("가".repeat(700_000))).toEqual({ kind: "bytes", found: 2_100_000, most: 2_000_000 });
  });

  it("[UI212] nothing is lost, whatever is pasted", ({ expect }) => {
    const cell = fc.oneof(
      fc.constantFrom(
        "005930",
        "KRX:000660",
        "삼성전자",
        "삼성",
        "moon",
        "660",
        '"',
        "F&F",
        "KOSPI",
        "71,900",
        "",
      ),
      fc.string({ maxLength: 8 }),
    );
    const text = fc
      .array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 })
      .chain((lines) =>
        fc.constantFrom(",", "\t", ";", " ").map((by) => lines.map((cells) => cells.join(by)).join("\n")),
      );
    fc.assert(
      fc.property(text, (pasted) => {
        const preview = previewPaste(pasted, NAMES, EMPTY);
        const left = leftText(preview, ({ kind }) => kind !== "unknown" && kind !== "ambiguous");
        // Every line has a row, and what stays is read again as what was not taken.
        expect(new Set(preview.rows.map(({ line }) => line)).size).toBe(
          preview.records.filter(hasText).length,
        );
        for (const row of preview.rows.filter(({ kind }) => kind === "unknown" || kind === "ambiguous")) {
          const record = preview.records.find(({ line }) => line === row.line);
          expect(left.includes(row.typed) || left.includes(record?.text ?? "\n\n")).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function hasText({ cells }: { readonly cells: readonly string[] }): boolean {
  return cells.some((cell) => bareCell(cell) !== "");
}

/** A name as another program could have one: signs of CSV, of formulas and of other scripts. */
const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        ",",
        ";",
        "\t",
        "\n",
        "=",
        "+",
        "-",
        "@",
        "'",
        " ",
        "<b>",
        "\u0000",
        "가",
        "é",
        "🙂",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("files of a list", () => {
  it("[UI213] what is exported as CSV comes back the same, whatever names and notes hold", async ({
    expect,
  }) => {
    const stock = fc.record({
      name: HOSTILE,
      nameEn: fc.option(HOSTILE),
      note: HOSTILE,
      at: fc.date({ noInvalidDate: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(stock, { minLength: 1, maxLength: 12 }), HOSTILE, async (stocks, list) => {
        const all = stocks.map(({ name, nameEn }, i) => listed(String(100_000 + i), name, nameEn));
        const names = makeNameMap("KRX", await searchedNames(all, noPause));
        const rows = stocks.map(({ name, nameEn, note, at }, i) => ({
          ticker: String(100_000 + i),
          name,
          nameEn: nameEn ?? "",
          market: "KOSPI",
          note: tidyNote(note.slice(0, MAX_NOTE)),
          added: at.getUTCFullYear() > 1999 && at.getUTCFullYear() < 10_000 ? at.toISOString() : null,
        }));
        const file = textOfFile(new TextEncoder().encode(csvOf([{ name: list, rows }])));
        const preview = previewPaste("text" in file ? file.text : "", names, EMPTY);
        expect(
          preview.rows.map((row) =>
            row.kind === "new" ? { ticker: row.stock.ticker, note: row.note, added: row.added } : row,
          ),
        ).toEqual(rows.map(({ ticker, note, added }) => ({ ticker, note, added })));
        // No cell is a formula, as a spreadsheet would see it.
        const cells = Papa.parse<string[]>("text" in file ? file.text : "", {
          delimiter: ",",
          newline: "\r\n",
        }).data.flat();
        expect(cells.filter((cell) => /^[=+\-@＝＋－＠\t\r\n]/u.test(cell))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("[UI213] names of TradingView are of the exchange that it has, and come back", ({ expect }) => {
    const text = tradingViewOf([{ ticker: "005930" }, { ticker: "D00001" }, { ticker: "0013A0" }]);
    expect(text).toBe("KRX:005930,KRX:0013A0");
    expect(readAs(text)).toEqual(["005930", "0013A0"]);
    expect(tradingViewOf([{ ticker: "D00001" }])).toBe("");
  });

  it("[UI213] reads the text of each encoding, and refuses what is no text", ({ expect }) => {
    const wide = (text: string): number[] =>
      Array.from(text).flatMap((sign) => {
        const code = sign.codePointAt(0) ?? 0;
        return [code & 0xff, code >> 8];
      });
    const read = (bytes: readonly number[]): unknown => Object.values(textOfFile(Uint8Array.from(bytes)))[0];
    expect(read([0xef, 0xbb, 0xbf, 0x41])).toBe("A");
    expect(read([0xff, 0xfe, ...wide("삼성")])).toBe("삼성");
    expect(read(wide("005930\n"))).toBe("005930\n");
    // The syllables that CP949 alone has are read in a browser: Node knows the smaller EUC-KR only.
    expect(read([0xbb, 0xef, 0xbc, 0xba, 0xc0, 0xfc, 0xc0, 0xda])).toBe("삼성전자");
    expect(read([0x50, 0x4b, 0x03, 0x04, 1])).toBe("workbook");
    expect(read([0x41, 0, 0, 0xff, 0])).toBe("encoding");
  });
});
