/** `npm run prove -- mutations`: breaks every rule of the detector in a copy and prints which test noticed. */
import { BASE_MUTATIONS } from "./mutations-base.ts";
import { FORM_MUTATIONS } from "./mutations-form.ts";
import { INPUT_MUTATIONS } from "./mutations-input.ts";
import { LIFE_MUTATIONS } from "./mutations-life.ts";
import { ANSWER_MUTATIONS, MARKET_MUTATIONS } from "./mutations-market.ts";
import { SCORE_MUTATIONS } from "./mutations-score.ts";
import type { Mutation } from "./mutation.ts";
import { MutationLab, type Outcome } from "./mutation-lab.ts";

/** Test files by group of rules: the fast ones first; the slow ones are asked of what survives. */
export const GROUPS: readonly {
  readonly mutations: readonly Mutation[];
  readonly fast: readonly string[];
  readonly slow: readonly string[];
}[] = [
  {
    mutations: INPUT_MUTATIONS,
    fast: [
      "bar",
      "pattern-time",
      "eligibility",
      "adjust",
      "origin",
      "judge-session",
      "rebase-of",
      "detector-negatives",
    ],
    slow: ["kernels.conformance", "scan-naive"],
  },
  {
    mutations: BASE_MUTATIONS,
    fast: ["largest-falls", "base-starts", "base-reading", "measures", "base-search", "base", "form-rules"],
    slow: [
      "detector-negatives",
      "form-naive",
      "kernels.conformance",
      "spoiled-bases.conformance",
      "scan-naive",
    ],
  },
  {
    mutations: FORM_MUTATIONS,
    fast: ["form-rules"],
    slow: ["form-naive"],
  },
  {
    mutations: SCORE_MUTATIONS,
    fast: ["trend-template", "relative-strength", "score", "grade", "conclude"],
    slow: ["score-order.conformance", "scan-naive", "scan"],
  },
  {
    mutations: LIFE_MUTATIONS,
    fast: [
      "birth",
      "incumbent",
      "on-bar",
      "on-scan",
      "session-events",
      "on-tick",
      "life-table",
      "corporate-action",
      "reconcile",
      "reconcile.rivals",
      "law-change",
      "pierced-pivot",
      "lifecycle",
    ],
    slow: ["rule-edges.conformance", "lifecycle.model.slow"],
  },
  {
    mutations: MARKET_MUTATIONS,
    fast: ["tick-size", "plan", "gate", "breadth", "params", "base", "rule-edges.conformance"],
    slow: ["scan", "scan-naive"],
  },
  {
    mutations: ANSWER_MUTATIONS,
    fast: ["run-scan.answer"],
    slow: ["run-scan"],
  },
];

function textOf(outcome: Outcome): string {
  return outcome.kind === "killed" ? outcome.by : outcome.kind.toUpperCase();
}

/** `CT7` is itself and of `CT`. */
function isOf(rule: string, id: string): boolean {
  return rule === id || rule.replace(/\d.*$/, "") === id;
}

/** Ids such as `CT` or `CT7`; none means every rule. Returns whether every broken rule was noticed. */
export function proveMutations(rules: readonly string[], print: (line: string) => void): boolean {
  using lab = new MutationLab();
  let [killed, unnoticed] = [0, 0];
  for (const { mutations, fast, slow } of GROUPS) {
    const chosen = mutations.filter(({ rule }) => rules.length === 0 || rules.some((id) => isOf(rule, id)));
    const sound = chosen.length === 0 ? null : lab.run(fast);
    if (sound?.kind === "killed") {
      print(`the tests fail before anything is broken: ${sound.by}`);
      return false;
    }
    for (const mutation of chosen) {
      const first = lab.ask(mutation, fast);
      const outcome = first.kind === "survived" ? lab.ask(mutation, slow) : first;
      print(`${mutation.rule.padEnd(6)} ${mutation.file.padEnd(26)} ${textOf(outcome)}`);
      killed += outcome.kind === "killed" ? 1 : 0;
      unnoticed += outcome.kind === "killed" ? 0 : 1;
      if (outcome.kind !== "killed") {
        print(`       ${JSON.stringify(mutation.from)} -> ${JSON.stringify(mutation.to)}`);
      }
    }
  }
  print(`${killed + unnoticed} broken rules, ${killed} noticed, ${unnoticed} not`);
  return killed > 0 && unnoticed === 0;
}
