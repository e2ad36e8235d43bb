/** FM1: one line more in the table of the source, in a copy of it, and everything that follows from that line. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { assert } from "../core/assert.ts";

const ROOT = join(import.meta.dirname, "../..");

/** No base lasts a thousand bars from its high to its low: the new rule refuses every one. */
const LINE = `  {
    id: "ZZ1",
    asks: { of: "base", measure: "firstBars", side: "atLeast", limit: 1_000, keep: 900, unit: "count" },
    text: { en: "first contraction of too few days", ko: "첫 조정이 며칠뿐" },
    source: "a test",
  },
`;

/** Runs in the copy: the verdict on the textbook base, and what each reader of the table makes of the rule. */
const SCRIPT = `
import { explainVerdict } from "./worker/cli/scan/explain-verdict.ts";
import { columnsOf } from "./worker/core/bars/columns.ts";
import { explainForm } from "./worker/core/scan/explain.ts";
import { PARAMS } from "./worker/core/params.ts";
import { buildBase, TEXTBOOK_BASE } from "./worker/testing/builders/base-builder.ts";
import { ALL_ELIGIBLE, verdictOn } from "./worker/testing/oracle/compare-verdict.ts";
import { enRules } from "./web/i18n/en-rules.ts";
import { koRules } from "./web/i18n/ko-rules.ts";
import { FORM_RULES } from "./worker/core/vcp/form-rules.ts";
import { koForm } from "./web/i18n/ko-form.ts";
import { groupRules } from "./web/view/labels/form-rows.ts";
import { RULES_WITH_SENSE } from "./web/view/labels/measured.ts";
const rows = buildBase(TEXTBOOK_BASE);
const verdict = verdictOn(rows);
const without = { ...ALL_ELIGIBLE, form: { ...PARAMS.form, ZZ1: { limit: 0, keep: 0 } } };
const { rule, value, threshold, base } = verdict.nearMiss ?? {};
process.stdout.write(JSON.stringify({
  detected: verdict.detected,
  detectedWithout: verdictOn(rows, without).detected,
  miss: [rule, value, threshold, base?.footprint],
  params: PARAMS.form.ZZ1,
  explained: explainVerdict(
    verdict,
    explainForm({ columns: columnsOf(rows), verdict, incumbent: null, params: ALL_ELIGIBLE, grid: "krx" }),
  ),
  texts: [enRules.ruleText("ZZ1"), koRules.ruleText("ZZ1")],
  withSense: RULES_WITH_SENSE.includes("ZZ1"),
  onPage: groupRules(FORM_RULES, koForm).flatMap(({ rows }) => rows).map(({ id }) => id).includes("ZZ1"),
}));
`;

const root = mkdtempSync(join(tmpdir(), "vcp-rule-"));

function run(args: readonly string[]): { readonly status: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { status, out: stdout + stderr };
}

/** What the check of the copy has against the table of the rules. */
function tableComplaints(): readonly string[] {
  return run([join(root, "worker/spec/check.ts"), root])
    .out.split("\n")
    .filter((line) => line.includes("table of the rules"));
}

beforeAll(() => {
  for (const folder of ["worker", "web"]) {
    cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  }
  cpSync(join(ROOT, "package.json"), join(root, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  const source = join(root, "worker/core/vcp/form-lines.ts");
  const [before, after, ...rest] = readFileSync(source, "utf8").split("] as const;");
  assert(after !== undefined && rest.length === 0, "The table of the source ends once");
  writeFileSync(source, `${before}${LINE}] as const;${after}`);
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("a rule more", () => {
  it("[FM1] is one line: verdict, explanation, parameters, texts and the table of SPEC.md follow", ({
    expect,
  }) => {
    expect(tableComplaints()).toEqual([
      "worker/core/SPEC.md the table of the rules lacks: | ZZ1 | base | `firstBars` | >= 1000 | >= 900 | first contraction of too few days | a test |",
    ]);
    run([join(root, "worker/spec/check.ts"), root, "--write"]);
    expect(tableComplaints()).toEqual([]);

    writeFileSync(join(root, "ask.ts"), SCRIPT);
    const { status, out } = run([join(root, "ask.ts")]);
    expect(status, out).toBe(0);
    const answer: unknown = JSON.parse(out);
    expect(answer).toMatchObject({
      explained: expect.stringContaining("ZZ1 (first contraction of too few days)"),
      detected: false,
      detectedWithout: true,
      miss: ["ZZ1", 14, 1_000, "14W 25/6 3T"],
      params: { limit: 1_000, keep: 900 },
      texts: ["First contraction of too few days", "첫 조정이 며칠뿐"],
      withSense: true,
      onPage: true,
    });
    expect(answer).toMatchObject({ explained: expect.stringMatching(/ZZ1\s+14\s+>= 1000\s+fail/) });
  });
});
