/**
 * Loaded rows as the files that the Worker takes: the project's own form, in pieces of one request, whatever the form of
 * the files they come from. What a row's source had no column for, its piece has no column for (CO1a).
 */
import { createHash } from "node:crypto";
import type { MergedRow } from "../../app/jobs/master-rows.ts";
import type { MasterRow } from "../../app/ports/ingest.ts";
import { REQUIRED_FIELDS } from "../../core/bars/columns.ts";
import { absentFields, FILE_FIELDS, type FileField, type OrderedRows } from "../../core/bars/row-set.ts";
import { formatTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { PIECE_BYTES } from "../files/csv-chunks.ts";

/** A file of its own, with its header. */
export interface Piece {
  /** Counts from 0. */
  readonly index: number;
  readonly text: string;
  readonly rows: number;
  readonly last: boolean;
}

const NAMES: Readonly<Record<FileField, string>> = { value: "value", shares: "shares", base: "base_price" };

/** As the reader takes numbers: plain decimals, nothing for what is missing. */
function numberText(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) {
    return "";
  }
  const text = String(value);
  const [digits = "", exponent] = text.split("e-");
  return exponent === undefined ? text : `0.${"0".repeat(Number(exponent) - 1)}${digits.replace(".", "")}`;
}

/** The lines of a ticker whose sources lack just these fields. */
function linesOf(
  { key, columns, absent }: OrderedRows,
  mask: number,
  fields: readonly FileField[],
): string[] {
  const { day, open, high, low, close, volume } = columns;
  const further = fields.map((field) => columns[field]);
  const lines: string[] = [];
  for (let i = 0; i < day.length; i++) {
    if (absent[i] === mask) {
      const prices = [open[i], high[i], low[i], close[i], volume[i]].map(numberText).join(",");
      const rest = further.map((column) => `,${numberText(column?.[i])}`).join("");
      lines.push(`${key},${formatTradingDay(tradingDayOf(day[i] ?? 0))},${prices}${rest}\n`);
    }
  }
  return lines;
}

interface PieceText {
  readonly text: string;
  readonly rows: number;
}

/** Under one header; lines of one key stay together when they fit a piece. All are of ASCII: a character is a byte. */
function* cutLines(header: string, blocks: Iterable<readonly string[]>, limit: number): Generator<PieceText> {
  let lines: string[] = [];
  let size = header.length;
  for (const block of blocks) {
    const more = block.reduce((sum, line) => sum + line.length, 0);
    for (const [i, line] of block.entries()) {
      const needed = i === 0 && header.length + more <= limit ? more : line.length;
      if (lines.length > 0 && size + needed > limit) {
        yield { text: header + lines.join(""), rows: lines.length };
        lines = [];
        size = header.length;
      }
      lines.push(line);
      size += line.length;
    }
  }
  if (lines.length > 0) {
    yield { text: header + lines.join(""), rows: lines.length };
  }
}

function* numbered(texts: Iterable<PieceText>): Generator<Piece> {
  let held: PieceText | null = null;
  let index = 0;
  for (const text of texts) {
    if (held !== null) {
      yield { index, ...held, last: false };
      index += 1;
    }
    held = text;
  }
  if (held !== null) {
    yield { index, ...held, last: true };
  }
}

function* blocksOf(
  series: readonly OrderedRows[],
  mask: number,
  fields: readonly FileField[],
): Generator<readonly string[]> {
  for (const rows of series) {
    yield linesOf(rows, mask, fields);
  }
}

function* rowTexts(series: readonly OrderedRows[], key: string, limit: number): Generator<PieceText> {
  const masks = new Set(series.flatMap(({ absent }) => [...new Set(absent)]));
  for (const mask of [...masks].toSorted((a, b) => a - b)) {
    const missing = absentFields(mask);
    const fields = FILE_FIELDS.filter((field) => !missing.includes(field));
    const names = fields.map((field) => `,${NAMES[field]}`).join("");
    const header = `${key},date,open,high,low,close,volume${names}\n`;
    yield* cutLines(header, blocksOf(series, mask, fields), limit);
  }
}

/** CL2: rows by ticker, cut where the ticker changes; those whose sources have the same columns stand together. */
export function piecesOf(
  series: readonly OrderedRows[],
  key: "ticker" | "index",
  limit: number = PIECE_BYTES,
): Generator<Piece> {
  return numbered(rowTexts(series, key, limit));
}

/** CL9: the name under which a broken import of the same rows is found again. */
export function importName(series: readonly OrderedRows[]): string {
  const hash = createHash("sha256").update("rows by ticker, 1");
  for (const { key, columns, absent } of series) {
    hash.update(key).update(absent);
    for (const field of [...REQUIRED_FIELDS, ...FILE_FIELDS]) {
      hash.update(columns[field] ?? "-");
    }
  }
  return hash.digest("hex");
}

/** A cell, quoted where it would end too early or look like a part of the row. */
function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const MASTER_COLUMNS: readonly (readonly [column: string, field: keyof MasterRow])[] = [
  ["ticker", "ticker"],
  ["name", "name"],
  ["name_en", "nameEn"],
  ["market", "market"],
  ["department", "department"],
  ["industry", "industry"],
  ["kind", "kind"],
  ["notice", "notice"],
  ["listed_on", "listedOn"],
  ["listed_shares", "listedShares"],
];

/** A master of rows that come from the same columns. */
export interface MasterPiece {
  readonly text: string;
  /** Line 2 + i of the text is row i. */
  readonly rows: readonly MergedRow[];
}

function masterLine({ row }: MergedRow, fields: readonly (keyof MasterRow)[]): string {
  const cells = fields.map((field) => {
    if (field === "listedOn") {
      return row.listedOn === null || row.listedOn === undefined ? "" : formatTradingDay(row.listedOn);
    }
    return quoted(String(row[field] ?? ""));
  });
  return `${cells.join(",")}\n`;
}

function columnsOf({ row }: MergedRow): typeof MASTER_COLUMNS {
  return MASTER_COLUMNS.filter(([, field]) => row[field] !== undefined);
}

/** A field that no file has a column for is absent of the piece, so that the stored value stays. */
export function masterPieces(merged: readonly MergedRow[]): readonly MasterPiece[] {
  const groups = Map.groupBy(merged, (own) =>
    columnsOf(own)
      .map(([column]) => column)
      .join(","),
  );
  return [...groups].flatMap(([header, rows]) => {
    const [first] = rows;
    const fields = first === undefined ? [] : columnsOf(first).map(([, field]) => field);
    return cutMaster(`${header}\n`, rows, fields);
  });
}

/** So many companies are far below a request's limit, also with the longest names. */
const MASTER_ROWS = 2_000;

function cutMaster(
  header: string,
  rows: readonly MergedRow[],
  fields: readonly (keyof MasterRow)[],
): readonly MasterPiece[] {
  const pieces: MasterPiece[] = [];
  for (let at = 0; at < rows.length; at += MASTER_ROWS) {
    const own = rows.slice(at, at + MASTER_ROWS);
    pieces.push({ text: header + own.map((row) => masterLine(row, fields)).join(""), rows: own });
  }
  return pieces;
}
