/** The master: `ticker,name,market` and optional `department,industry,kind,notice,listed_on,listed_shares`. */
import type { ReadFile, ReadLine, RejectedLine, UnreadableFile } from "../../app/ports/import-file.ts";
import type { Instrument } from "../../core/instrument/instrument.ts";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import { cellAt, parseDecimal, parseKey } from "./cell.ts";
import { decodeText } from "./decode-text.ts";
import { detectKind, detectNotice, parseKind, parseMarket, parseNotice } from "./instrument-kind.ts";
import { readTable } from "./table.ts";

const COLUMNS = {
  required: ["ticker", "name", "market"],
  optional: ["department", "industry", "kind", "notice", "listed_on", "listed_shares"],
} as const;

/** A longer cell is no name, and a row of the store could not hold it. */
const LONGEST = 200;

type Column = (typeof COLUMNS.required)[number] | (typeof COLUMNS.optional)[number];

/** An instrument, or the reason code why the line is none. Cells that the file leaves empty are derived or `null`. */
function parseInstrument(cell: (name: Column) => string): Instrument | string {
  const ticker = parseKey(cell("ticker"));
  const market = parseMarket(cell("market"));
  const name = cell("name");
  const industry = cell("industry");
  const department = cell("department");
  const shares = parseDecimal(cell("listed_shares"));
  const listedOn = parseTradingDay(cell("listed_on"));
  if (ticker === null) {
    return "bad_ticker";
  }
  if (name === "") {
    return "no_name";
  }
  if (name.length > LONGEST || industry.length > LONGEST) {
    return "too_long";
  }
  if (market === null) {
    return "unknown_market";
  }
  const kind = cell("kind") === "" ? detectKind(ticker, name, department, industry) : parseKind(cell("kind"));
  if (kind === null) {
    return "unknown_kind";
  }
  const notice = cell("notice") === "" ? detectNotice(department) : parseNotice(cell("notice"));
  if (notice === null && cell("notice") !== "") {
    return "unknown_notice";
  }
  if (listedOn === null && cell("listed_on") !== "") {
    return "bad_date";
  }
  if (cell("listed_shares") !== "" && (shares === null || shares < 0)) {
    return "not_a_number";
  }
  const known = { kind, notice, industry: industry || null, listedOn, listedShares: shares };
  // The text of the cell: whether it is a ticker of the exchange is for the import to judge.
  return { ticker: tickerOf(ticker), name, market, ...known };
}

export function readInstruments(bytes: Uint8Array): ReadFile<Instrument> | UnreadableFile {
  const text = decodeText(bytes);
  if (typeof text !== "string") {
    return text;
  }
  const table = readTable(text, COLUMNS, 2);
  if ("unreadable" in table) {
    return table;
  }
  const lines: ReadLine<Instrument>[] = [];
  const rejected: RejectedLine[] = [...table.rejected];
  for (const { line, cells } of table.lines) {
    const instrument = parseInstrument((name) => cellAt(cells, table.places.get(name)));
    if (typeof instrument === "string") {
      const key = cellAt(cells, table.places.get("ticker"));
      rejected.push({ line, key, date: null, reason: instrument });
    } else {
      lines.push({ line, key: instrument.ticker, value: instrument });
    }
  }
  return { lines, rejected: rejected.toSorted((a, b) => a.line - b.line) };
}
