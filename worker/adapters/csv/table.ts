/** The lines of a CSV text under a header row: which column stands where, and which lines fit the header. */
import type { RejectedLine, UnreadableFile } from "../../app/ports/import-file.ts";
import { recordsOf } from "./records.ts";

export interface ColumnNames<Name extends string> {
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
}

export interface TableLine {
  /** Counts from 1 in the file, the header included. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table<Name extends string> {
  /** The place of each named column that the header has. */
  readonly places: ReadonlyMap<Name, number>;
  readonly lines: readonly TableLine[];
  readonly rejected: readonly RejectedLine[];
}

/** Header names are compared without case and surrounding blanks; unknown columns are ignored. */
function placesOf<Name extends string>(
  header: readonly string[],
  names: ColumnNames<Name>,
): ReadonlyMap<Name, number> | UnreadableFile {
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

/**
 * Lines that fit the header, and those that do not (`wrong_field_count`, `bad_quotes`). Blank lines are no lines.
 * `firstLine` is the number, in the file the text was cut from, of the line after the header: 2 for a whole file.
 */
export function readTable<Name extends string>(
  text: string,
  names: ColumnNames<Name>,
  firstLine: number,
): Table<Name> | UnreadableFile {
  const [head, ...records] = recordsOf(text);
  const header = head?.cells ?? [];
  if (header.every((name) => name.trim() === "")) {
    return { unreadable: "no header: the first line must name the columns" };
  }
  const places = placesOf(header, names);
  if ("unreadable" in places) {
    return places;
  }
  const lines: TableLine[] = [];
  const rejected: RejectedLine[] = [];
  let line = firstLine;
  for (const { cells, lines: taken } of records) {
    if (cells === null) {
      rejected.push({ line, key: null, date: null, reason: "bad_quotes" });
    } else if (cells.length === header.length) {
      lines.push({ line, cells });
    } else if (cells.length > 1 || cells[0]?.trim() !== "") {
      rejected.push({ line, key: null, date: null, reason: "wrong_field_count" });
    }
    line += taken;
  }
  return { places, lines, rejected };
}
