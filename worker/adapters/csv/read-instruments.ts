/** The master: `ticker,name,market` and optional `department,industry,kind,notice,listed_on,listed_shares`. */
import type { ReadFile, UnreadableFile } from "../../app/ports/ingest.ts";
import { parseTradingDay } from "../../core/calendar/trading-day.ts";
import { exchangeOf, profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Instrument, InstrumentKind, Market, Notice } from "../../core/instrument/instrument.ts";
import { tickerOf } from "../../core/nominal.ts";
import { cellAt, parseDecimal, parseKey, readFile } from "./table.ts";

/** Kind, notice and board (EL1, EL2), from the Korean terms of the exchange. */
const FUND_INDUSTRY = "신탁업 및 집합투자업";
const REIT_ENDING = "리츠";

const KINDS: ReadonlyMap<string, InstrumentKind> = new Map([
  ["common", "common"],
  ["preferred", "preferred"],
  ["spac", "spac"],
  ["reit", "reit"],
  ["fund", "fund"],
]);

const MARKETS: ReadonlyMap<string, Market> = new Map([
  ["KOSPI", "KOSPI"],
  ["KOSDAQ", "KOSDAQ"],
  ["KOSDAQ GLOBAL", "KOSDAQ"],
  ["KONEX", "KONEX"],
]);

const NOTICES: ReadonlyMap<string, Notice> = new Map([
  ["administration", "administration"],
  ["관리종목", "administration"],
  ["caution", "caution"],
  ["투자주의환기종목", "caution"],
  ["liquidation", "liquidation"],
  ["정리매매", "liquidation"],
]);

function parseKind(cell: string): InstrumentKind | null {
  return KINDS.get(cell.toLowerCase()) ?? null;
}

function parseMarket(cell: string): Market | null {
  return MARKETS.get(cell.toUpperCase()) ?? null;
}

function parseNotice(cell: string): Notice | null {
  return NOTICES.get(cell.toLowerCase()) ?? null;
}

/** EL1. The code decides where its exchange marks preferred shares; then department, industry and name. */
function detectKind(ticker: string, name: string, department: string, industry: string): InstrumentKind {
  const exchange = exchangeOf(ticker);
  if (exchange !== null && profileOf(exchange).ticker.preferred?.test(ticker) === true) {
    return "preferred";
  }
  if (department.toUpperCase().startsWith("SPAC")) {
    return "spac";
  }
  return industry === FUND_INDUSTRY || name.endsWith(REIT_ENDING) ? "reit" : "common";
}

/** The department names the notice, with a remark after it: `관리종목(소속부없음)`. */
function detectNotice(department: string): Notice | null {
  const term = department.split("(", 1)[0]?.trim() ?? "";
  return NOTICES.get(term) ?? null;
}

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

/** The kind is derived here, once (EL1): department, industry, then the code. */
export function readInstruments(bytes: Uint8Array): ReadFile<Instrument> | UnreadableFile {
  return readFile(bytes, COLUMNS, 2, (places) => ({ line, cells }) => {
    const instrument = parseInstrument((name) => cellAt(cells, places.get(name)));
    return typeof instrument === "string"
      ? { line, key: cellAt(cells, places.get("ticker")), date: null, reason: instrument }
      : { line, key: instrument.ticker, value: instrument };
  });
}
