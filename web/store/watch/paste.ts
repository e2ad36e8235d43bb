/** What a pasted text would bring to a list, row by row, and what of it stays because nobody knows what it means. */
import type { ListedName } from "../../../worker/protocol/rest/names.ts";
import type { NameMap } from "../names/name-map.ts";
import { plainCell } from "./list-csv.ts";
import { isLong, MAX_NOTES, tidyNote } from "./notes.ts";
import { bareCell, type CellMeaning, isShortCode, meaningOf, type UnknownReason } from "./pasted-cell.ts";
import { type Columns, type PastedRecord, tableOf } from "./pasted-table.ts";
import { MAX_ENTRIES } from "./watch-list.ts";

/** Of one paste or file: whole lists with their notes fit. */
export const MAX_PASTE_BYTES = 2_000_000;
export const MAX_PASTE_ROWS = 5_000;

/** `full`: the list; `note`: one that would be too long; `notes`: one more than the device keeps. */
export type RowReason = UnknownReason | "full" | "note" | "notes";
type TakenKind = "new" | "known" | "again";

interface RowText {
  /** Of the text, from 1. */
  readonly line: number;
  /** What it was read from: a cell, or the record where that means one stock. */
  readonly typed: string;
}

export type PasteRow = RowText &
  (
    | {
        /** `known`: on the list already. `again`: an earlier row of the text brings it. */
        readonly kind: TakenKind;
        readonly stock: ListedName;
        readonly note: string;
        readonly added: string | null;
      }
    | { readonly kind: "ambiguous"; readonly candidates: readonly ListedName[] }
    | { readonly kind: "unknown"; readonly reason: RowReason }
  );

export interface Pasted {
  readonly rows: readonly PasteRow[];
  readonly records: readonly PastedRecord[];
  readonly heading: string;
}

/** What the list holds already. */
export interface PasteTarget {
  has(ticker: string): boolean;
  readonly count: number;
  /** The note that the device has of a stock, empty for none. */
  noteOf(ticker: string): string;
  /** How many notes the device has. */
  readonly notes: number;
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

/** Both notes where they differ: an import takes no text away. */
export function mergedNote(before: string, next: string): string {
  return before.includes(next) ? before : before === "" ? next : `${before}\n${next}`;
}

/** What the next stock of a text comes to: each takes room, and several rows may bring a note on one stock. */
function makeJudge(target: PasteTarget): (ticker: string, note: string) => TakenKind | RowReason {
  const seen = new Set<string>();
  const noted = new Map<string, string>();
  let room = MAX_ENTRIES - target.count;
  let noteRoom = MAX_NOTES - target.notes;
  return (ticker, note) => {
    const before = noted.get(ticker) ?? target.noteOf(ticker);
    const merged = note === "" ? before : mergedNote(before, note);
    const isNewNote = before === "" && merged !== "";
    const kind = target.has(ticker) ? "known" : seen.has(ticker) ? "again" : "new";
    const refusal = isLong(merged)
      ? "note"
      : kind === "new" && room <= 0
        ? "full"
        : isNewNote && noteRoom <= 0
          ? "notes"
          : null;
    if (refusal === null) {
      seen.add(ticker);
      noted.set(ticker, merged);
      room -= kind === "new" ? 1 : 0;
      noteRoom -= isNewNote ? 1 : 0;
    }
    return refusal ?? kind;
  };
}

/** `text` within {@link pasteFailure}; linear in it, whatever it holds. */
export function previewPaste(text: string, names: NameMap, target: PasteTarget): Pasted {
  const { columns, heading, records } = tableOf(text);
  const judge = makeJudge(target);
  const rows: PasteRow[] = [];
  const put = (line: number, { typed, meaning }: Found, note: string, added: string | null): void => {
    if (meaning.kind !== "stocks") {
      rows.push({ line, typed, ...meaning });
      return;
    }
    for (const stock of meaning.stocks) {
      const answer = judge(stock.ticker, note);
      const isTaken = answer === "new" || answer === "known" || answer === "again";
      rows.push(
        isTaken
          ? { line, typed, kind: answer, stock, note, added }
          : { line, typed, kind: "unknown", reason: answer },
      );
    }
  };
  for (const record of records) {
    if (columns === null) {
      lineRows(record, names).forEach((found) => {
        put(record.line, found, "", null);
      });
    } else {
      const note = tidyNote(plainCell(record.cells[columns.note] ?? ""));
      put(record.line, recordRow(record, columns, names), note, timeOf(record.cells[columns.added] ?? ""));
    }
  }
  return { rows, records, heading };
}

/** Of each record of which something was not taken: all of it, or the cells that were not. `taken`: by row. */
function leftRecords({ rows, records }: Pasted, taken: (row: PasteRow) => boolean): readonly string[] {
  const left = new Map<number, string[]>();
  const counts = new Map<number, number>();
  for (const row of rows) {
    counts.set(row.line, (counts.get(row.line) ?? 0) + 1);
    if (!taken(row)) {
      left.set(row.line, [...(left.get(row.line) ?? []), row.typed]);
    }
  }
  return records.flatMap(({ line, text }) => {
    const rest = left.get(line);
    return rest === undefined ? [] : [rest.length === counts.get(line) ? text : rest.join(", ")];
  });
}

/** Records of which something stays: a heading is none, and a cell of several lines is of one. */
export function leftCount(pasted: Pasted, taken: (row: PasteRow) => boolean): number {
  return leftRecords(pasted, taken).length;
}

/** The text that stays after an import: what was not taken, its heading before it. */
export function leftText(pasted: Pasted, taken: (row: PasteRow) => boolean): string {
  const left = leftRecords(pasted, taken);
  return (pasted.heading === "" || left.length === 0 ? left : [pasted.heading, ...left]).join("\n");
}
