/** Rules and reasons as texts of a language: an id that this page does not know reads as itself. No first row needs them. */
import type { OtherRule } from "../../worker/protocol/rule-texts.ts";
import type { FindingKind } from "../../worker/core/session/finding.ts";

/** Every rule that can keep a share off the list beside those of the form, which have their texts in their own table. */
export type RuleTexts = Readonly<Record<OtherRule, string>>;

/** Why a signal moved (LC); `left_scan:{rule}` names its rule besides. */
export type ReasonId =
  | "new"
  | "new_breakout"
  | "revised"
  | "ready"
  | "forming"
  | "triggered"
  | "breakout"
  | "no_close"
  | "back_below"
  | "recovered"
  | "volume"
  | "band"
  | "PIVOT_FAIL"
  | "BASE_FAIL"
  | "age"
  | "squat"
  | "base_age"
  | "law_changed"
  | "superseded"
  | "delisted"
  | "suspended"
  | "resumed"
  | "relisted"
  | "rebased"
  | "halted"
  | "halted_today"
  | "administration"
  | "caution"
  | "liquidation"
  | "withdrawn";

/** Why a scan failed or was skipped, as far as it has a name. */
export type RunTexts = Readonly<Record<"no_bars" | "interrupted" | "bars_moved" | FindingKind, string>>;

const LEFT = "left_scan:";

export interface RuleCopy {
  ruleText(rule: string): string;
  reasonText(reason: string): string;
  runReasonText(reason: string): string;
}

export interface KnownTexts {
  /** As shown: {@link RuleTexts} of the language and the texts of the form. */
  readonly rules: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<ReasonId, string>>;
  readonly runs: RunTexts;
  /** For having left the scan, before the rule that caused it. */
  readonly left: string;
  /** A rule of a law that this page does not have: an earlier one, or one of a newer server. */
  readonly otherRule: (rule: string) => string;
}

export function ruleCopyOf({ rules, reasons, runs, left, otherRule }: KnownTexts): RuleCopy {
  const byRule = new Map<string, string>(Object.entries(rules));
  const byReason = new Map<string, string>(Object.entries(reasons));
  const byRun = new Map<string, string>(Object.entries(runs));
  const ruleText = (rule: string): string => byRule.get(rule) ?? otherRule(rule);
  return {
    ruleText,
    runReasonText: (reason) => byRun.get(reason.split(":")[0] ?? "") ?? reason,
    reasonText: (reason) =>
      reason.startsWith(LEFT)
        ? `${left}: ${ruleText(reason.slice(LEFT.length))}`
        : (byReason.get(reason) ?? reason),
  };
}
