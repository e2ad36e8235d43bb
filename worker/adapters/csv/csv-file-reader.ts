/** The FileReader port over CSV, with its dated prices: bars of shares (`ticker,date,open,...`) and of indices (`index,date,...`). */
import type { FileReader, ReadFile, ReadLine, UnreadableFile } from "../../app/ports/ingest.ts";
import type { RejectedLine } from "../../app/ports/rejected-lines.ts";
import type { Row } from "../../core/bars/columns.ts";
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import { INDEX_CODES, type IndexCode } from "../../core/instrument/instrument.ts";
import { readInstruments } from "./read-instruments.ts";
import { cellAt, parseDecimal, parseKey, readFile, type TableLine } from "./table.ts";

const PRICE_COLUMNS = ["date", "open", "high", "low", "close", "volume"] as const;
const EXTRA_COLUMNS = ["value", "shares", "base_price"] as const;

type PriceColumn = (typeof PRICE_COLUMNS)[number] | (typeof EXTRA_COLUMNS)[number];

type LineParser = (line: TableLine, key: string) => ReadLine<Row> | RejectedLine;

/** `undefined`: the cell holds text that is no number. */
function optionalNumber(cell: string): number | null | undefined {
  return cell === "" ? null : (parseDecimal(cell) ?? undefined);
}

/** A parser for one file: it keeps the places of its columns, and its days, because each ticker repeats them. */
function makeLineParser(places: ReadonlyMap<string, number>): LineParser {
  const place = (name: PriceColumn): number | undefined => places.get(name);
  const [date, open, high, low, close, volume] = PRICE_COLUMNS.map(place);
  const [value, shares, base] = EXTRA_COLUMNS.map(place);
  const days = new Map<string, TradingDay | null>();

  const dayOf = (text: string): TradingDay | null => {
    const known = days.get(text);
    if (known !== undefined) {
      return known;
    }
    const parsed = parseTradingDay(text);
    // A day before 1970 is a mistyped century: no exchange has daily bars of that time in this form.
    const day = parsed !== null && parsed >= 0 ? parsed : null;
    days.set(text, day);
    return day;
  };

  return ({ line, cells }, key) => {
    const text = cellAt(cells, date);
    const day = dayOf(text);
    if (day === null) {
      return { line, key, date: text, reason: "bad_date" };
    }
    const number = (at: number | undefined): number | null => parseDecimal(cellAt(cells, at));
    const o = number(open);
    const h = number(high);
    const l = number(low);
    const c = number(close);
    const v = number(volume);
    const traded = optionalNumber(cellAt(cells, value));
    const listed = optionalNumber(cellAt(cells, shares));
    const reference = optionalNumber(cellAt(cells, base));
    if (o === null || h === null || l === null || c === null || v === null) {
      return { line, key, date: text, reason: "not_a_number" };
    }
    if (traded === undefined || listed === undefined || reference === undefined) {
      return { line, key, date: text, reason: "not_a_number" };
    }
    return {
      line,
      key,
      value: {
        day,
        open: o,
        high: h,
        low: l,
        close: c,
        volume: v,
        value: traded,
        shares: listed,
        base: reference,
      },
    };
  };
}

const BAR_COLUMNS = { required: ["ticker", ...PRICE_COLUMNS], optional: EXTRA_COLUMNS } as const;

/** `firstLine` is the line number of the first line after the header, so that a chunk's report names the lines of the file. */
export function readBars(bytes: Uint8Array, firstLine: number): ReadFile<Row> | UnreadableFile {
  return readFile(bytes, BAR_COLUMNS, firstLine, (places) => {
    const parse = makeLineParser(places);
    const [ticker, date] = [places.get("ticker"), places.get("date")];
    return (row) => {
      const cell = cellAt(row.cells, ticker);
      const key = parseKey(cell);
      return key === null
        ? { line: row.line, key: cell, date: cellAt(row.cells, date), reason: "bad_ticker" }
        : parse(row, key);
    };
  });
}

const INDEX_COLUMNS = { required: ["index", ...PRICE_COLUMNS], optional: EXTRA_COLUMNS } as const;

interface IndexRow {
  readonly code: IndexCode;
  readonly row: Row;
}

function parseCode(cell: string): IndexCode | null {
  const raised = cell.toUpperCase();
  return INDEX_CODES.find((code) => code === raised) ?? null;
}

function readIndices(bytes: Uint8Array): ReadFile<IndexRow> | UnreadableFile {
  return readFile(bytes, INDEX_COLUMNS, 2, (places) => {
    const parse = makeLineParser(places);
    const [index, date] = [places.get("index"), places.get("date")];
    return (row) => {
      const cell = cellAt(row.cells, index);
      const code = parseCode(cell);
      if (code === null) {
        return { line: row.line, key: cell, date: cellAt(row.cells, date), reason: "bad_index" };
      }
      const read = parse(row, code);
      return "reason" in read ? read : { line: read.line, key: code, value: { code, row: read.value } };
    };
  });
}

/** The port's implementation for the Worker and the command line alike. */
export const csvFileReader: FileReader = {
  bars: readBars,
  indices: readIndices,
  instruments: readInstruments,
};
