/** The form of a share as a person reads it at a terminal: every rule with value, limit and result, and the legs of its base. */
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { ExplainedRule, FormExplanation } from "../../core/scan/explain.ts";
import type { RuleUnit } from "../../core/vcp/form-rules.ts";
import type { Base, Contraction, Verdict } from "../../core/vcp/verdict.ts";
import { MEASURE_TEXTS } from "../../protocol/measure-texts.ts";
import { drawTable, type TextColumn } from "../terminal/text-table.ts";

/** A missing value is a dash, never 0. */
const MISSING = "-";

const RULES: readonly TextColumn[] = [
  { title: "rule", align: "left" },
  { title: "value", align: "right" },
  { title: "must be", align: "right" },
  { title: "result", align: "left" },
  { title: "what is measured", align: "left" },
];

const LEGS: readonly TextColumn[] = [
  { title: "high on", align: "left" },
  { title: "high", align: "right" },
  { title: "low on", align: "left" },
  { title: "low", align: "right" },
  { title: "depth", align: "right" },
  { title: "bars", align: "right" },
];

/** Decimals that are enough when value and limit lie apart, and the most that tell two doubles apart. */
const DIGITS: Readonly<Record<RuleUnit, number>> = { fraction: 1, ratio: 2, count: 0 };
const MOST_DIGITS = 12;

export function percent(x: number, digits = 1): string {
  return `${(100 * x).toFixed(digits)} %`;
}

function written(x: number, unit: RuleUnit, digits: number): string {
  return unit === "fraction" ? percent(x, digits) : x.toFixed(digits);
}

/** Value and limit of one rule, with as many digits as tell an unmet value from its limit. */
function valuesOf({ rule, value, limit }: ExplainedRule): readonly [value: string, limit: string] {
  const { unit, side } = rule;
  let digits = DIGITS[unit];
  const isLike = (): boolean =>
    value !== null && value !== limit && written(value, unit, digits) === written(limit, unit, digits);
  while (isLike() && digits < MOST_DIGITS) {
    digits += 1;
  }
  return [
    value === null ? MISSING : written(value, unit, digits),
    `${side === "atLeast" ? ">=" : "<="} ${written(limit, unit, digits)}`,
  ];
}

function rowOf(explained: ExplainedRule): readonly string[] {
  const { rule, met } = explained;
  const result = met === null ? MISSING : met ? "pass" : "fail";
  return [rule.id, ...valuesOf(explained), result, MEASURE_TEXTS[rule.measure].en];
}

function legOf({ highDay, high, lowDay, low, depth, bars }: Contraction): readonly string[] {
  return [
    formatTradingDay(highDay),
    String(high),
    formatTradingDay(lowDay),
    String(low),
    percent(depth),
    String(bars),
  ];
}

/** The contractions of a base, one a line. */
export function drawLegs(base: Base): string {
  return drawTable(LEGS, base.contractions.map(legOf));
}

/** The rules, and below them the base that they were asked of, where the verdict itself has none. */
export function describeForm({ rules, of }: FormExplanation, verdict: Verdict): readonly string[] {
  const table = drawTable(RULES, rules.map(rowOf));
  if (of === null) {
    return [table, "", "No base can be read."];
  }
  if (verdict.base !== null) {
    return [table];
  }
  const { footprint, bars, pivot, stop, distance } = of.base;
  return [
    table,
    "",
    `Nearest base, not listed: ${footprint}, ${bars} bars`,
    `pivot ${pivot} (${percent(distance)}), stop ${stop}`,
    "",
    drawLegs(of.base),
  ];
}
