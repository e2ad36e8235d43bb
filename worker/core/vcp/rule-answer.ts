/** FM1: one rule of the form asked of one value; the kernel, the near miss and the explanation answer alike. */
import { FORM_RULES, type FormRule, isMet, type Strictness } from "./form-rules.ts";
import { assert } from "../assert.ts";
import type { Params } from "../params.ts";

/** One rule, what was measured and what it was held against. */
export interface RuleAnswer {
  readonly rule: FormRule;
  /** `null`: nothing of the kind could be measured. */
  readonly value: number | null;
  readonly limit: number;
  readonly met: boolean;
}

/** The answer of a rule to a measured value. */
export function answerTo(
  rule: FormRule,
  value: number | null,
  strictness: Strictness,
  params: Params,
): RuleAnswer {
  const limit = params.form[rule.id][strictness];
  return {
    rule,
    value: value !== null && Number.isFinite(value) ? value : null,
    limit,
    met: isMet(rule, value, limit),
  };
}

const SCORE_RULE = FORM_RULES.find(({ of }) => of === "score");

/** The answer of the rule that is asked of the points of a share with its base. */
export function scoreAnswer(score: number, strictness: Strictness, params: Params): RuleAnswer {
  assert(SCORE_RULE !== undefined, "The table has a rule for the points");
  return answerTo(SCORE_RULE, score, strictness, params);
}
