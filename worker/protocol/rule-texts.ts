/**
 * What each rule that keeps a share off the list found, in English and without a number: the one table of the terminal and
 * of the English page. The type makes a rule without a text a compile error.
 */
import { byRule, type FormRuleId } from "../core/vcp/form-rules.ts";
import type { UnmetRule } from "../core/vcp/verdict.ts";

/** What can keep a share off the list beside the rules of the form, which have their texts in their own table. */
export type OtherRule = Exclude<UnmetRule, FormRuleId>;

/** The texts of the rules of the form in one language, by id, from their table. */
export function formTexts(language: "en" | "ko"): Readonly<Record<string, string>> {
  return byRule((rule) => rule[language]);
}

const OTHER: Readonly<Record<OtherRule, string>> = {
  no_master: "not in the list of stocks",
  EL1: "not a common stock",
  too_short: "too few daily bars",
  no_row: "no bar for the session",
  adjustment_suspect: "prices may need an adjustment",
  halted: "halted too often recently",
  EL2: "under administration, caution or liquidation",
  halted_today: "halted that session",
  EL3_value: "too little value traded",
  EL3_price: "price too low",
  EL4: "too many days without volume",
  BS0: "its high is too recent for a base",
};

/** By rule id; the value and the threshold are added by whoever shows it. */
export const RULE_TEXTS: Readonly<Record<OtherRule, string>> & Readonly<Record<string, string>> = {
  ...OTHER,
  ...formTexts("en"),
};
