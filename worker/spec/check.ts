/**
 * `npm run check:spec`: every rule has a test, every tagged test has a rule, the table of the rules of the form is that of
 * the source, no vendor's field name has left the adapters, no browser test reads once, no wait is a short one, and no text of the page is computed once. Exit code 1 otherwise.
 * An argument names another root than this repository; `--write` writes the table first.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FormRule } from "../core/vcp/form-rules.ts";
import { formTable, tableDifferences, tableIn, tableRules, withTable } from "./form-table.ts";
import { describeFrozenText, findFrozenTexts } from "./frozen-texts.ts";
import { describeReadOnce, findReadOnce } from "./read-once.ts";
import { describeViolation, findViolations, parseRules, parseTags } from "./rules.ts";
import { describeShortWait, findShortWaits } from "./short-waits.ts";
import { describeVendorName, findVendorNames } from "./vendor-names.ts";

const WRITE = "--write";
const ROOT = process.argv.slice(2).find((arg) => arg !== WRITE) ?? join(import.meta.dirname, "../..");
const TABLE_SPEC = "worker/core/SPEC.md";
const TABLE_SOURCE = "worker/core/vcp/form-rules.ts";
const SOURCE_FILE = /\.(?:tsx?|mjs)$/;
const TEST_FILE = /\.(?:test|spec|contract)\.tsx?$/;

function files(): readonly string[] {
  return ["worker", "web"]
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => !name.includes("node_modules"))
    .toSorted();
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

interface TableModule {
  readonly FORM_RULES: readonly FormRule[];
}

/** The table's module as another root has it. */
function isTableModule(value: unknown): value is TableModule {
  return (
    typeof value === "object" && value !== null && "FORM_RULES" in value && Array.isArray(value.FORM_RULES)
  );
}

/** FM1: the rules of the form of this root; none where there is no such file. */
async function formRules(): Promise<readonly FormRule[]> {
  if (!existsSync(join(ROOT, TABLE_SOURCE))) {
    return [];
  }
  const loaded: unknown = await import(join(ROOT, TABLE_SOURCE));
  if (!isTableModule(loaded)) {
    throw new TypeError(`${TABLE_SOURCE} has no table of rules`);
  }
  const { FORM_RULES } = loaded;
  if (process.argv.includes(WRITE) && tableIn(read(TABLE_SPEC)) !== null) {
    writeFileSync(join(ROOT, TABLE_SPEC), withTable(read(TABLE_SPEC), formTable(FORM_RULES)));
  }
  return FORM_RULES;
}

const form = await formRules();
const table = form.length === 0 ? "" : read(TABLE_SPEC);
const all = files();
const beside = all.filter((file) => file.endsWith("SPEC.md")).flatMap((file) => parseRules(file, read(file)));
const rules = [...beside, ...tableRules(TABLE_SPEC, table, form, beside)];
const tags = all.filter((file) => TEST_FILE.test(file)).flatMap((file) => parseTags(file, read(file)));
const sources = all.filter((file) => SOURCE_FILE.test(file));
const violations = [
  ...(form.length === 0 ? [] : tableDifferences(table, form)).map((text) => `${TABLE_SPEC} ${text}`),
  ...findViolations(rules, tags).map(describeViolation),
  ...sources.flatMap((file) => findVendorNames(file, read(file))).map(describeVendorName),
  ...sources.flatMap((file) => findReadOnce(file, read(file))).map(describeReadOnce),
  ...sources.flatMap((file) => findFrozenTexts(file, read(file))).map(describeFrozenText),
  ...sources.flatMap((file) => findShortWaits(file, read(file))).map(describeShortWait),
];

const planned = rules.filter((rule) => rule.planned).length;
const specs = new Set(rules.map((rule) => rule.file)).size;
console.log(`${rules.length} rules in ${specs} SPEC.md (${planned} planned), quoted by ${tags.length} tags`);
for (const violation of violations) {
  console.error(violation);
}
if (violations.length > 0) {
  console.error(`${violations.length} violations`);
  process.exitCode = 1;
}
