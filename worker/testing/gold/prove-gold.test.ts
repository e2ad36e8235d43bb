import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import { LABEL_HEADER, writeGold } from "./synthetic-gold.ts";
import { type GoldOptions, proveGold } from "./prove-gold.ts";

let data = "";
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "gold-"));
  writeGold(data);
});
afterAll(() => {
  rmSync(data, { recursive: true });
});

async function prove(options: Partial<GoldOptions> = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  const plain = { data, labels: [], chart: [], blind: false, disagreements: false, seed: 1 };
  await proveGold({ ...plain, ...options }, (line) => {
    lines.push(...line.split("\n"));
  });
  return lines;
}

/** Cells of the first row of that name. */
const rowOf = (lines: readonly string[], name: string): readonly string[] =>
  (lines.find((line) => line.startsWith(name)) ?? "").split(/ {2,}/);

describe("npm run prove -- gold", () => {
  it("[GO9] prints each law's figures on all charts, by label and by fold", async ({ expect }) => {
    const lines = await prove({ disagreements: true });
    expect(lines[0]).toBe("labels.csv: 3 charts of 3 tickers on 1 days: 1 yes, 1 good, 0 weak, 1 no");
    const row = rowOf(lines, "vcp-");
    expect(row.slice(1, 3)).toEqual(["1", "1"]);
    expect(row[3]).toMatch(/^100 % /);
    expect(row[4]).toMatch(/^50 % /);
    expect(row.slice(5)).toEqual(["1/1", "0/1", "-", "0/1", "1/1", "1/1", "0/1", "1/1"]);
    expect(rowOf(lines, "crude, leader").slice(9)).toEqual(["-", "-", "-", "-"]);
    expect(lines.filter((line) => line.startsWith("crude, wide"))).toHaveLength(2);
    const missed = lines.findIndex((line) => line.endsWith("yes or good for the judges, and not listed (1)"));
    expect(lines[missed + 1]).toMatch(
      /^ {2}900030 2025-06-13 {2}good 1\/1\/1 {2}\S.*\| not seen by any law$/,
    );
  });

  it("[GO9] skips with its reason where the bars or the labels are missing", async ({ expect }) => {
    const [line, ...rest] = await prove({ data: join(data, "krx") });
    expect(line).toMatch(/^skipped: no labelled charts of real bars/);
    expect(rest).toEqual([]);
  });

  it("[GO9] refuses a chart that the bars do not have, instead of counting it", async ({ expect }) => {
    const file = join(data, "more.csv");
    writeFileSync(file, `${LABEL_HEADER}\n900010,2025-06-14,no,0/0/0,,,,\n`);
    await expect(prove({ labels: [file] })).rejects.toThrow("The bars have no row of 900010 2025-06-14");
    await expect(prove({ labels: [join(data, "none.csv")] })).rejects.toThrow("none.csv: no such file");
    await expect(prove({ law: "other" })).rejects.toThrow(`--law takes "vcp-`);
  });

  it("[GO6] shows each set of a file beside the shipped one and the choice among them", async ({
    expect,
  }) => {
    const params = join(data, "sets.json");
    writeFileSync(params, JSON.stringify([{ form: { CT3: { limit: 0.001 } } }]));
    const lines = await prove({ params });
    expect(rowOf(lines, `{"form":{"CT3":{"limit":0.001}}}`)[1]).toBe("0");
    expect(rowOf(lines, "sets of the file")[1]).toBe("1");
    expect(lines.some((line) => line.includes("as shipped, chosen 50 of 50 times"))).toBe(true);
  });

  it("[GO8] draws the charts that are asked for, and never into the repository", async ({ expect }) => {
    const draw = join(data, "sheet");
    const lines = await prove({
      draw,
      chart: ["900040@2025-06-12", "900020@2025-06-13", "900010@2025-06-13", "@2025-06-13"],
    });
    expect(lines).toEqual([`3 charts drawn: ${join(draw, "index.html")}`]);
    expect(readdirSync(draw).toSorted()).toEqual([
      "900010-2025-06-13.svg",
      "900020-2025-06-13.svg",
      "900040-2025-06-12.svg",
      "index.html",
    ]);
    // A chart with a label is shown with it, though it was asked for by name.
    const page = readFileSync(join(draw, "index.html"), "utf8");
    const headings = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Listed, yes or good (1)",
      "Not listed, weak or no (1)",
      "Not listed, not judged (1)",
    ]);
    await expect(prove({ draw: projectRoot })).rejects.toThrow("lies in the repository");
    await expect(prove({ draw: join(projectRoot, "worker/x") })).rejects.toThrow("lies in the repository");
    for (const chart of ["900040", "x@2025-06-12", "900040@2025-02-30", "@2025-06-12@"]) {
      await expect(prove({ draw, chart: [chart] })).rejects.toThrow("--chart takes");
    }
    await expect(prove({ draw, chart: ["@2025-06-14"] })).rejects.toThrow("no session on that day");
    await expect(prove({ draw, chart: ["900040@2025-06-14"] })).rejects.toThrow(
      "The bars have no row of 900040",
    );
  });
});
