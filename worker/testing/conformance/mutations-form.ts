/** FM broken line by line: every rule of the form turned round, and each of its two limits moved. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { assert } from "../../core/assert.ts";
import { FORM_RULES, type FormRule } from "../../core/vcp/form-rules.ts";
import { PARAMS } from "../../core/params.ts";
import { type Mutation, mutationsOf } from "./mutation.ts";

type Change = readonly [rule: string, from: string, to: string];

const LINES = "core/vcp/form-lines.ts";
const SOURCE = readFileSync(join(projectRoot, "worker", LINES), "utf8");

/** A twentieth, one of a count: near enough for a slip of the pen. */
function moved(x: number, { unit }: FormRule): number {
  return unit === "count" ? x + 1 : Number((x + Math.max(0.01, Math.abs(x) / 20)).toFixed(4));
}

/** How the formatter writes a number of the source. */
function written(x: number): string {
  return Math.abs(x) >= 1_000 ? String(x).replace(/\B(?=(\d{3})+(?!\d))/g, "_") : String(x);
}

/** The line of the rule, in as many lines of text as it takes. */
function lineOf({ id }: FormRule): string {
  const [, after] = SOURCE.split(`id: "${id}",`);
  assert(after !== undefined, `${id} stands in the source`);
  return `id: "${id}",${after.split("source:")[0] ?? ""}`;
}

function ofRule(rule: FormRule): readonly Change[] {
  const line = lineOf(rule);
  const { id, side, limit, keep } = rule;
  const turned = side === "atLeast" ? "atMost" : "atLeast";
  const changes: readonly (readonly [from: string, to: string])[] = [
    [`side: "${side}"`, `side: "${turned}"`],
    [`limit: ${written(limit)},`, `limit: ${written(moved(limit, rule))},`],
    [`keep: ${written(keep)},`, `keep: ${written(moved(keep, rule))},`],
  ];
  return changes.map(([from, to]) => [id, line, line.replace(from, to)]);
}

/** Every number of the kernel in the parameters, made larger by a third or so. */
function ofConstants(): readonly Change[] {
  return Object.entries(PARAMS.base).flatMap(([name, value]) =>
    typeof value === "number"
      ? [
          [
            "PR1",
            `\n    ${name}: ${written(value)},\n`,
            `\n    ${name}: ${written(Number.isInteger(value) ? Math.ceil(value * 1.34) : Number((value * 1.34).toFixed(4)))},\n`,
          ] as const,
        ]
      : [],
  );
}

export const FORM_MUTATIONS: readonly Mutation[] = [
  ...mutationsOf(LINES, FORM_RULES.flatMap(ofRule)),
  ...mutationsOf("core/vcp/form-rules.ts", [
    ["FM1", "value === null || (rule.side", "value !== null && (rule.side"],
    ["FM1", "value >= limit : value <= limit", "value > limit : value <= limit"],
    ["FM1", "value >= limit : value <= limit", "value >= limit : value < limit"],
  ]),
  ...mutationsOf("core/params.ts", [
    ...ofConstants(),
    ["BS1", "bars: [18, 250],", "bars: [17, 250],"],
    ["BS1", "bars: [18, 250],", "bars: [18, 249],"],
    ["SC2", "dryBars: [10, 50],", "dryBars: [9, 50],"],
    ["SC2", "dryBars: [10, 50],", "dryBars: [10, 49],"],
    ["CT8", "ready: { distance: -0.06, shelf: 3 },", "ready: { distance: -0.07, shelf: 3 },"],
    ["CT8", "ready: { distance: -0.06, shelf: 3 },", "ready: { distance: -0.06, shelf: 2 },"],
  ]),
];
