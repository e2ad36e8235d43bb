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
  no_master: "no entry in the master",
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
  BS0: "its high is too young for a base",
};

/** By rule id; the value and the threshold are added by whoever shows it. */
export const RULE_TEXTS: Readonly<Record<OtherRule, string>> & Readonly<Record<string, string>> = {
  ...OTHER,
  ...formTexts("en"),
};
