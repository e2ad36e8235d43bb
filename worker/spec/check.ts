/**
 * `npm run check:spec`: every rule has a test, every tagged test has a rule, and no vendor's field name has left the
 * adapters. Exit code 1 otherwise.
 * An argument names another root than this repository.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeViolation, findViolations, parseRules, parseTags } from "./rules.ts";
import { describeVendorName, findVendorNames } from "./vendor-names.ts";

const ROOT = process.argv[2] ?? join(import.meta.dirname, "../..");
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

const all = files();
const rules = all.filter((file) => file.endsWith("SPEC.md")).flatMap((file) => parseRules(file, read(file)));
const tags = all.filter((file) => TEST_FILE.test(file)).flatMap((file) => parseTags(file, read(file)));
const sources = all.filter((file) => SOURCE_FILE.test(file));
const violations = [
  ...findViolations(rules, tags).map(describeViolation),
  ...sources.flatMap((file) => findVendorNames(file, read(file))).map(describeVendorName),
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
