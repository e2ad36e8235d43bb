/** The lines of a CSV file under a header row: its delimiter, its form, its columns, its cells. */
import type { ReadFile, ReadLine, UnreadableFile, UnreadColumn } from "../../app/ports/ingest.ts";
import { type RejectedLine, RejectedLines } from "../../app/ports/rejected-lines.ts";
import { type Column, isColumnName, namesOf, nearColumn, normalName } from "./columns.ts";
import { decodeText } from "./encoding.ts";
import { type Form, formOf, TABLE_FORM } from "./forms.ts";
import { type CsvRecord, recordsOf } from "./records.ts";

/** A record below the header. */
export interface TableLine {
  /** Counts from 1 in the file, the header included. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The place of each column that the header has. */
export type Places = ReadonlyMap<Column, number>;

/** What a header states. */
export interface Header {
  readonly form: Form;
  readonly places: Places;
  /** Named columns that nothing is read from. */
  readonly unread: readonly UnreadColumn[];
  /** As it stands in the file. */
  readonly names: readonly string[];
}

/** A file's header, and what stands below it. */
export interface Table extends Header {
  /**
   * Each line by a parser, one record at a time: a chunk's cells are never in memory together. A line that does not fit the
   * header is refused (`wrong_field_count`, `bad_quotes`); blank lines are no lines, and neither are those of which the
   * parser makes `null`. To be called once.
   */
  readonly read: <T>(parse: LineParser<T>) => Pick<ReadFile<T>, "lines" | "rejected" | "rejectedCounts">;
}

type LineParser<T> = (line: TableLine) => ReadLine<T> | RejectedLine | null;

const DELIMITERS = [",", "\t", ";"] as const;

/** The one under which most names of the first line are known; the comma where there is none. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const line = end < 0 ? text : text.slice(0, end);
  const known = DELIMITERS.map((delimiter) => {
    const [head] = recordsOf(line, delimiter);
    const names = head?.cells ?? [];
    return { delimiter, count: names.filter(isColumnName).length };
  });
  return known.reduce((best, own) => (own.count > best.count ? own : best)).delimiter;
}

/** A name that a program wrote before the column of row numbers, and none. */
function isNameless(name: string): boolean {
  return name === "" || /^unnamed:\d+$/.test(name);
}

/** FR2: each wanted column by the form's own meaning, else by the table of names. */
function readHeader(header: readonly string[], wanted: readonly Column[]): Header | UnreadableFile {
  const names = header.map(normalName);
  const form = formOf(names);
  const meanings = new Map(Object.entries(form.means).map(([name, column]) => [normalName(name), column]));
  const places = new Map<Column, number>();
  const twice: Column[] = [];
  for (const column of wanted) {
    const found = names.flatMap((name, place) => {
      const own = meanings.has(name) ? meanings.get(name) === column : namesOf(column).includes(name);
      return own ? [place] : [];
    });
    const [place, ...others] = found;
    if (others.length > 0) {
      twice.push(column);
    } else if (place !== undefined) {
      places.set(column, place);
    }
  }
  if (twice.length > 0) {
    return { unreadable: `columns named twice: ${twice.join(", ")} (the header has: ${list(header)})` };
  }
  const read = new Set(places.values());
  const missing = wanted.filter((column) => !places.has(column));
  const unread = header.flatMap((name, place) =>
    read.has(place) || isNameless(names[place] ?? "")
      ? []
      : // A form that is known is written by a program: its further columns are no slips of the pen.
        [{ name: name.trim(), meant: form === TABLE_FORM ? nearColumn(name, missing) : null }],
  );
  return { form, places, unread, names: header };
}

function list(header: readonly string[]): string {
  return header.map((name) => name.trim()).join(", ");
}

/** Why a file without these columns is refused; slips of the pen are named with what they should be. */
export function describeMissing(missing: readonly string[], { names, unread }: Header): string {
  const slips = unread.flatMap(({ name, meant }) => (meant === null ? [] : [`"${name}" should be ${meant}`]));
  const near = slips.length === 0 ? "" : `; ${slips.join(", ")}`;
  return `columns missing: ${missing.join(", ")} (the header has: ${list(names)})${near}`;
}

/**
 * `firstLine` is the number, in the file the bytes were cut from, of the line after the header: 2 for a whole file. `file` is
 * its name, for the command that converts it.
 */
export function readTable(
  bytes: Uint8Array,
  wanted: readonly Column[],
  firstLine: number,
  file?: string,
): Table | UnreadableFile {
  const text = decodeText(bytes, file);
  if (typeof text !== "string") {
    return text;
  }
  const records = recordsOf(text, delimiterOf(text))[Symbol.iterator]();
  const names = records.next().value?.cells ?? [];
  if (names.every((name) => name.trim() === "")) {
    return { unreadable: "no header: the first line must name the columns" };
  }
  const header = readHeader(names, wanted);
  return "unreadable" in header
    ? header
    : { ...header, read: (parse) => readLines(records, names.length, firstLine, parse) };
}

function readLines<T>(
  records: Iterator<CsvRecord, undefined>,
  width: number,
  firstLine: number,
  parse: LineParser<T>,
): Pick<ReadFile<T>, "lines" | "rejected" | "rejectedCounts"> {
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
  parse: LineParser<T>,
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
