/** What each reason code means, for a person at a terminal. The code stays beside its text: files and JSON have the code only. */
import type { RowRejection } from "../../core/bars/bar.ts";
import type { TemplateRule } from "../../core/vcp/verdict.ts";
import { RULE_TEXTS } from "../../protocol/rule-texts.ts";

/** Why a line of a file is refused. */
const ROWS: Readonly<Record<RowRejection, string>> & Readonly<Record<string, string>> = {
  not_finite: "a number is missing",
  negative: "a number is below 0",
  out_of_range: "a number is too large or too small to be true",
  zero_price: "a traded price is 0",
  low_above_body: "the low is above open or close",
  high_below_body: "the high is below open or close",
  duplicate_date: "the same day again; the later row counts",
  bad_ticker: "no ticker of the exchange: six characters as in 005930, zeros included",
  bad_date: "no day as 2025-06-17 or 20250617, from 1970 on",
  future_date: "the day has not come yet",
  not_a_number: "a cell that must be a plain number is not",
  wrong_field_count: "more or fewer cells than the header",
  bad_quotes: "a quotation that does not end",
  other_close:
    "the day is stored with another close; take it out first (npm run remove -- --day DATE) or state the close that it holds (--close)",
  bad_origin: "no origin as file/regular/final/1789455022000",
  bad_index: "no index but KOSPI and KOSDAQ is known",
  unknown_market: "no market but KOSPI, KOSDAQ and KONEX is known, or no list names it",
  unknown_kind: "an unknown kind of instrument",
  unknown_notice: "an unknown notice",
  no_name: "the name is empty",
  too_long: "a text of more than 200 characters",
  duplicate_ticker: "the ticker again; the lines are merged, the later counts",
  not_daily: "a bar of another period than a day",
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

const TEXTS: ReadonlyMap<string, string> = new Map(Object.entries({ ...ROWS, ...RULE_TEXTS, ...TEMPLATE }));

/** `CT2h90 (a high too far below ...)`; a code without a text stands alone. */
export function explainCode(code: string): string {
  const text = TEXTS.get(code);
  return text === undefined ? code : `${code} (${text})`;
}

/** Empty for a code without a text. */
export function textOf(code: string): string {
  return TEXTS.get(code) ?? "";
}
