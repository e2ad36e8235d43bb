/** What a pasted text means, cell by cell, before anything is known of the lists that take it. */
import type { NameMap } from "../names/name-map.ts";
import { plainCell } from "./list-csv.ts";
import { tidyNote } from "./notes.ts";
import { bareCell, type CellMeaning, isShortCode, meaningOf } from "./pasted-cell.ts";
import { type Columns, type PastedRecord, tableOf } from "./pasted-table.ts";

/** Of one paste or file: whole lists with their notes fit. */
export const MAX_PASTE_BYTES = 2_000_000;
export const MAX_PASTE_ROWS = 5_000;

/** One stock of the text, one that the reader has to choose, or what nobody knows. */
export interface PastedItem {
  /** Of the text, from 1. */
  readonly line: number;
  /** What it was read from: a cell, or the record where that means one stock. */
  readonly typed: string;
  readonly meaning: CellMeaning;
  readonly note: string;
  readonly added: string | null;
  /** The name of the list that the record names, empty for none. */
  readonly list: string;
}

export interface PastedText {
  readonly items: readonly PastedItem[];
  readonly records: readonly PastedRecord[];
  readonly heading: string;
}

export type PasteFailure = { readonly kind: "bytes" | "rows"; readonly found: number; readonly most: number };

/** Prices, shares, dates and boards that stand beside a stock in a copied line. */
const BESIDE =
  /^(?:[-+−▲▼△▽]?\s*[\d.,]+\s*(?:%|원|주|배|x|만|억|조|krw)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|kospi|kosdaq|konex|코스피|코스닥|코넥스|[-–—])$/iu;
const CODE_WIDTH = /^\d{6}$/u;

type Found = { readonly typed: string; readonly meaning: CellMeaning };

/** A line without heading: each cell is a stock, or, beside a code with its own name, a column. */
function lineRows(record: PastedRecord, names: NameMap): readonly Found[] {
  const cells = record.cells.map(bareCell).filter((cell) => cell !== "");
  const isPadded = cells.every(isShortCode);
  const found = cells.map((typed) => ({ typed, meaning: meaningOf(typed, names, isPadded) }));
  const coded = found.flatMap(({ meaning }) =>
    meaning.kind === "stocks" && meaning.by === "code" ? meaning.stocks : [],
  );
  const own = found.filter(
    ({ meaning }) =>
      meaning.kind === "stocks" && meaning.by === "name" && meaning.stocks.some((one) => coded.includes(one)),
  );
  const [only] = coded;
  const others = found.filter((one) => !own.includes(one) && one.meaning.kind === "stocks");
  if (own.length > 0 && found.length > 2 && others.length === 1 && only !== undefined) {
    return [{ typed: record.text, meaning: { kind: "stocks", stocks: [only], by: "code" } }];
  }
  const isBeside = ({ typed, meaning }: Found): boolean =>
    meaning.kind !== "stocks" && BESIDE.test(typed) && !CODE_WIDTH.test(typed);
  const isMore = found.some((one) => !isBeside(one));
  return found.filter((one) => !own.includes(one) && !(isMore && isBeside(one)));
}

/** A record of a table: its code, or else its name; where they are of two stocks the reader chooses. */
function recordRow(record: PastedRecord, columns: Columns, names: NameMap): Found {
  const cell = (at: number): string => bareCell(plainCell(record.cells[at] ?? ""));
  const [code, name] = [cell(columns.code), cell(columns.name) || cell(columns.nameEn)];
  const coded = code === "" ? null : meaningOf(code, names, true);
  const typed = record.text;
  if (coded?.kind === "stocks" && coded.stocks.length === 1) {
    const named = names.exact(name);
    const isOther = named.length > 0 && !named.some((one) => coded.stocks.includes(one));
    return isOther
      ? { typed, meaning: { kind: "ambiguous", candidates: [...coded.stocks, ...named] } }
      : { typed, meaning: coded };
  }
  const named = name === "" ? null : meaningOf(name, names, false);
  const met = named?.kind === "unknown" ? null : named;
  return { typed, meaning: met ?? coded ?? named ?? { kind: "unknown", reason: "name" } };
}

function timeOf(text: string): string | null {
  const at = /^\d{4}-\d\d-\d\d/u.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** `null` where the text is within its bounds. */
export function pasteFailure(text: string): PasteFailure | null {
  // No text has more bytes than three a unit: most are not measured.
  const bytes = text.length * 3 <= MAX_PASTE_BYTES ? 0 : new TextEncoder().encode(text).length;
  if (bytes > MAX_PASTE_BYTES) {
    return { kind: "bytes", found: bytes, most: MAX_PASTE_BYTES };
  }
  const rows = (text.match(/\n|\r(?!\n)/gu)?.length ?? 0) + 1;
  return rows > MAX_PASTE_ROWS + 1 ? { kind: "rows", found: rows, most: MAX_PASTE_ROWS } : null;
}

/** `text` within {@link pasteFailure}; linear in it, whatever it holds. */
export function parsePaste(text: string, names: NameMap): PastedText {
  const { columns, heading, records } = tableOf(text);
  const items = records.flatMap((record): readonly PastedItem[] => {
    const { line, cells } = record;
    if (columns === null) {
      return lineRows(record, names).map((found) => ({ line, ...found, note: "", added: null, list: "" }));
    }
    const cell = (at: number): string => plainCell(cells[at] ?? "");
    const note = tidyNote(cell(columns.note));
    const list = cell(columns.list).trim();
    return [{ line, ...recordRow(record, columns, names), note, added: timeOf(cell(columns.added)), list }];
  });
  return { items, records, heading };
}
