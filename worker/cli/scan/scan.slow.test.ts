import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, it, vi } from "vitest";
import * as v from "valibot";
import { ScanReport } from "../../protocol/rest/scan-report.ts";
import { FORM_RULES } from "../../core/vcp/form-rules.ts";
import { ExplainedVerdictBody } from "../../protocol/verdict.ts";
import { buildMarket } from "../../testing/builders/constructed-market.ts";
import { makeRandom } from "../../testing/chance/random.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { readScanArgs } from "./scan-args.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });

const NODE = join(projectRoot, "node_modules", ".bin", "node");
const HEADER = "ticker,date,open,high,low,close,volume\n";
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
  const { status, stdout, stderr } = spawnSync(
    NODE,
    [join(projectRoot, "worker/cli/scan/scan.ts"), ...args],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

function json(...args: readonly string[]) {
  const { status, stdout, stderr } = scan(...args, "--json");
  if (status !== 0) {
    throw new Error(stderr);
  }
  return { answer: v.parse(v.pipe(v.string(), v.parseJson(), ScanReport), stdout), stderr };
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

/** The constructed market as files, and its leader. */
function marketFiles() {
  const market = buildMarket();
  return {
    leader: market.leader,
    files: [
      "--bars",
      file("bars.csv", market.bars),
      "--instruments",
      file("instruments.csv", market.instruments),
      "--indices",
      file("indices.csv", market.indices),
    ],
  };
}

it("[CL5] refuses rows as the import does, on stderr, and keeps stdout for the result", ({ expect }) => {
  const good = walk("000010", 1);
  const bad =
    "000010,2025-01-02,1,1,1,1,1\n000010,2025-13-01,1,1,1,1,1\n5930,2025-01-02,1,1,1,1,1\n000010,2999-01-01,1,1,1,1,1\n";
  const { answer, stderr } = json("--bars", file("bad.csv", HEADER + good + bad), "--all");
  expect(answer.all).toMatchObject([{ ticker: "000010", bars: 80 }]);
  expect(stderr).toContain("bad.csv: 4 rows refused:");
  expect(stderr).toContain("1 bad_ticker (no ticker of the exchange: six characters as in 005930");
  expect(stderr).toContain("line 2 (000010 2025-01-02): duplicate_date");
  expect(stderr).toContain("line 83 (000010 2025-13-01): bad_date");
  expect(stderr).toContain("line 84 (5930 2025-01-02): bad_ticker");
  expect(stderr).toContain("line 85 (000010 2999-01-01): future_date");
  const master = file("master.csv", "ticker,name,market\n5930,A,KOSPI\n000010,B,KOSPI\n");
  const named = json("--bars", file("good.csv", HEADER + good), "--instruments", master, "--all");
  expect(named.answer.all).toMatchObject([{ ticker: "000010", name: "B" }]);
  expect(named.stderr).toContain("line 2 (5930): bad_ticker");
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
  const hollow = mkdtempSync(join(folder, "hollow-"));
  expect(scan("--bars", hollow)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/hollow-.*: no file in it that can be read/),
  });
});

it("[CL6] ends with 1 for bad input and names the file and the reason", ({ expect }) => {
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
  const args = [
    NODE,
    join(projectRoot, "worker/cli/scan/scan.ts"),
    file("long.csv", HEADER + tickers.join("")),
  ];
  const { stdout, stderr } = spawnSync("sh", ["-c", script, ...args], { encoding: "utf8" });
  expect(stdout).toBe("{");
  expect(stderr).not.toContain("EPIPE");
});

it("[CL6][CL7] ends with 2 for wrong usage and shows the usage", ({ expect }) => {
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
    ["--bars", "a", "--explain", "5930"],
    ["--bars", "a", "--all"],
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

it("[CL7][CL25] chooses from the result and prints all on demand", ({ expect }) => {
  const { files, leader } = marketFiles();
  const { answer } = json(...files);
  expect(answer.all).toBeUndefined();
  const found = answer.results.find((verdict) => verdict.ticker === leader.ticker);
  const [score, board] = [found?.score ?? Number.NaN, found?.market ?? ""];
  expect(score).toBeGreaterThan(0);
  const leads = (...args: readonly string[]): boolean =>
    json(...files, ...args).answer.results.some((verdict) => verdict.ticker === leader.ticker);
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
  expect(table.stdout).toMatch(/^ +\d+ {2}\w+ +[a-z]+ /m);
  expect(table.stdout).toMatch(new RegExp(`^${leader.ticker}  ${leader.name}`, "m"));
});

it("[CL7a] reports on stderr when the day asked for has no session, and judges the one before it", ({
  expect,
}) => {
  const bars = file("short.csv", HEADER + walk("000020", 2));
  const last = json("--bars", bars).answer.as_of;
  for (const day of ["2999-12-31", "2025-04-26"]) {
    const { answer, stderr } = json("--bars", bars, "--as-of", day);
    expect(stderr).toContain(`The bars have no session on ${day}: judged as of ${last}.`);
    expect(answer.as_of).toBe(last);
  }
  expect(json("--bars", bars, "--as-of", last).stderr).not.toContain("no session");
});

it("[CL24] writes the same bytes for the same files, in the shape of its schema", ({ expect }) => {
  const { files } = marketFiles();
  const [first, second] = [1, 2].map(() => scan(...files, "--all", "--json"));
  expect(first?.stdout).toBe(second?.stdout);
  expect(first?.stdout.split("\n")).toHaveLength(2);
  const report = v.parse(v.pipe(v.string(), v.parseJson(), ScanReport), first?.stdout);
  expect(report.all?.map(({ ticker }) => ticker)).toEqual(
    report.all?.map(({ ticker }) => ticker).toSorted((a, b) => (a < b ? -1 : 1)),
  );
  // Nothing is written that the schema does not know.
  expect(`${JSON.stringify(report)}\n`).toHaveLength(first?.stdout.length ?? -1);
});

it("[CL23] explains one ticker: every rule with value, threshold and result, as text", ({ expect }) => {
  const { files, leader } = marketFiles();
  const listed = scan(...files, "--explain", leader.ticker);
  expect(listed.status).toBe(0);
  expect(listed.stdout).toMatch(new RegExp(`^${leader.ticker} ${leader.name} KOSPI, as of 2025-06-13`));
  expect(listed.stdout).toMatch(/^Listed: grade [SABC], score \d/m);
  for (const rule of ["TT1", "TT2", "TT3", "TT4", "TT5", "TT6", "TT7", "TT8"]) {
    expect(listed.stdout).toMatch(new RegExp(`^${rule} +[\\d.]+ +[\\d.]+ +(?:pass|fail) +\\w`, "m"));
  }
  expect(listed.stdout).toMatch(/^Base .*3T.*\npivot /m);
  expect(listed.stdout).toMatch(/^leaderRs +\d/m);
  for (const { id } of FORM_RULES) {
    expect(listed.stdout).toMatch(new RegExp(`^${id} +\\S.*(?:>=|<=) -?[\\d.]+(?: %)? +pass +\\w`, "m"));
  }
  const other = scan(...files, "--explain", "900020");
  const [, code = ""] = /^Not listed: (\w+) \([a-z]/m.exec(other.stdout) ?? [];
  expect(other.stdout).toMatch(new RegExp(`^${code} +\\S+.* +fail +\\w`, "m"));
  // Also a share that is no leader has the legs of a base, wherever one can be read, named what they are.
  const drawn = [...Array.from({ length: 9 }).keys()].map(
    (k) => scan(...files, "--explain", `9000${k + 1}0`).stdout,
  );
  const near = drawn.filter((text) => text.startsWith("9000") && text.includes("Nearest base, not listed: "));
  expect(near.length).toBeGreaterThan(0);
  for (const text of near) {
    expect(text).toMatch(/^Not listed: /m);
    expect(text).toMatch(/^pivot \d.*, stop \d+\n\nhigh on .*(?:\n\d{4}-\d\d-\d\d .*)+$/m);
  }
  const body = v.parse(
    v.pipe(v.string(), v.parseJson(), ExplainedVerdictBody),
    scan(...files, "--explain", "900020", "--json").stdout,
  );
  expect(body.rules.map(({ id }) => id)).toEqual(FORM_RULES.map(({ id }) => id));
  expect([body.ticker, body.near_miss?.rule ?? body.eligibility.reason]).toEqual(["900020", code]);
  expect(scan(...files, "--explain", "000020")).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("000020: no row of this ticker"),
  });
});
