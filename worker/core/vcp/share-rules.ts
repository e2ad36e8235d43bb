/** TT, RS, TR: the rules of the form that are asked of a share before its base is. */
import { FORM_RULES, type FormRule, type Strictness } from "./form-rules.ts";
import { answerTo, type RuleAnswer } from "./rule-answer.ts";
import type { MeasureName } from "./measure-names.ts";
import { SHARE_MEASURES, type ShareFacts } from "./measures.ts";
import type { Params } from "../params.ts";

const MEASURES: Readonly<Partial<Record<MeasureName, (facts: ShareFacts) => number | null>>> = SHARE_MEASURES;

const SHARE_RULES = FORM_RULES.flatMap((rule: FormRule) => {
  const measure = MEASURES[rule.measure];
  return measure === undefined ? [] : [{ rule, measure }];
});

/** Every rule of a share, in the order of the table. */
export function shareAnswers(
  facts: ShareFacts,
  strictness: Strictness,
  params: Params,
): readonly RuleAnswer[] {
  return SHARE_RULES.map(({ rule, measure }) => answerTo(rule, measure(facts), strictness, params));
}

/** The first rule that the share does not meet; `null` when it meets all. */
export function firstUnmetShareRule(
  facts: ShareFacts,
  strictness: Strictness,
  params: Params,
): RuleAnswer | null {
  return shareAnswers(facts, strictness, params).find(({ met }) => !met) ?? null;
}
