/**
 * FM1: the table of the rules of the form in a SPEC.md, written from the one in the source. Pure: check.ts reads and writes
 * the files.
 */
import type { FormRule } from "../core/vcp/form-rules.ts";
import type { Rule } from "./rules.ts";

const BEGIN = "<!-- rules of the form -->";
const HEADING = "| rule | of | measure | must be | keeps | else | source |";
const END = "<!-- end of the rules -->";

/** At most ten decimals: 0.15 and not the double beside it. */
function numberOf(x: number): string {
  return String(Number(x.toFixed(10)));
}

function limitOf(x: number, { side, unit }: FormRule): string {
  const value = unit === "fraction" ? `${numberOf(100 * x)} %` : numberOf(x);
  return `${side === "atLeast" ? ">=" : "<="} ${value}`;
}

/** The lines of the table, heading included. */
export function formTable(rules: readonly FormRule[]): string {
  const lines = rules.map((rule) => {
    const cells = [
      rule.id,
      rule.of,
      `\`${rule.measure}\``,
      limitOf(rule.limit, rule),
      limitOf(rule.keep, rule),
      rule.en,
      rule.source,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [HEADING, "|---|---|---|---|---|---|---|", ...lines].join("\n");
}

/** What stands between the two markers; `null` without them. */
export function tableIn(spec: string): string | null {
  const [, after] = spec.split(BEGIN);
  const [table, rest] = after?.split(END) ?? [];
  return table === undefined || rest === undefined ? null : table.trim();
}

/** The text with this table between its markers. */
export function withTable(spec: string, table: string): string {
  const [before, after = ""] = spec.split(BEGIN);
  const [, rest = ""] = after.split(END);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${rest}`;
}

/** Ids as tests quote them: a line that shares the id of a rule beside the table (`CT2lo`) is proven by the tests of that one. */
const QUOTED = /^[A-Z]{2,4}\d+[a-z]?$/;

/** The rules that stand in the table alone. */
export function tableRules(
  file: string,
  spec: string,
  rules: readonly FormRule[],
  beside: readonly Rule[],
): readonly Rule[] {
  const known = new Set(beside.filter((rule) => rule.file === file).map(({ id }) => id));
  const lines = spec.split("\n");
  return rules.flatMap(({ id }) => {
    const line = lines.findIndex((text) => text.startsWith(`| ${id} |`)) + 1;
    return line > 0 && QUOTED.test(id) && !known.has(id) ? [{ id, planned: false, file, line }] : [];
  });
}

/** The lines of the table that the SPEC has otherwise, each as it must read; empty when they agree. */
export function tableDifferences(spec: string, rules: readonly FormRule[]): readonly string[] {
  const held = (tableIn(spec) ?? "").split("\n").map((line) => line.trim());
  const wanted = formTable(rules).split("\n");
  const missing = wanted.filter((line, i) => held[i] !== line);
  const left = held.slice(wanted.length);
  return [
    ...missing.map((line) => `the table of the rules lacks: ${line}`),
    ...left.map((line) => `the table of the rules has besides: ${line}`),
  ];
}
