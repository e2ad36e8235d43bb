/** The records of a CSV text. A broken quotation loses its own line only: a stray quote must not take the rest of a file with it. */
import Papa from "papaparse";

/** One record, which may span lines. */
export interface CsvRecord {
  /** `null`: its quotation is broken. */
  readonly cells: readonly string[] | null;
  /** How many lines of the text it takes; more than one when a quoted cell holds line breaks. */
  readonly lines: number;
}

/** In a text with a broken quotation, a quote that is not closed within so many lines is taken for a stray one. */
export const QUOTED_LINES = 100;

interface Format {
  readonly delimiter: string;
  readonly newline: "\n";
}

/** Lines that are parsed at a time: few, because the cells of a whole chunk take ten times its bytes. */
const LINES_AT_A_TIME = 1_000;

/**
 * In the order of the text; the first is the header. LF, CRLF and CR end a line. A quoted cell over several lines
 * counts as one only where its record fits the header: two stray quotes look like such a cell, too.
 */
export function recordsOf(text: string, delimiter = ","): Iterable<CsvRecord, undefined> {
  const format: Format = { delimiter, newline: "\n" };
  const unix = text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
  return unix.includes('"') ? quotedRecords(unix, format) : plainRecords(unix, format);
}

/** A text without quotes: every line is a record. */
function* plainRecords(text: string, format: Format): Iterable<CsvRecord, undefined> {
  for (let at = 0; at <= text.length;) {
    const end = endOfLines(text, at, LINES_AT_A_TIME);
    for (const cells of Papa.parse<string[]>(text.slice(at, end), { ...format, fastMode: true }).data) {
      yield { cells, lines: 1 };
    }
    at = end + 1;
  }
}

/** The place of the line end after `count` lines from `at`, or the end of the text. */
function endOfLines(text: string, at: number, count: number): number {
  let end = at - 1;
  for (let n = 0; n < count; n++) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) {
      return text.length;
    }
  }
  return end;
}

function quotedRecords(text: string, format: Format): readonly CsvRecord[] {
  const { data, errors } = Papa.parse<string[]>(text, format);
  const records = data.map((cells) => ({ cells, lines: linesIn(cells) }));
  const width = data[0]?.length ?? 0;
  const isWhole = errors.length === 0 && records.every((record) => fits(record, width));
  return isWhole ? records : resynced(text.split("\n"), width, format);
}

function fits(
  { cells, lines }: { readonly cells: readonly string[]; readonly lines: number },
  width: number,
): boolean {
  return lines === 1 || cells.length === width;
}

function linesIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 1);
}

/** The parser gives up the rest of the text at a broken quotation; this goes on with the next line. */
function resynced(lines: readonly string[], width: number, format: Format): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  for (let at = 0; at < lines.length;) {
    const record = recordAt(lines.slice(at, at + QUOTED_LINES), width, format);
    records.push(record);
    at += record.lines;
  }
  return records;
}

/** The record that begins with the first line: as few lines as make its quotations whole, or that line alone. */
function recordAt(lines: readonly string[], width: number, format: Format): CsvRecord {
  for (const [i, line] of lines.entries()) {
    if (i > 0 && !line.includes('"')) {
      continue;
    }
    const { data, errors } = Papa.parse<string[]>(lines.slice(0, i + 1).join("\n"), format);
    const record = { cells: data[0] ?? [""], lines: i + 1 };
    if (errors.length === 0 && fits(record, width)) {
      return record;
    }
    // Only a quotation that is still open can be made whole by a further line.
    if (errors.length === 0 || errors.some(({ code }) => code !== "MissingQuotes")) {
      break;
    }
  }
  return { cells: null, lines: 1 };
}
