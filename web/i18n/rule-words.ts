/** Rules, reasons and problems as texts of a language: an id that this page does not know yet reads as itself. */
import type { UnmetRule } from "../../worker/core/vcp/verdict.ts";
import type { Problem, ProblemName } from "../../worker/protocol/rest/problem.ts";

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

/** What a reading page may be refused with (RT2). */
export type ProblemWords = Readonly<
  Record<Extract<ProblemName, "bad-query" | "not-found" | "internal" | "unavailable">, string>
>;

/** Why the server wants no connection, by the code that it closed with. */
export type CloseWords = Readonly<Record<4000 | 4001 | 4003, string>>;

const LEFT = "left_scan:";
const PROBLEM = "/problems/";

export interface Words {
  ruleWords(rule: string): string;
  reasonWords(reason: string): string;
  runReasonOf(reason: string): string;
  /** In the reader's language where the problem is known, else the server's own text. */
  problemWords(problem: Problem): string;
  closeWords(code: number, reason: string): string;
}

export interface KnownWords {
  /** As shown: {@link RuleWords} of the language. */
  readonly rules: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<ReasonId, string>>;
  readonly runs: RunWords;
  readonly problems: ProblemWords;
  readonly closes: CloseWords;
  /** For having left the scan, before the rule that caused it. */
  readonly left: string;
}

export function wordsOf({ rules, reasons, runs, problems, closes, left }: KnownWords): Words {
  const byRule = new Map<string, string>(Object.entries(rules));
  const byReason = new Map<string, string>(Object.entries(reasons));
  const byRun = new Map<string, string>(Object.entries(runs));
  const byProblem = new Map<string, string>(Object.entries(problems));
  const byClose = new Map<string, string>(Object.entries(closes));
  const ruleWords = (rule: string): string => byRule.get(rule) ?? rule;
  return {
    ruleWords,
    problemWords: ({ type, detail, neighbour }) => {
      const words = byProblem.get(type.slice(PROBLEM.length));
      return words === undefined ? detail : neighbour === undefined ? words : `${words} (${neighbour})`;
    },
    closeWords: (code, reason) => byClose.get(String(code)) ?? reason,
    runReasonOf: (reason) => byRun.get(reason.split(":")[0] ?? "") ?? reason,
    reasonWords: (reason) =>
      reason.startsWith(LEFT)
        ? `${left}: ${ruleWords(reason.slice(LEFT.length))}`
        : (byReason.get(reason) ?? reason),
  };
}
