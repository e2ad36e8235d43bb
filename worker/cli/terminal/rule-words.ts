/** What each reason code means, for a person at a terminal. The code stays beside its words: it is what files and JSON say. */
import type { RowRejection } from "../../core/bars/bar.ts";
import type { TemplateRule, UnmetRule } from "../../core/vcp/verdict.ts";

/** Why a line of a file is refused. */
const ROWS: Readonly<Record<RowRejection, string>> & Readonly<Record<string, string>> = {
  not_finite: "a number is missing",
  negative: "a number is below 0",
  out_of_range: "a number is too large or too small to be true",
  zero_price: "a traded price is 0",
  low_above_body: "the low is above open or close",
  high_below_body: "the high is below open or close",
  duplicate_date: "the same day again; the first row counts",
  date_order: "the day is before that of an earlier row of the ticker",
  bad_ticker: "no ticker of the exchange: six characters as in 005930, zeros included",
  bad_date: "no day as 2025-06-17 or 20250617, from 1970 on",
  future_date: "the day has not come yet",
  not_a_number: "a cell that must be a plain number is not",
  wrong_field_count: "more or fewer cells than the header",
  bad_quotes: "a quotation that does not end",
  bad_index: "no index but KOSPI and KOSDAQ is known",
  unknown_market: "no market but KOSPI, KOSDAQ and KONEX is known",
  unknown_kind: "an unknown kind of instrument",
  unknown_notice: "an unknown notice",
  no_name: "the name is empty",
  too_long: "a text of more than 200 characters",
  duplicate_ticker: "the ticker again; the first line counts",
};

/** The first rule that keeps a ticker off the list. */
const RULES: Readonly<Record<UnmetRule, string>> = {
  EL1: "not a common share",
  too_short: "too few daily bars",
  no_row: "no row on the session",
  adjustment_suspect: "prices may lack an adjustment",
  halted: "halted too often lately",
  EL2: "under administration, caution or liquidation",
  halted_today: "halted on the session",
  EL3_value: "too little traded value",
  EL3_price: "price too low",
  EL4: "too many days without volume",
  CT1r: "contractions do not shrink from one to the next",
  CT1g: "contractions do not shrink enough in all",
  CT2low: "a low undercuts the one before",
  CT2h90: "a high too far below the highest of the base",
  CT2h105: "a high too far above the one before",
  CT3d1lo: "first contraction too shallow",
  CT3d1hi: "first contraction too deep",
  CT3dT: "last contraction too deep",
  CT3d60: "too far below the 52-week high",
  CT4short: "base too short",
  CT4long: "base too long",
  CT5adv: "too little advance before the base",
  CT5h252: "base too far from the 52-week high",
  CT6brk: "a close below the last low",
  CT6ext: "too far above the pivot",
  CT7dry: "volume has not dried up",
  CT7vtr: "volume grows with the contractions",
  BR4base: "a long halt inside the base",
  CT6broken: "the base is broken",
  CT6extended: "already extended above the pivot",
  no_legs: "no contractions",
  SC_template: "too few rules of the trend template hold",
  SC_score: "score below the bar of the list",
};

/** What each rule of the template compares: value against threshold. */
const TEMPLATE: Readonly<Record<TemplateRule, string>> = {
  TT1: "close above the 150- and 200-bar means",
  TT2: "150-bar mean above the 200-bar mean",
  TT3: "200-bar mean rising over 22 bars",
  TT4: "50-bar mean above the 150- and 200-bar means",
  TT5: "close above the 50-bar mean",
  TT6: "close above the 52-week low by the margin",
  TT7: "close within reach of the 52-week high",
  TT8: "relative strength",
};

const WORDS: ReadonlyMap<string, string> = new Map(Object.entries({ ...ROWS, ...RULES, ...TEMPLATE }));

/** `CT2h90 (a high too far below ...)`; a code without words stands alone. */
export function explainCode(code: string): string {
  const words = WORDS.get(code);
  return words === undefined ? code : `${code} (${words})`;
}

/** Empty for a code without words. */
export function wordsOf(code: string): string {
  return WORDS.get(code) ?? "";
}
