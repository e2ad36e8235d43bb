/** What each rule and each reason of a signal's history means, in English. The type makes a rule without a text a compile error. */
import { RULE_TEXTS } from "../../worker/protocol/rule-texts.ts";
import { type ReasonId, type RuleTexts, type RunTexts, ruleCopyOf } from "./rule-texts.ts";

/** The rules' common texts, but where the page names the limit or has less space; shown with a capital. */
const RULES: RuleTexts & Readonly<Record<string, string>> = {
  ...RULE_TEXTS,
  EL3_price: "price below 1,000 won",
};

const REASONS: Readonly<Record<ReasonId, string>> = {
  new: "Newly detected",
  new_breakout: "Detected after its breakout",
  revised: "Pattern revised",
  ready: "Close to the pivot",
  forming: "Still forming",
  triggered: "Entry level reached",
  breakout: "Closed above the pivot",
  no_close: "No close above the pivot",
  back_below: "Closed back below the pivot",
  recovered: "Back above the pivot",
  volume: "Breakout confirmed by volume",
  band: "Distance from the pivot changed",
  PIVOT_FAIL: "Broke the stop after the breakout",
  BASE_FAIL: "Broke the base low",
  age: "60 sessions after the breakout",
  squat: "Squat for ten sessions",
  law_changed: "Found under an earlier version of the rules",
  base_age: "Base older than a year",
  superseded: "Replaced by a new pattern",
  delisted: "No longer traded",
  suspended: "Suspended for more than 20 sessions",
  resumed: "Trading resumed",
  relisted: "Listed again",
  rebased: "Prices adjusted for a corporate action",
  halted: "Halted",
  halted_today: "Halted",
  administration: "Under administration",
  caution: "Under caution",
  liquidation: "In liquidation",
  withdrawn: "Withdrawn: it rested on wrong bars",
};

/** Why a scan did not end well; text after a colon is the server's own. */
const RUNS: RunTexts = {
  no_bars: "no bars imported",
  interrupted: "interrupted while running",
  partial_day: "the session's bars are incomplete",
  no_session: "the exchange was closed that day",
  still_open: "the bars arrived before the close",
  repeats: "the bars repeat the session before",
  all_halted: "stocks that traded are all shown as halted",
  jump: "prices in another unit, or too many stocks beyond the daily price limit",
  volume_unit: "volumes in another unit",
  value_unit: "traded values in another unit",
  rebased_history: "an import rescaled past closes",
  bars_moved: "bars changed during the scan",
};

export const enRules = ruleCopyOf({
  rules: Object.fromEntries(
    Object.entries(RULES).map(([rule, text]) => [rule, text.charAt(0).toUpperCase() + text.slice(1)]),
  ),
  reasons: REASONS,
  runs: RUNS,
  left: "Left the scan",
  otherRule: (rule) => `Rule of another version (${rule})`,
});
