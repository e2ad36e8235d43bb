/** Daily bars of shares: `ticker,date,open,high,low,close,volume` and optional `value,shares,base_price`. */
import type { ReadFile, ReadLine, RejectedLine, UnreadableFile } from "../../app/ports/import-file.ts";
import type { Row } from "../../core/bars/columns.ts";
import { cellAt, parseKey } from "./cell.ts";
import { decodeText } from "./decode-text.ts";
import { EXTRA_COLUMNS, makeLineParser, PRICE_COLUMNS } from "./price-line.ts";
import { readTable } from "./table.ts";

const COLUMNS = { required: ["ticker", ...PRICE_COLUMNS], optional: EXTRA_COLUMNS } as const;

export function readBars(bytes: Uint8Array, firstLine: number): ReadFile<Row> | UnreadableFile {
  const text = decodeText(bytes);
  if (typeof text !== "string") {
    return text;
  }
  const table = readTable(text, COLUMNS, firstLine);
  if ("unreadable" in table) {
    return table;
  }
  const ticker = table.places.get("ticker");
  const parse = makeLineParser(table.places);
  const lines: ReadLine<Row>[] = [];
  const rejected: RejectedLine[] = [...table.rejected];
  for (const row of table.lines) {
    const cell = cellAt(row.cells, ticker);
    const key = parseKey(cell);
    const read =
      key === null
        ? {
            line: row.line,
            key: cell,
            date: cellAt(row.cells, table.places.get("date")),
            reason: "bad_ticker",
          }
        : parse(row, key);
    if ("reason" in read) {
      rejected.push(read);
    } else {
      lines.push(read);
    }
  }
  return { lines, rejected: rejected.toSorted((a, b) => a.line - b.line) };
}
