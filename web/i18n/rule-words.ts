/** The words of rules and reasons as texts of a language: an id that this page does not know yet reads as itself. */
import type { UnmetRule } from "../../worker/core/verdict.ts";

/** Every rule that can keep a share off the list. */
export type RuleWords = Readonly<Record<UnmetRule, string>>;

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
  | "liquidation";

/** Why a scan failed or was skipped, as far as it has a name. */
export type RunWords = Readonly<Record<"no_bars" | "interrupted" | "partial_day", string>>;

const LEFT = "left_scan:";

export interface Words {
  ruleWords(rule: string): string;
  reasonWords(reason: string): string;
  runReasonOf(reason: string): string;
}

/** `left` are the words for having left the scan, before the rule that caused it. */
export function wordsOf(
  rules: RuleWords,
  reasons: Readonly<Record<ReasonId, string>>,
  runs: RunWords,
  left: string,
): Words {
  const byRule = new Map<string, string>(Object.entries(rules));
  const byReason = new Map<string, string>(Object.entries(reasons));
  const byRun = new Map<string, string>(Object.entries(runs));
  const ruleWords = (rule: string): string => byRule.get(rule) ?? rule;
  return {
    ruleWords,
    runReasonOf: (reason) => byRun.get(reason.split(":")[0] ?? "") ?? reason,
    reasonWords: (reason) =>
      reason.startsWith(LEFT)
        ? `${left}: ${ruleWords(reason.slice(LEFT.length))}`
        : (byReason.get(reason) ?? reason),
  };
}
