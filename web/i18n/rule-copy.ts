/** Texts of rules and reasons by language; both load with the parts that show them, behind the first rows. */
import { enRules } from "./en-rules.ts";
import { koRules } from "./ko-rules.ts";
import type { Locale } from "./locale.ts";
import type { RuleCopy } from "./rule-texts.ts";

export const RULE_COPY: Readonly<Record<Locale, RuleCopy>> = { ko: koRules, en: enRules };
