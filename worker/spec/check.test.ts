import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { describeViolation, findViolations, parseRules, parseTags } from "./rules.ts";

const ids = (spec: string): readonly string[] => parseRules("SPEC.md", spec).map(({ id }) => id);
const planned = (spec: string): readonly string[] =>
  parseRules("SPEC.md", spec)
    .filter((rule) => rule.planned)
    .map(({ id }) => id);
const tagsOf = (source: string): readonly string[] => parseTags("a.test.ts", source).map(({ id }) => id);
const complaints = (spec: string, source: string): readonly string[] =>
  findViolations(parseRules("SPEC.md", spec), parseTags("a.test.ts", source)).map(describeViolation);

/** Runs check.ts over a folder with one SPEC.md and one test file. */
function run(spec: string, source: string): { status: number | null; stdout: string; stderr: string } {
  const root = mkdtempSync(join(tmpdir(), "vcp-spec-"));
  try {
    const folder = join(root, "worker", "place");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "SPEC.md"), spec);
    writeFileSync(join(folder, "a.test.ts"), source);
    const script = join(import.meta.dirname, "check.ts");
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
    return { status, stdout, stderr };
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("rules of a SPEC.md", () => {
  it("[SP1] finds ids at the start of list items and lines, bare or bold", ({ expect }) => {
    expect(ids("- SW1 a\n* **CT10** b\n  - RT2a: c\nLCR16 d\n**BK3** e\n- **SC1.** f")).toEqual([
      "SW1",
      "CT10",
      "RT2a",
      "LCR16",
      "BK3",
      "SC1",
    ]);
  });

  it("[SP1] leaves running text, headings and code alone", ({ expect }) => {
    expect(
      ids("# SW1\nas SW2 states\n  SW3 indented\n```\n- SW4 sample\n```\n- see SW5\n- A1 b\n- SW6x7 c"),
    ).toEqual([]);
  });

  it("[SP1] names where a rule stands", ({ expect }) => {
    expect(parseRules("x/SPEC.md", "\n\n- SW1 a")).toEqual([
      { id: "SW1", planned: false, file: "x/SPEC.md", line: 3 },
    ]);
  });

  it("[SP2] a Planned heading covers its subsections and ends at the next of its level", ({ expect }) => {
    const spec = "- SW1 a\n## Planned later\n- SW2 b\n### Ticks\n- SW3 c\n## Now\n- SW4 d";
    expect(ids(spec)).toEqual(["SW1", "SW2", "SW3", "SW4"]);
    expect(planned(spec)).toEqual(["SW2", "SW3"]);
  });
});

describe("tags of a test file", () => {
  it("[SP3] reads plain, template, table and group titles, and two ids in one", ({ expect }) => {
    const source = [
      'it("[SW1] a", () => {});',
      "it.for([[1, 2], [3]])(`[SW2] b ${1}`, () => {});",
      "describe('[SW3][SW4] c', () => {});",
      'test(\n  "[SW5] [SW6] d",\n  () => {},\n);',
    ].join("\n");
    expect(tagsOf(source)).toEqual(["SW1", "SW2", "SW3", "SW4", "SW5", "SW6"]);
  });

  it("[SP3] an id elsewhere in a title, or in another argument, is no tag", ({ expect }) => {
    expect(tagsOf('it("a [SW1]", () => {}); f(1, "[SW2] b"); const x = "[SW3] c";')).toEqual([]);
  });

  it("[SP4] what is commented out, quoted, skipped or unwritten is no tag", ({ expect }) => {
    const source = [
      '// it("[SW1] a", () => {});',
      '/* it("[SW2] a", () => {}); */',
      `const sample = 'it("[SW3] a")';`,
      'it.skip("[SW4] a", () => {});',
      'it.todo("[SW5] a");',
      String.raw`const pattern = /it\("[SW6] a/;`,
    ].join("\n");
    expect(tagsOf(source)).toEqual([]);
  });
});

describe("rules against tags", () => {
  it("[SP5] agrees when each rule has a test and each tag a rule", ({ expect }) => {
    expect(complaints("- SW1 a\n## Planned\n- SW2 b", 'it("[SW1] a", f); it("[SW2] b", f);')).toEqual([]);
  });

  it("[SP5] reports the rule without a test, but not a planned one", ({ expect }) => {
    expect(complaints("- SW1 a\n## Planned\n- SW2 b", "")).toEqual(["SPEC.md:1 SW1 has no test"]);
  });

  it("[SP5] reports the tag without a rule, malformed ones too", ({ expect }) => {
    expect(complaints("- CT6 a", 'it("[CT6] a", f);\nit("[CT6brk] b", f);\nit("[CT7] c", f);')).toEqual([
      "a.test.ts:2 [CT6brk] stands in no SPEC.md: [CT6brk] b",
      "a.test.ts:3 [CT7] stands in no SPEC.md: [CT7] c",
    ]);
  });

  it("[SP5] reports an id that is defined twice, once", ({ expect }) => {
    expect(complaints("- SW1 a\n- SW1 b", 'it("[SW1] a", f);')).toEqual([
      "SPEC.md:2 SW1 is defined already at SPEC.md:1",
    ]);
  });
});

describe("the command", () => {
  it("[SP6] counts and is content", ({ expect }) => {
    const { status, stdout, stderr } = run("- SW1 a\n## Planned\n- SW2 b", 'it("[SW1] a", f);');
    expect(stdout).toBe("2 rules in 1 SPEC.md (1 planned), quoted by 1 tags\n");
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it("[SP6] names file and line of each violation and exits with 1", ({ expect }) => {
    const { status, stderr } = run("- SW1 a", '\nit("[SW2] a", f);');
    expect(stderr.split("\n")).toEqual([
      "worker/place/SPEC.md:1 SW1 has no test",
      "worker/place/a.test.ts:2 [SW2] stands in no SPEC.md: [SW2] a",
      "2 violations",
      "",
    ]);
    expect(status).toBe(1);
  });
});
