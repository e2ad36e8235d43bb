/** Daily bars of the two indices: `index,date,open,high,low,close,volume`. */
import type { ReadFile, ReadLine, RejectedLine, UnreadableFile } from "../../app/ports/import-file.ts";
import type { Row } from "../../core/bars/columns.ts";
import { INDEX_CODES, type IndexCode } from "../../core/instrument/instrument.ts";
import { cellAt } from "./cell.ts";
import { decodeText } from "./decode-text.ts";
import { EXTRA_COLUMNS, makeLineParser, PRICE_COLUMNS } from "./price-line.ts";
import { readTable } from "./table.ts";

const COLUMNS = { required: ["index", ...PRICE_COLUMNS], optional: EXTRA_COLUMNS } as const;

export interface IndexRow {
  readonly code: IndexCode;
  readonly row: Row;
}

function parseCode(cell: string): IndexCode | null {
  const raised = cell.toUpperCase();
  return INDEX_CODES.find((code) => code === raised) ?? null;
}

export function readIndices(bytes: Uint8Array): ReadFile<IndexRow> | UnreadableFile {
  const text = decodeText(bytes);
  if (typeof text !== "string") {
    return text;
  }
  const table = readTable(text, COLUMNS, 2);
  if ("unreadable" in table) {
    return table;
  }
  const index = table.places.get("index");
  const parse = makeLineParser(table.places);
  const lines: ReadLine<IndexRow>[] = [];
  const rejected: RejectedLine[] = [...table.rejected];
  for (const row of table.lines) {
    const cell = cellAt(row.cells, index);
    const code = parseCode(cell);
    if (code === null) {
      const date = cellAt(row.cells, table.places.get("date"));
      rejected.push({ line: row.line, key: cell, date, reason: "bad_index" });
      continue;
    }
    const read = parse(row, code);
    if ("reason" in read) {
      rejected.push(read);
    } else {
      lines.push({ line: read.line, key: code, value: { code, row: read.value } });
    }
  }
  return { lines, rejected: rejected.toSorted((a, b) => a.line - b.line) };
}
