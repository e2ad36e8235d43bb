import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, it, vi } from "vitest";
import * as v from "valibot";
import { buildMarket } from "../testing/constructed-market.ts";
import { makeRandom } from "../testing/random.ts";
import { projectRoot } from "./project-root.ts";
import { readScanArgs } from "./scan-args.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });

const NODE = join(projectRoot, "node_modules", ".bin", "node");
const HEADER = "ticker,date,open,high,low,close,volume\n";
const Answer = v.object({
  as_of: v.string(),
  params_version: v.string(),
  funnel: v.object({ universe: v.number() }),
  results: v.array(v.object({ ticker: v.string(), score: v.number(), market: v.nullable(v.string()) })),
  all: v.optional(
    v.array(v.object({ ticker: v.string(), bars: v.number(), current_price: v.nullable(v.number()) })),
  ),
});

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-scan-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function scan(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(NODE, [join(projectRoot, "worker/cli/scan.ts"), ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function json(...args: readonly string[]) {
  const { status, stdout, stderr } = scan(...args, "--json");
  if (status !== 0) {
    throw new Error(stderr);
  }
  return { answer: v.parse(v.pipe(v.string(), v.parseJson(), Answer), stdout), stderr };
}

/** A random walk of 80 weekdays. */
function walk(ticker: string, seed: number): string {
  const random = makeRandom(seed);
  let close = 10_000;
  let rows = "";
  for (let i = 0, day = Date.UTC(2025, 0, 2); i < 80; day += 86_400_000) {
    if (new Date(day).getUTCDay() % 6 === 0) {
      continue;
    }
    i += 1;
    close = Math.round(close * (0.98 + 0.04 * random()));
    const date = new Date(day).toISOString().slice(0, 10);
    rows += `${ticker},${date},${close},${close + 50},${close - 50},${close},100000\n`;
  }
  return rows;
}

it("[CL5] refuses rows as the import does, on stderr, and keeps stdout for the result", ({ expect }) => {
  const good = walk("AAPL", 1);
  const bad =
    "AAPL,2025-01-02,1,1,1,1,1\nAAPL,2025-13-01,1,1,1,1,1\nA-B,2025-01-02,1,1,1,1,1\nAAPL,2999-01-01,1,1,1,1,1\n";
  const { answer, stderr } = json("--bars", file("bad.csv", HEADER + good + bad), "--all");
  expect(answer.all).toMatchObject([{ ticker: "AAPL", bars: 80 }]);
  expect(stderr).toContain("bad.csv: 4 rows refused:");
  expect(stderr).toContain("line 82 (AAPL 2025-01-02): date_order");
  expect(stderr).toContain("line 83 (AAPL 2025-13-01): bad_date");
  expect(stderr).toContain("line 84 (A-B 2025-01-02): bad_ticker");
  expect(stderr).toContain("line 85 (AAPL 2999-01-01): future_date");
});

it("[CL3] reads gzip and plain files alike", ({ expect }) => {
  const text = HEADER + walk("000020", 2) + walk("0015N0", 3);
  const plain = json("--bars", file("plain.csv", text), "--all");
  const packed = json("--bars", file("packed.data", gzipSync(text)), "--all");
  expect(packed.answer).toEqual(plain.answer);
  expect(plain.answer.funnel.universe).toBe(2);
});

it("[CL3] names a file that is missing or broken", ({ expect }) => {
  expect(scan("--bars", join(folder, "none.csv"))).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/none\.csv: no such file/),
  });
  const torn = gzipSync(HEADER + walk("000020", 2)).subarray(0, 200);
  expect(scan("--bars", file("torn.csv.gz", torn))).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/torn\.csv\.gz: cannot be read/),
  });
  expect(scan("--bars", folder)).toMatchObject({ status: 1, stderr: expect.stringMatching(/is a folder/) });
});

it("[CL6] ends with 1 for bad input and says which file and why", ({ expect }) => {
  const columns = file("columns.csv", "ticker,date,open\n");
  expect(scan("--bars", columns)).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(/columns\.csv: columns missing: high, low, close, volume/),
  });
  expect(scan("--bars", file("endless.csv", HEADER + "9".repeat(5_000_000)))).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/endless\.csv: line 2: no line end/),
  });
  expect(scan("--bars", file("none-good.csv", `${HEADER}000020,x,1,1,1,1,1\n`))).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/line 2 \(000020 x\): bad_date[^]*no row is a bar/),
  });
  expect(
    scan("--bars", file("early.csv", HEADER + walk("000020", 2)), "--as-of", "2024-01-02"),
  ).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/no session on or before 2024-01-02/),
  });
});

it("[CL6a] ends quietly when the reader of its output has left", ({ expect }) => {
  const tickers = Array.from({ length: 150 }, (_, i) => walk(String(i * 10).padStart(6, "0"), i));
  const script = '"$0" "$1" --bars "$2" --all --json | head -c 1';
  const args = [NODE, join(projectRoot, "worker/cli/scan.ts"), file("long.csv", HEADER + tickers.join(""))];
  const { stdout, stderr } = spawnSync("sh", ["-c", script, ...args], { encoding: "utf8" });
  expect(stdout).toBe("{");
  expect(stderr).not.toContain("EPIPE");
});

it("[CL6] ends with 2 for wrong usage and shows the usage", ({ expect }) => {
  const wrong: readonly (readonly string[])[] = [
    [],
    ["--bars"],
    ["--bars", "a", "--nonsense"],
    ["--bars", "a", "--as-of", "yesterday"],
    ["--bars", "a", "--top", "-1"],
    ["--bars", "a", "--top=-1"],
    ["--bars", "a", "--min-score", "101"],
    ["--bars", "a", "--market", "NASDAQ", "--instruments", "b"],
    ["--bars", "a", "--market", "KOSPI"],
  ];
  for (const args of wrong) {
    expect(() => readScanArgs(args)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining("Usage: npm run scan") }),
    );
  }
  expect(scan()).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringContaining("--bars is missing"),
  });
  expect(scan("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("Usage: npm run scan") });
});

it("[CL8] lets the later file correct the earlier one", ({ expect }) => {
  const first = file("first.csv", HEADER + walk("000020", 2));
  const last = walk("000020", 2).trim().split("\n").at(-1)?.split(",") ?? [];
  const later = file("later.csv", `${HEADER}000020,${last[1]},777,777,777,777,5\n`);
  expect(json("--bars", first, later, "--all").answer.all).toMatchObject([{ bars: 80, current_price: 777 }]);
  expect(json("--bars", later, "--bars", first, "--all").answer.all).toMatchObject([
    { bars: 80, current_price: Number(last[5]) },
  ]);
});

it("[CL7] chooses from the result and tells all on demand", ({ expect }) => {
  const market = buildMarket();
  const files = [
    "--bars",
    file("bars.csv", market.bars),
    "--instruments",
    file("instruments.csv", market.instruments),
    "--indices",
    file("indices.csv", market.indices),
  ];
  const { answer } = json(...files);
  expect(answer.all).toBeUndefined();
  const found = answer.results.find((verdict) => verdict.ticker === market.leader.ticker);
  const [score, board] = [found?.score ?? Number.NaN, found?.market ?? ""];
  expect(score).toBeGreaterThan(0);
  const leads = (...args: readonly string[]): boolean =>
    json(...files, ...args).answer.results.some((verdict) => verdict.ticker === market.leader.ticker);
  expect(leads("--market", board.toLowerCase())).toBe(true);
  expect(leads("--market", board === "KOSPI" ? "KOSDAQ" : "KOSPI")).toBe(false);
  expect(leads("--min-score", String(Math.floor(score)))).toBe(true);
  expect(leads("--min-score", String(Math.ceil(score + 0.001)))).toBe(false);
  expect(json(...files, "--top", "1").answer.results).toEqual(answer.results.slice(0, 1));
  expect(json(...files, "--all", "--market", "KONEX").answer).toMatchObject({
    results: [],
    funnel: answer.funnel,
  });
  const table = scan(...files);
  expect(table.stdout).toMatch(new RegExp(`^${market.leader.ticker}  ${market.leader.name}`, "m"));
});
