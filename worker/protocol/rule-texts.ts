/**
 * What each rule that keeps a share off the list found, in English and without a number: the one table of the terminal and
 * of the English page. The type makes a rule without a text a compile error.
 */
import type { UnmetRule } from "../core/vcp/verdict.ts";

/** By rule id; the value and the threshold are added by whoever shows it. */
export const RULE_TEXTS: Readonly<Record<UnmetRule, string>> = {
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
