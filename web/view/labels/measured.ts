/** A rule's value and its limit as text: in the rule's own unit, with its sign, and never two equal texts for two values. */
import { FORM_RULES, type FormRuleId, type RuleUnit } from "../../../worker/core/vcp/form-rules.ts";
import type { NearMiss, UnmetRule } from "../../../worker/core/vcp/verdict.ts";
import type { VerdictBody } from "../../../worker/protocol/verdict.ts";
import type { Format } from "../../i18n/format.ts";
import type { Dictionary } from "../../i18n/ko.ts";

/** `percent` is of a fraction, `times` a ratio of two values of one kind, `text` a kind, a notice or a day. */
type Unit = "percent" | "times" | "bars" | "sessions" | "won" | "count" | "text";

interface Sense {
  readonly unit: Unit;
  /** The relation of a value that meets the rule to the threshold. */
  readonly sign: "≤" | "≥" | "<" | "=";
}

function sense(sign: Sense["sign"], unit: Unit): Sense {
  return { sign, unit };
}

const UNITS: Readonly<Record<RuleUnit, Unit>> = { fraction: "percent", ratio: "times", count: "count" };

const SENSES: Readonly<Record<Exclude<UnmetRule, FormRuleId>, Sense>> = {
  no_master: sense("=", "text"),
  EL1: sense("=", "text"),
  too_short: sense("≥", "bars"),
  no_row: sense("=", "text"),
  adjustment_suspect: sense("≤", "percent"),
  halted: sense("<", "sessions"),
  EL2: sense("=", "text"),
  halted_today: sense("≥", "bars"),
  EL3_value: sense("≥", "won"),
  EL3_price: sense("≥", "won"),
  EL4: sense("≤", "sessions"),
  BS0: sense("≥", "bars"),
};

const FORM_SENSES: readonly (readonly [string, Sense])[] = FORM_RULES.map(({ id, side, unit }) => [
  id,
  sense(side === "atLeast" ? "≥" : "≤", UNITS[unit]),
]);

const BY_RULE: ReadonlyMap<string, Sense> = new Map([...Object.entries(SENSES), ...FORM_SENSES]);

/** Every rule of the detector: the type of `SENSES` and the table of the form leave none out. */
export const RULES_WITH_SENSE: readonly string[] = [...BY_RULE.keys()];

/** Decimals that are enough when the two values lie apart. */
const DIGITS: Readonly<Record<Unit, number>> = {
  percent: 1,
  times: 2,
  bars: 0,
  sessions: 0,
  won: 0,
  count: 0,
  text: 2,
};
/** Decimals that a double distinguishes with certainty, of values about 1. */
const MOST_DIGITS = 12;

type Value = NearMiss["value"];

/** A value and its limit, formatted. */
export interface Measured {
  readonly value: string;
  /** With the sign: `≥ 8.0%`. */
  readonly threshold: string;
}

function write(value: Value, unit: Unit, digits: number, text: Dictionary, format: Format): string {
  if (value === null || typeof value === "string") {
    return value ?? format.fixed(null);
  }
  const number = format.fixed(unit === "percent" ? 100 * value : value, digits);
  return unit === "text" ? number : text.unitOf[unit](number);
}

/** A rule that this page does not know yet has its bare numbers. */
export function measured(
  { rule, value, threshold }: Pick<NonNullable<VerdictBody["near_miss"]>, "rule" | "value" | "threshold">,
  text: Dictionary,
  format: Format,
): Measured {
  const known = BY_RULE.get(rule);
  const unit = known?.unit ?? "text";
  const first = DIGITS[unit];
  const most = value === threshold ? first : MOST_DIGITS;
  const both = (digits: number): readonly [string, string] => [
    write(value, unit, digits, text, format),
    write(threshold, unit, digits, text, format),
  ];
  let [left, right] = both(first);
  for (let digits = first + 1; left === right && digits <= most; digits++) {
    [left, right] = both(digits);
  }
  return {
    value: left,
    threshold: known === undefined || threshold === null ? right : `${known.sign} ${right}`,
  };
}
