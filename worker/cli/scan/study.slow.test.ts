import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, it, vi } from "vitest";
import { type Columns, rowAt } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { StudyReport } from "../../protocol/rest/study-report.ts";
import { studyMarket } from "../../testing/builders/study-market.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { readStudyArgs } from "./study-args.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });

const NODE = join(projectRoot, "node_modules", ".bin", "node");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-study-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function csv(
  name: string,
  first: string,
  series: Iterable<readonly [key: string, columns: Columns]>,
): string {
  const lines = Array.from(series, ([key, columns]) =>
    Array.from({ length: columns.day.length }, (_, i) => {
      const { day, open, high, low, close, volume } = rowAt(columns, i);
      return [key, formatTradingDay(day), open, high, low, close, volume].join(",");
    }),
  ).flat();
  const path = join(folder, name);
  writeFileSync(path, `${first},date,open,high,low,close,volume\n${lines.join("\n")}\n`);
  return path;
}

function study(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    NODE,
    [join(projectRoot, "worker/cli/scan/study.ts"), ...args],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

it("[CL26] [CL26b] writes the data, the text and the pictures of the study that the bars give", ({
  expect,
}) => {
  // Without a master no share has a market, and the index is not asked for.
  const market = studyMarket(3);
  const listings = market.listings.map((one) => ({ ...one, instrument: null }));
  const bars = csv(
    "bars.csv",
    "ticker",
    listings.map(({ ticker, columns }) => [ticker, columns]),
  );
  const out = join(folder, "deep", "out");
  const { status, stdout, stderr } = study("--bars", bars, "--out", out, "--seed", "3", "--note", "Made up.");
  expect(stderr).toContain("judging 100 %");
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
    /^took \d+ s, \d+ s of computing, \d+ MB of memory at most$/,
  );
  expect(status).toBe(0);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(join(out, "report.md"));
  const files = readdirSync(out).toSorted();
  expect(files).toEqual(["excess-by-group.svg", "excess-by-horizon.svg", "report.md", "study.json"]);
  const data = v.parse(
    v.pipe(v.string(), v.parseJson(), StudyReport),
    readFileSync(join(out, "study.json"), "utf8"),
  );
  expect(data).toMatchObject({ params_version: PARAMS.version, seed: 3 });
  expect(data.sample).toMatchObject({ tickers: 44, sessions: 345, judged_sessions: 72 });
  expect(data.entries.length).toBeGreaterThan(10);
  expect(data.limits).toContain("Made up.");
  const text = readFileSync(join(out, "report.md"), "utf8");
  expect(text).toContain("![excess by group](excess-by-group.svg)");
  expect(text).toContain("- Made up.");
});

it("[CL26a] takes bars for those of an exchange unless they are stated to be made up", ({ expect }) => {
  const args = ["--bars", "x.csv", "--out", "x"];
  expect(readStudyArgs(args)).toMatchObject({ madeUp: false });
  expect(readStudyArgs([...args, "--made-up"])).toMatchObject({ madeUp: true });
});

it("[CL26] refuses bars that are too few", ({ expect }) => {
  const market = studyMarket();
  const [first] = market.listings;
  const cut = first && { ...first.columns, day: first.columns.day.subarray(0, 90) };
  const bars = csv("few.csv", "ticker", cut ? [["700000", cut]] : []);
  const few = study("--bars", bars, "--out", join(folder, "none"));
  expect(few).toMatchObject({ status: 1, stdout: "" });
  expect(few.stderr).toContain("few.csv: too few bars, no session could be judged");
});

it.for<readonly [string, readonly string[]]>([
  ["--bars is missing", ["--out", "x"]],
  ["--out is missing", ["--bars", "x.csv"]],
  ["--seed takes a whole number", ["--bars", "x.csv", "--out", "x", "--seed", "one"]],
  ["Unknown option '--trials'", ["--bars", "x.csv", "--out", "x", "--trials", "2"]],
])("[CL6] is wrong usage: %s", ([message, args], { expect }) => {
  expect(() => readStudyArgs(args)).toThrow(message);
});
