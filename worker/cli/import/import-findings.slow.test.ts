/** The import command against the real routes over books in memory: which close, what is wrong with the session, and the check. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, it, vi } from "vitest";
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import { makeIngest } from "../../app/jobs/ingest.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { originCode, originFactsOf, TWO_CLOSES_SINCE } from "../../core/bars/origin.ts";
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { makeApp } from "../../http/app.ts";
import { plainMarket, priced, sessionsUntil, withLastSession } from "../../testing/builders/plain-market.ts";
import { makeMemoryPorts, type MemoryPorts, OWNER_TOKEN } from "../../testing/memory/memory-ports.ts";
import { giveConstantTime } from "../../testing/stage/give-constant-time.ts";
import { findFreePort } from "../serve/local-port.ts";
import { projectRoot } from "../terminal/project-root.ts";

vi.setConfig({ testTimeout: 60_000 });

const NODE = join(projectRoot, "node_modules", ".bin", "node");
const DAYS: readonly TradingDay[] = sessionsUntil(tradingDayOf(20_250), 6);
const MARKET = plainMarket(DAYS, 20);

giveConstantTime();

let folder = "";
let server: Server | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vcp-findings-"));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

/** The owner's routes on a port, over the memory ports with the real import job. */
async function serve(ports: MemoryPorts): Promise<string> {
  const app = makeApp({
    ...ports,
    ingest: makeIngest({
      reader: csvFileReader,
      clock: { now: () => Date.UTC(2026, 9, 20) },
      bookOf: (exchange) => ports.books[exchange],
      instruments: ports.instruments,
    }),
  });
  const port = await findFreePort();
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { method = "GET", headers, url = "/" } = request;
      const body = method === "GET" ? {} : { body: Buffer.concat(parts) };
      const authorization = headers.authorization ?? "";
      const asked = new Request(`http://127.0.0.1:${port}${url}`, {
        method,
        headers: { authorization, "content-type": headers["content-type"] ?? "text/plain" },
        ...body,
      });
      void Promise.resolve(app.fetch(asked)).then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
  });
  await new Promise<void>((resolve) => {
    server?.listen(port, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${port}`;
}

function run(
  script: string,
  args: readonly string[],
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(NODE, [join(projectRoot, "worker/cli", script), ...args], {
      env: { ...process.env, OWNER_TOKEN },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (part: Buffer) => {
      out += part.toString();
    });
    child.stderr.on("data", (part: Buffer) => {
      err += part.toString();
    });
    child.once("close", (code) => {
      resolve({ code, out, err });
    });
  });
}

function writeBars(name: string, market: ReadonlyMap<string, readonly Row[]>): string {
  const lines = [...market].flatMap(([ticker, rows]) =>
    rows.map(({ day, open, high, low, close, volume }) =>
      [ticker, formatTradingDay(day), open, high, low, close, volume].join(","),
    ),
  );
  const path = join(folder, name);
  writeFileSync(path, `ticker,date,open,high,low,close,volume\n${lines.join("\n")}\n`);
  return path;
}

/** The market with its last session on the first day with an after-market. */
function withTwoCloses(): ReadonlyMap<string, readonly Row[]> {
  return withLastSession(MARKET, (row) => ({ ...row, day: TWO_CLOSES_SINCE }));
}

it("[CL46] fails naming the option where nobody can be asked, and takes the close that is stated", async ({
  expect,
}) => {
  const ports = makeMemoryPorts();
  const to = await serve(ports);
  const file = writeBars("bars.csv", withTwoCloses());
  const asked = await run("import/import.ts", [file, "--to", to]);
  expect(asked.code).toBe(1);
  expect(asked.err).toMatch(/bars\.csv: .*a day has two closes.*--close regular.*--close last/s);
  expect(ports.books.KRX.columns.size).toBe(0);
  const stated = await run("import/import.ts", [file, "--close", "last", "--to", to]);
  expect(stated.code).toBe(0);
  const columns = ports.books.KRX.columns.get("000010");
  const code = columns?.origin?.at(-1) ?? Number.NaN;
  expect(originFactsOf(code, TWO_CLOSES_SINCE)).toEqual({ close: "last", final: true });
  expect((await run("import/import.ts", [file, "--close", "both", "--to", to])).code).toBe(2);
});

it("[CL47] prints what is wrong with the session and ends with 1, until it is accepted", async ({
  expect,
}) => {
  const ports = makeMemoryPorts();
  const day = DAYS.at(-1) ?? tradingDayOf(0);
  ports.books.KRX.found = [{ kind: "jump", day, rows: 20, beyond: 20, ratio: 0.01 }];
  const to = await serve(ports);
  const file = writeBars("bars.csv", MARKET);
  const refused = await run("import/import.ts", [file, "--to", to]);
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/Not to be scanned, jump: on 2025-06-11 20 of 20 .* --accept jump/);
  expect(refused.out.trimEnd().split("\n").at(-1)).toBe(
    `Imported into KRX: 120 of 120 rows of ${file} accepted; the last session is not to be scanned: jump.`,
  );
  const accepted = await run("import/import.ts", [file, "--accept", "jump", "--use", "--to", to]);
  expect(accepted.code).toBe(0);
  expect(accepted.out).toContain("Accepted, jump: on 2025-06-11");
  expect(ports.books.KRX.requests).toMatchObject([{ kind: "manual", accept: ["jump"] }]);
  expect((await run("import/import.ts", [file, "--accept", "jmp", "--to", to])).code).toBe(2);
});

it("[CL48] checks against what is stored, and stores nothing", async ({ expect }) => {
  const ports = makeMemoryPorts();
  for (const [ticker, rows] of MARKET) {
    ports.books.KRX.columns.set(
      ticker,
      columnsOf(rows.slice(0, -1).map((row) => ({ ...row, value: null, shares: null, base: null }))),
    );
  }
  const to = await serve(ports);
  const slip = writeBars(
    "slip.csv",
    withLastSession(MARKET, (row) => priced(row, 0.01)),
  );
  const refused = await run("import/import.ts", [slip, "--check", "--to", to]);
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(
    /^Nothing was stored\. Of the rows 20 would be added, 0 replaced, 100 are unchanged\.$/m,
  );
  expect(refused.out).toMatch(/Not to be scanned, jump: on 2025-06-11 20 of 20/);
  const sound = await run("import/import.ts", [writeBars("sound.csv", MARKET), "--check", "--to", to]);
  expect([sound.code, sound.out]).toEqual([
    0,
    "Nothing was stored. Of the rows 20 would be added, 0 replaced, 100 are unchanged.\n",
  ]);
  const halved = writeBars(
    "halved.csv",
    new Map([...MARKET].map(([ticker, rows]) => [ticker, rows.slice(0, 5).map((row) => priced(row, 0.5))])),
  );
  const rebased = await run("import/import.ts", [halved, "--check", "--to", to]);
  expect(rebased.out).toMatch(/20 tickers by 0\.5 times as much over at least 5 days/);
  expect(ports.books.KRX.columns.get("000010")?.day.length).toBe(5);
});

it("[CL48] refuses rows of a day that is stored with another close", async ({ expect }) => {
  const ports = makeMemoryPorts();
  const origin = originCode(4, { close: "regular", final: true });
  for (const [ticker, rows] of withTwoCloses()) {
    ports.books.KRX.columns.set(ticker, columnsOf(rows.map((row) => ({ ...row, origin }))));
  }
  ports.books.KRX.storedOrigins = new Map([
    [4, { source: "file", close: "regular", final: true, receivedAt: 9 }],
  ]);
  const to = await serve(ports);
  const file = writeBars("bars.csv", withTwoCloses());
  const unstated = await run("import/import.ts", [file, "--check", "--to", to]);
  expect([unstated.code, unstated.err]).toEqual([1, expect.stringContaining("--close regular")]);
  const last = await run("import/import.ts", [file, "--check", "--close", "last", "--to", to]);
  expect(last.out).toMatch(/20 refused: other_close/);
  const day = [...withTwoCloses()].map(([ticker, rows]) => [ticker, rows.slice(-1)] as const);
  const own = writeBars("day.csv", new Map(day));
  const nothing = await run("import/import.ts", [own, "--check", "--close", "last", "--to", to]);
  expect([nothing.code, nothing.out.trimEnd().split("\n").at(-1)]).toEqual([
    1,
    "The import would end with 1, and switch and scan nothing: too few rows would be accepted.",
  ]);
});

it("[CL60] judges again what is asked for by a command of its own", async ({ expect }) => {
  const to = await serve(makeMemoryPorts());
  const due = await run("import/correct.ts", ["--to", to]);
  expect(due).toEqual({ code: 0, out: "Nothing is due to be judged again.\n", err: "" });
  const older = await run("import/correct.ts", ["--from", "2025-05-15", "--accept", "jump", "--to", to]);
  expect(older).toEqual({ code: 0, out: expect.stringMatching(/0 signals corrected, 1 new/), err: "" });
});

it("[CL49] scans no file whose session is wrong as a whole, unless it is accepted", async ({ expect }) => {
  const slip = writeBars(
    "slip.csv",
    withLastSession(MARKET, (row) => priced(row, 0.01)),
  );
  const refused = await run("scan/scan.ts", ["--bars", slip]);
  expect([refused.code, refused.out]).toEqual([1, ""]);
  expect(refused.err).toMatch(/Not to be scanned, jump: on 2025-06-11 20 of 20 .* --accept jump/);
  const accepted = await run("scan/scan.ts", ["--bars", slip, "--accept", "jump"]);
  expect(accepted.code).toBe(0);
  const before = await run("scan/scan.ts", ["--bars", slip, "--as-of", "2025-06-10"]);
  expect(before.code).toBe(0);
});
