/** The exchange's terms for boards, indices, kinds and notices, as its sources write them. */
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
