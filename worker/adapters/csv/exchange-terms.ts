/** The exchange's terms for boards, indices, kinds and notices, as its sources write them, and what follows from them (EL1, EL2). */
import type { MasterRow } from "../../app/ports/ingest.ts";
import { exchangeOf, profileOf } from "../../core/instrument/exchange-profile.ts";
import type { IndexCode, InstrumentKind, Market, Notice } from "../../core/instrument/instrument.ts";

const MARKETS: ReadonlyMap<string, Market> = new Map([
  ["KOSPI", "KOSPI"],
  ["STK", "KOSPI"],
  ["KS", "KOSPI"],
  ["유가", "KOSPI"],
  ["유가증권", "KOSPI"],
  ["유가증권시장", "KOSPI"],
  ["코스피", "KOSPI"],
  ["KOSDAQ", "KOSDAQ"],
  ["KOSDAQ GLOBAL", "KOSDAQ"],
  ["KSQ", "KOSDAQ"],
  ["KQ", "KOSDAQ"],
  ["코스닥", "KOSDAQ"],
  ["코스닥시장", "KOSDAQ"],
  ["코스닥 글로벌", "KOSDAQ"],
  ["KONEX", "KONEX"],
  ["KNX", "KONEX"],
  ["코넥스", "KONEX"],
]);

const INDICES: ReadonlyMap<string, IndexCode> = new Map([
  ["KOSPI", "KOSPI"],
  ["KS11", "KOSPI"],
  ["^KS11", "KOSPI"],
  ["1001", "KOSPI"],
  ["코스피", "KOSPI"],
  ["KOSDAQ", "KOSDAQ"],
  ["KQ11", "KOSDAQ"],
  ["^KQ11", "KOSDAQ"],
  ["2001", "KOSDAQ"],
  ["코스닥", "KOSDAQ"],
]);

const KINDS: ReadonlyMap<string, InstrumentKind> = new Map([
  ["common", "common"],
  ["보통주", "common"],
  ["preferred", "preferred"],
  ["우선주", "preferred"],
  ["구형우선주", "preferred"],
  ["신형우선주", "preferred"],
  ["종류주권", "preferred"],
  ["spac", "spac"],
  ["reit", "reit"],
  ["fund", "fund"],
]);

const NOTICES: ReadonlyMap<string, Notice> = new Map([
  ["administration", "administration"],
  ["관리종목", "administration"],
  ["caution", "caution"],
  ["투자주의환기종목", "caution"],
  ["liquidation", "liquidation"],
  ["정리매매", "liquidation"],
]);

/** `null` for a board that is not known. */
export function marketOf(cell: string): Market | null {
  return MARKETS.get(cell.toUpperCase()) ?? null;
}

/** `null` for an index that is not kept. */
export function indexCodeOf(cell: string): IndexCode | null {
  return INDICES.get(cell.toUpperCase()) ?? null;
}

/** `null` for a kind that is not known. */
export function kindOf(cell: string): InstrumentKind | null {
  return KINDS.get(cell.toLowerCase()) ?? null;
}

/** `null` for a notice that is not known. */
export function noticeOf(cell: string): Notice | null {
  return NOTICES.get(cell.toLowerCase()) ?? null;
}

/** Kind from the Korean terms of the exchange. */
const FUND_INDUSTRY = "신탁업 및 집합투자업";
const REIT_ENDING = "리츠";
const SPAC_NAME = /스팩(?:제?\d+호)?$/;

/** EL1 by signs; `null`: nothing speaks against a common share. The code decides where its exchange marks preferred shares. */
export function signOfKind(
  ticker: string,
  { name, department, industry }: Pick<MasterRow, "name" | "department" | "industry">,
): InstrumentKind | null {
  const exchange = exchangeOf(ticker);
  if (exchange !== null && profileOf(exchange).ticker.preferred?.test(ticker) === true) {
    return "preferred";
  }
  if (department?.toUpperCase().startsWith("SPAC") === true || SPAC_NAME.test(name ?? "")) {
    return "spac";
  }
  return industry === FUND_INDUSTRY || name?.endsWith(REIT_ENDING) === true ? "reit" : null;
}

/** The department names the notice, with a remark after it: `관리종목(소속부없음)`. */
export function signOfNotice(department: string | null | undefined): Notice | null {
  return noticeOf(department?.split("(", 1)[0]?.trim() ?? "");
}
