/** The form of a share as a checklist: each rule by what it measures, its value against its limit, and whether it is met. */
import { FORM_RULES, type FormRule } from "../../../worker/core/vcp/form-rules.ts";
import { MEASURE_TEXTS } from "../../../worker/protocol/measure-texts.ts";
import type { ExplainedVerdictBody } from "../../../worker/protocol/verdict.ts";
import type { Format } from "../../i18n/format.ts";
import type { Dictionary } from "../../i18n/ko.ts";
import type { Locale } from "../../i18n/locale.ts";
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

/** The rules asked of a share, and those asked of its base. */
export interface FormGroups {
  readonly share: readonly FormRow[];
  readonly base: readonly FormRow[];
}

type Rules = Pick<ExplainedVerdictBody, "rules" | "rules_of">;

/** In the order of the table; a rule that this page does not know stands with its id among those of the base. */
export function formGroups(
  { rules, rules_of }: Rules,
  text: Dictionary,
  format: Format,
  locale: Locale,
): FormGroups {
  const rows = rules.map(({ id, value, threshold, keep, met }): FormRow & { readonly of: FormRule["of"] } => {
    const known = BY_ID.get(id);
    const limit = rules_of === "own" ? keep : threshold;
    return {
      ...measured({ rule: id, value, threshold: limit }, text, format),
      id,
      name: known === undefined ? text.ruleText(id) : MEASURE_TEXTS[known.measure][locale],
      lack: met === false ? text.ruleText(id) : null,
      result: value === null || met === null ? "unavailable" : met ? "pass" : "fail",
      of: known?.of ?? "base",
    };
  });
  return { share: rows.filter(({ of }) => of === "share"), base: rows.filter(({ of }) => of !== "share") };
}

/** The rules that are not unmet, and all. A value that cannot be measured is not held against a share. */
export function countMet({ rules }: Rules): { readonly met: number; readonly all: number } {
  return { met: rules.filter(({ met }) => met === true).length, all: rules.length };
}
