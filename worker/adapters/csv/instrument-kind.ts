/** Kind, notice and board of a KRX share (EL1, EL2), from the Korean terms of the exchange. */
import type { InstrumentKind, Market, Notice } from "../../core/instrument/instrument.ts";
import { exchangeOf, profileOf } from "../../core/instrument/exchange-profile.ts";

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

export function parseKind(cell: string): InstrumentKind | null {
  return KINDS.get(cell.toLowerCase()) ?? null;
}

export function parseMarket(cell: string): Market | null {
  return MARKETS.get(cell.toUpperCase()) ?? null;
}

export function parseNotice(cell: string): Notice | null {
  return NOTICES.get(cell.toLowerCase()) ?? null;
}

/** EL1. The code decides where its exchange marks preferred shares; then department, industry and name. */
export function detectKind(
  ticker: string,
  name: string,
  department: string,
  industry: string,
): InstrumentKind {
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
export function detectNotice(department: string): Notice | null {
  const term = department.split("(", 1)[0]?.trim() ?? "";
  return NOTICES.get(term) ?? null;
}
