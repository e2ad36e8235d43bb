/** The table of `form-lines.ts` as every reader takes it: a rule with its numbers and texts, and what it asks of a value. */
import { FORM_LINES } from "./form-lines.ts";
import type { MeasureName } from "./measure-names.ts";

/** `share`: asked of the share, whatever its base. `base`: asked of one reading of one base. `score`: asked of the points of both. */
export type RuleSubject = "share" | "base" | "score";

/** How the measured value is written: a fraction as per cent, a ratio, or a whole number. */
export type RuleUnit = "fraction" | "ratio" | "count";

/** One of the rules of the table. */
export type FormRuleId = (typeof FORM_LINES)[number]["id"];

export interface FormRule {
  readonly id: FormRuleId;
  readonly of: RuleSubject;
  readonly measure: MeasureName;
  readonly side: "atLeast" | "atMost";
  /** For a new listing. */
  readonly limit: number;
  /** For a pattern that is listed already (SC10): never stricter than `limit`. */
  readonly keep: number;
  readonly unit: RuleUnit;
  /** What a share that does not meet the rule lacks, in the two languages of the pages. */
  readonly en: string;
  readonly ko: string;
  /** Where rule and number come from. */
  readonly source: string;
}

/** In the order in which a near miss is reported. */
export const FORM_RULES: readonly FormRule[] = FORM_LINES.map(({ id, asks, text, source }) => ({
  id,
  ...asks,
  ...text,
  source,
}));

/** A rule's two numbers. */
export interface FormLimit {
  readonly limit: number;
  readonly keep: number;
}
/** Which of the two numbers is asked: that of a new listing, or that of one that stands. */
export type Strictness = keyof FormLimit;

export type FormLimits = Readonly<Record<FormRuleId, FormLimit>>;

/** Something of every rule, by its id. */
export function byRule<T>(of: (rule: FormRule) => T): Readonly<Record<FormRuleId, T>>;
export function byRule<T>(of: (rule: FormRule) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(FORM_RULES.map((rule) => [rule.id, of(rule)] as const));
}

/** The limits that ship, by rule. */
export function shippedLimits(): FormLimits {
  return byRule(({ limit, keep }) => ({ limit, keep }));
}

/** A value that is missing is not held against the share: too young to have it, or nothing of the kind happened. */
export function isMet(rule: FormRule, value: number | null, limit: number): boolean {
  return value === null || (rule.side === "atLeast" ? value >= limit : value <= limit);
}
