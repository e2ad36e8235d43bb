/**
 * Rules and their proofs: what a SPEC.md defines, what test titles quote, and where the two disagree.
 * Pure: check.ts reads the files and prints the result.
 */
import { stringLiterals } from "./string-literals.ts";

export interface Rule {
  readonly id: string;
  /** Under a heading that begins with "Planned": no test is owed yet. */
  readonly planned: boolean;
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
}

/** One rule id at the beginning of a test title; a title with two ids gives two tags. */
export interface Tag {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly line: number;
}

export type Violation =
  | { readonly kind: "untested"; readonly rule: Rule }
  | { readonly kind: "unknown"; readonly tag: Tag }
  | { readonly kind: "twice"; readonly rule: Rule; readonly first: Rule };

/** A list item, or a line without indentation, that begins with an id, bare or bold. */
const DEFINITION = /^(?:\s*[-*]\s+)?(?:\*\*([A-Z]{2,4}\d+[a-z]?)\b.*?\*\*|([A-Z]{2,4}\d+[a-z]?)(?=[\s:.]|$))/;
const HEADING = /^(#{1,6})\s+(.*)$/;
const FENCE = /^\s*```/;

export function parseRules(file: string, text: string): readonly Rule[] {
  const rules: Rule[] = [];
  let planned = 0;
  let fenced = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (FENCE.test(line)) {
      fenced = !fenced;
    }
    if (fenced) {
      continue;
    }
    const heading = HEADING.exec(line);
    if (heading) {
      const level = heading[1]?.length ?? 0;
      if (planned === 0 || level <= planned) {
        planned = heading[2]?.startsWith("Planned") === true ? level : 0;
      }
      continue;
    }
    const definition = DEFINITION.exec(line);
    const id = definition?.[1] ?? definition?.[2];
    if (id !== undefined) {
      rules.push({ id, planned: planned > 0, file, line: index + 1 });
    }
  }
  return rules;
}

/** Leading ids of a title. Looser than an id, so that `[CT6brk]` is reported and not overlooked. */
const LEADING_TAGS = /^(?:\[[A-Z]{2,4}\d+\w*\]\s*)+/;
/** The first argument of a call that runs: a skipped or unwritten test proves nothing. */
const CALL = /\(\s*$/;
const NOT_RUN = /\.(?:skip|todo)\s*\(\s*$/;

/** The tags of a test or contract file: every string that is the first argument of a call and begins with ids. */
export function parseTags(file: string, source: string): readonly Tag[] {
  return stringLiterals(source)
    .filter(({ before }) => CALL.test(before) && !NOT_RUN.test(before))
    .flatMap(({ text, line }) => {
      const leading = LEADING_TAGS.exec(text)?.[0] ?? "";
      return Array.from(leading.matchAll(/\w+/g), ([id]) => ({ id, title: text, file, line }));
    });
}

/** Every breach, definitions first, each list in the order of its input. */
export function findViolations(rules: readonly Rule[], tags: readonly Tag[]): readonly Violation[] {
  const defined = new Map<string, Rule>();
  const violations: Violation[] = [];
  for (const rule of rules) {
    const first = defined.get(rule.id);
    if (first) {
      violations.push({ kind: "twice", rule, first });
    } else {
      defined.set(rule.id, rule);
    }
  }
  const quoted = new Set(tags.map((tag) => tag.id));
  for (const rule of defined.values()) {
    if (!rule.planned && !quoted.has(rule.id)) {
      violations.push({ kind: "untested", rule });
    }
  }
  for (const tag of tags) {
    if (!defined.has(tag.id)) {
      violations.push({ kind: "unknown", tag });
    }
  }
  return violations;
}

/** One line a violation, `file:line` first. */
export function describeViolation(violation: Violation): string {
  switch (violation.kind) {
    case "untested": {
      return `${violation.rule.file}:${violation.rule.line} ${violation.rule.id} has no test`;
    }
    case "unknown": {
      return `${violation.tag.file}:${violation.tag.line} [${violation.tag.id}] stands in no SPEC.md: ${violation.tag.title}`;
    }
    case "twice": {
      const { rule, first } = violation;
      return `${rule.file}:${rule.line} ${rule.id} is defined already at ${first.file}:${first.line}`;
    }
  }
}
