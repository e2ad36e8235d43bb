/** The lines of a CSV file under a header row: its text, its columns, its cells. */
import type { ReadFile, ReadLine, UnreadableFile } from "../../app/ports/ingest.ts";
import { type RejectedLine, RejectedLines } from "../../app/ports/rejected-lines.ts";
import { type CsvRecord, recordsOf } from "./records.ts";

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const TICKER = /^[A-Z0-9.]{1,12}$/;

/** `undefined` stands for a column that the file does not have; it reads as an empty cell. */
export function cellAt(cells: readonly string[], place: number | undefined): string {
  return place === undefined ? "" : (cells[place] ?? "").trim();
}

/** Plain decimals only: `1e3`, `1,000`, `+1`, `NaN` and the empty cell are no numbers (`null`). */
export function parseDecimal(cell: string): number | null {
  // Adding 0 turns -0 into 0: the two would count as different rows later.
  return DECIMAL.test(cell) ? Number(cell) + 0 : null;
}

/** Raised to upper case and kept as text, so that leading zeros stay; `null` when it can be no ticker. */
export function parseKey(cell: string): string | null {
  const raised = cell.toUpperCase();
  return TICKER.test(raised) ? raised : null;
}

interface ColumnNames<Name extends string> {
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
}

/** A record below the header. */
export interface TableLine {
  /** Counts from 1 in the file, the header included. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The place of each named column that the header has. */
export type Places<Name extends string> = ReadonlyMap<Name, number>;

/** Header names are compared without case and surrounding blanks; unknown columns are ignored. */
function placesOf<Name extends string>(
  header: readonly string[],
  names: ColumnNames<Name>,
): Places<Name> | UnreadableFile {
  const found = header.map((name) => name.trim().toLowerCase());
  const known = [...names.required, ...names.optional];
  const twice = known.filter((name) => found.indexOf(name) !== found.lastIndexOf(name));
  if (twice.length > 0) {
    return { unreadable: `columns named twice: ${twice.join(", ")}` };
  }
  const missing = names.required.filter((name) => !found.includes(name));
  if (missing.length > 0) {
    return { unreadable: `columns missing: ${missing.join(", ")} (the header has: ${found.join(", ")})` };
  }
  return new Map(known.filter((name) => found.includes(name)).map((name) => [name, found.indexOf(name)]));
}

const GZIP = [0x1f, 0x8b];
const UTF16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function decodesAs(label: string, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Strict UTF-8; a byte order mark is dropped. Other encodings are refused: a wrong guess would corrupt names without an error. */
export function decodeText(bytes: Uint8Array): string | UnreadableFile {
  if (bytes.length === 0) {
    return { unreadable: "empty: the file has 0 bytes" };
  }
  if (beginsWith(bytes, GZIP)) {
    return { unreadable: "not text: looks like gzip, unpack it first" };
  }
  if (UTF16_MARKS.some((mark) => beginsWith(bytes, mark))) {
    return { unreadable: "not UTF-8 (looks like UTF-16): save the file as UTF-8" };
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    const guess = decodesAs("euc-kr", bytes) ? " (looks like CP949)" : "";
    return { unreadable: `not UTF-8${guess}: save the file as UTF-8` };
  }
}

/**
 * The lines of a file of these columns, each by the parser that `parserOf` makes once for the file. A line that does not fit the
 * header is refused (`wrong_field_count`, `bad_quotes`); blank lines are no lines. `firstLine` is the number, in the file the
 * bytes were cut from, of the line after the header: 2 for a whole file.
 */
export function readFile<Name extends string, T>(
  bytes: Uint8Array,
  names: ColumnNames<Name>,
  firstLine: number,
  parserOf: (places: Places<Name>) => (line: TableLine) => ReadLine<T> | RejectedLine,
): ReadFile<T> | UnreadableFile {
  const text = decodeText(bytes);
  if (typeof text !== "string") {
    return text;
  }
  const records = recordsOf(text)[Symbol.iterator]();
  const header = records.next().value?.cells ?? [];
  if (header.every((name) => name.trim() === "")) {
    return { unreadable: "no header: the first line must name the columns" };
  }
  const places = placesOf(header, names);
  return "unreadable" in places ? places : readLines(records, header.length, firstLine, parserOf(places));
}

/** One record at a time: a chunk's cells are never in memory together. */
function readLines<T>(
  records: Iterator<CsvRecord, undefined>,
  width: number,
  firstLine: number,
  parse: (line: TableLine) => ReadLine<T> | RejectedLine,
): ReadFile<T> {
  const lines: ReadLine<T>[] = [];
  const rejected = new RejectedLines();
  let line = firstLine;
  for (let { value } = records.next(); value !== undefined; { value } = records.next()) {
    const { cells, lines: taken } = value;
    const read = readRecord(line, cells, width, parse);
    if (read !== null && "reason" in read) {
      rejected.add(read);
    } else if (read !== null) {
      lines.push(read);
    }
    line += taken;
  }
  return { lines, rejected: rejected.first(), rejectedCounts: rejected.counts() };
}

/** `null` for a blank line. */
function readRecord<T>(
  line: number,
  cells: readonly string[] | null,
  width: number,
  parse: (line: TableLine) => ReadLine<T> | RejectedLine,
): ReadLine<T> | RejectedLine | null {
  if (cells === null) {
    return { line, key: null, date: null, reason: "bad_quotes" };
  }
  if (cells.length === width) {
    return parse({ line, cells });
  }
  return cells.length > 1 || cells[0]?.trim() !== ""
    ? { line, key: null, date: null, reason: "wrong_field_count" }
    : null;
}
