/** Rules, reasons and problems as texts of a language: an id that this page does not know reads as itself. */
import type { OtherRule } from "../../worker/protocol/rule-texts.ts";
import type { FindingKind } from "../../worker/core/session/finding.ts";
import type { Problem, ProblemName } from "../../worker/protocol/rest/problem.ts";

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

/** What a reading page may be refused with (RT2). */
export type ProblemTexts = Readonly<
  Record<Extract<ProblemName, "bad-query" | "not-found" | "internal" | "unavailable">, string>
>;

/** Why the server wants no connection, by the code that it closed with. */
export type CloseTexts = Readonly<Record<4000 | 4001 | 4003 | 4005, string>>;

const LEFT = "left_scan:";
const PROBLEM = "/problems/";

export interface IdTexts {
  ruleText(rule: string): string;
  reasonText(reason: string): string;
  runReasonText(reason: string): string;
  /** In the reader's language where the problem is known, else the server's own text. */
  problemText(problem: Problem): string;
  closeText(code: number, reason: string): string;
}

export interface KnownTexts {
  /** As shown: {@link RuleTexts} of the language and the texts of the form. */
  readonly rules: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<ReasonId, string>>;
  readonly runs: RunTexts;
  readonly problems: ProblemTexts;
  readonly closes: CloseTexts;
  /** For having left the scan, before the rule that caused it. */
  readonly left: string;
  /** A rule of a law that this page does not have: an earlier one, or one of a newer server. */
  readonly otherRule: (rule: string) => string;
}

export function textsOf({ rules, reasons, runs, problems, closes, left, otherRule }: KnownTexts): IdTexts {
  const byRule = new Map<string, string>(Object.entries(rules));
  const byReason = new Map<string, string>(Object.entries(reasons));
  const byRun = new Map<string, string>(Object.entries(runs));
  const byProblem = new Map<string, string>(Object.entries(problems));
  const byClose = new Map<string, string>(Object.entries(closes));
  const ruleText = (rule: string): string => byRule.get(rule) ?? otherRule(rule);
  return {
    ruleText,
    problemText: ({ type, detail, neighbour }) => {
      const text = byProblem.get(type.slice(PROBLEM.length));
      return text === undefined ? detail : neighbour === undefined ? text : `${text} (${neighbour})`;
    },
    closeText: (code, reason) => byClose.get(String(code)) ?? reason,
    runReasonText: (reason) => byRun.get(reason.split(":")[0] ?? "") ?? reason,
    reasonText: (reason) =>
      reason.startsWith(LEFT)
        ? `${left}: ${ruleText(reason.slice(LEFT.length))}`
        : (byReason.get(reason) ?? reason),
  };
}
