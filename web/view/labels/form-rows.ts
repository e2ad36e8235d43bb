/** The form of a share as a checklist: each rule by what it measures, its value against its limit, and whether it is met. */
import { FORM_RULES, type FormRule } from "../../../worker/core/vcp/form-rules.ts";
import type { ExplainedVerdictBody } from "../../../worker/protocol/verdict.ts";
import { measureText } from "../../i18n/form-copy.ts";
import type { Format } from "../../i18n/format.ts";
import type { FormCopy } from "../../i18n/ko-form.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";
import { RULE_COPY } from "../../i18n/rule-copy.ts";
import { type Measured, measured } from "./measured.ts";

const BY_ID: ReadonlyMap<string, FormRule> = new Map(FORM_RULES.map((rule: FormRule) => [rule.id, rule]));

/** As the template's terms have it: `unavailable` is neither met nor unmet. */
export type FormResult = "pass" | "fail" | "unavailable";

/** One line of the checklist. */
export interface FormRow extends Measured {
  readonly id: string;
  readonly name: string;
  /** What the share lacks; `null` where the rule is not unmet. */
  readonly lack: string | null;
  readonly result: FormResult;
}

/** What a reader works in: everything that they must have, in one place. */
export interface FormTexts {
  readonly text: Dictionary;
  readonly copy: FormCopy;
  readonly format: Format;
  readonly locale: Locale;
}

/** Rules of one part of the form, under its name. */
export interface RuleGroup<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Rules by the part of the form that their ids begin with; those of the share are one, and what has no name of its own is the last. */
export function groupRules<Row extends { readonly id: string }>(
  rows: readonly Row[],
  copy: FormCopy,
): readonly RuleGroup<Row>[] {
  const names: Readonly<Record<string, string>> = copy.formParts;
  const titleOf = (id: string): string =>
    BY_ID.get(id)?.of === "share"
      ? copy.formShare
      : (names[/^[A-Z]+/u.exec(id)?.[0] ?? ""] ?? copy.formOther);
  const titles = new Set([
    ...rows.map(({ id }) => titleOf(id)).filter((title) => title !== copy.formOther),
    copy.formOther,
  ]);
  return [...titles]
    .map((title) => ({ title, rows: rows.filter(({ id }) => titleOf(id) === title) }))
    .filter((group) => group.rows.length > 0);
}

/** What a rule measures; of one that this page does not know its id. */
export function ruleName(id: string, { locale }: Pick<FormTexts, "locale">): string {
  const known = BY_ID.get(id);
  return known === undefined ? RULE_COPY[locale].ruleText(id) : measureText(known.measure, locale);
}

type Rules = Pick<ExplainedVerdictBody, "rules" | "rules_of">;
type Kept = Rules & Pick<ExplainedVerdictBody, "eligibility" | "near_miss">;

/** In the order of the table. */
export function formRows({ rules, rules_of }: Rules, texts: FormTexts): readonly FormRow[] {
  const { text, format, locale } = texts;
  return rules.map(({ id, value, threshold, keep, met }) => ({
    ...measured({ rule: id, value, threshold: rules_of === "own" ? keep : threshold }, text, format),
    id,
    name: ruleName(id, texts),
    lack: met === false ? RULE_COPY[locale].ruleText(id) : null,
    result: resultOf({ value, met }),
  }));
}

/** Whether the open signal's own base meets every limit that keeps it on the list (SC10), on a share that may be listed at all. */
export function staysListed({ eligibility, near_miss, rules, rules_of }: Kept): boolean {
  const isBarred = !eligibility.ok || near_miss?.rule === "too_short";
  return rules_of === "own" && !isBarred && rules.every(({ met }) => met !== false);
}

/** The rules of a form by what came of them; `met` are among those `measured`. */
export interface RuleCount {
  readonly met: number;
  readonly measured: number;
  readonly unmeasured: number;
}

/** A rule without a value is never counted as met, also where it is not held against the share. */
export function countMet({ rules }: Pick<Rules, "rules">): RuleCount {
  const results = rules.map(resultOf);
  const countOf = (result: FormResult): number => results.filter((one) => one === result).length;
  return {
    met: countOf("pass"),
    measured: countOf("pass") + countOf("fail"),
    unmeasured: countOf("unavailable"),
  };
}

function resultOf({ value, met }: Pick<Rules["rules"][number], "value" | "met">): FormResult {
  return value === null || met === null ? "unavailable" : met ? "pass" : "fail";
}
