import { describe, it } from "vitest";
import type { FormRule } from "../core/vcp/form-rules.ts";
import { formTable, tableDifferences, tableIn, tableRules, withTable } from "./form-table.ts";

const RULES: readonly FormRule[] = [
  {
    id: "BS2",
    of: "base",
    measure: "advance",
    side: "atLeast",
    limit: 0.3,
    keep: 0.07,
    unit: "fraction",
    en: "too small",
    ko: "작음",
    source: "doctrine",
  },
  {
    id: "CT2lo",
    of: "base",
    measure: "firstDepth",
    side: "atMost",
    limit: 1.25,
    keep: 2,
    unit: "ratio",
    en: "too deep",
    ko: "깊음",
    source: "chosen",
  },
];
const SPEC = "# A\n\n<!-- rules of the form -->\n<!-- end of the rules -->\n\n- FM1 b\n";
const SEPARATOR = "|---|---|---|---|---|---|---|";

describe("the table of the form", () => {
  it("[FM1] has a line a rule, with its two limits in the unit of what it measures", ({ expect }) => {
    expect(formTable(RULES).split("\n")).toEqual([
      "| rule | of | measure | must be | keeps | else | source |",
      SEPARATOR,
      "| BS2 | base | `advance` | >= 30 % | >= 7 % | too small | doctrine |",
      "| CT2lo | base | `firstDepth` | <= 1.25 | <= 2 | too deep | chosen |",
    ]);
  });

  it("[FM1] is written between its markers, and nothing else is touched", ({ expect }) => {
    const written = withTable(SPEC, formTable(RULES));
    expect(tableIn(written)).toBe(formTable(RULES));
    expect(written.startsWith("# A\n\n<!-- rules of the form -->\n")).toBe(true);
    expect(written.endsWith("\n<!-- end of the rules -->\n\n- FM1 b\n")).toBe(true);
    expect(withTable(written, formTable(RULES))).toBe(written);
    expect(tableIn("no markers")).toBeNull();
  });

  it("[FM1] differs by each line that is not that of the source, that lacks or that is left", ({
    expect,
  }) => {
    const written = withTable(SPEC, formTable(RULES));
    expect(tableDifferences(written, RULES)).toEqual([]);
    expect(tableDifferences(written.replace(">= 30 %", ">= 31 %"), RULES)).toEqual([
      "the table of the rules lacks: | BS2 | base | `advance` | >= 30 % | >= 7 % | too small | doctrine |",
    ]);
    expect(tableDifferences(written, RULES.slice(0, 1))).toEqual([
      "the table of the rules has besides: | CT2lo | base | `firstDepth` | <= 1.25 | <= 2 | too deep | chosen |",
    ]);
    expect(tableDifferences(SPEC, RULES)).toHaveLength(4);
  });

  it("[FM1] owes a test for each rule that no text beside it defines", ({ expect }) => {
    const written = withTable(SPEC, formTable(RULES));
    const beside = { id: "BS2", planned: false, file: "a/SPEC.md", line: 9 };
    expect(tableRules("a/SPEC.md", written, RULES, [])).toEqual([
      { id: "BS2", planned: false, file: "a/SPEC.md", line: 7 },
    ]);
    expect(tableRules("a/SPEC.md", written, RULES, [beside])).toEqual([]);
  });
});
