/**
 * `npm run bench:bill`: what one owner's deployment asks of the platform, counted in the shipped Worker: a page that is opened, a
 * minute and a session of the demo, a minute and a day of KRX, a minute of live prices, each with five pages, and what alerts add. `npm run cost` computes the
 * month from these counts (`owner-month.ts`). Not part of `npm test`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { chunksOf } from "../../cli/files/csv-chunks.ts";
import { readArgs } from "../../cli/terminal/command-args.ts";
import { runCommand } from "../../cli/terminal/command-error.ts";
import { makeOwnerClient, type OwnerBody, type OwnerClient } from "../../cli/terminal/owner-client.ts";
import { SignalsBody } from "../../protocol/rest/signal-list.ts";
import { Crowd } from "../../testing/load/crowd.ts";
import { machineLine } from "../../testing/load/process-figures.ts";
import { type RealWorker, startWorker } from "../../testing/stage/real-worker.ts";
import { waitUntil } from "../../testing/stage/wait-until.ts";
import { walkMarket } from "../../testing/builders/walk-market.ts";
import { alertRows } from "./alert-rows.ts";
import { headLine, lineOf, takeCounts } from "./count-table.ts";
import { liveRows } from "./live-rows.ts";
import { vendorRows } from "./vendor-rows.ts";
import { byDay, byTicker, indicesOf, instrumentsOf } from "../heap/market-csv.ts";

const COUNTING = "worker/bench/bill/counting-worker.ts";
const PAGES = 5;
const TICKERS = 2_700;
const BARS = 520;
const MINUTE_MS = 60_000;
/** What the opening of a page sets going has ended by then. */
const SETTLE_MS = 20_000;
const BIRTH_MS = 120_000;
/** The walks end on a Friday; the day that is imported is the Monday after it. */
const LATER = 3;

/** What a dashboard asks when it is opened, and its topics beside the prices of its list. */
const FIRST_REQUESTS = ["signals?limit=100", "market-gate", "indices", "scan/status", "performance"];
const TOPICS = ["signal:vcp", "market_gate", "scan", "feed", "index:KOSPI", "index:KOSDAQ"];
interface Stage {
  readonly worker: RealWorker;
  readonly client: OwnerClient;
  readonly row: (what: string, work: () => Promise<unknown>) => Promise<void>;
}

function bodyOf(type: OwnerBody["type"], content: string | Uint8Array): OwnerBody {
  return { type, bytes: new Uint8Array(Buffer.from(content)) };
}

async function get(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return text;
}

/** Five pages, opened one after another, that stay open until `leave`. */
async function openPages({ worker }: Stage): Promise<Crowd> {
  for (let n = 0; n < PAGES; n++) {
    await Promise.all(FIRST_REQUESTS.map((path) => get(`${worker.url}/api/kr/${path}`)));
    await get(`${worker.url}/api/health`);
  }
  const text = await get(`${worker.url}/api/kr/signals?limit=100`);
  const { signals } = v.parse(v.pipe(v.string(), v.parseJson(), SignalsBody), text);
  const crowd = new Crowd({
    port: Number(new URL(worker.url).port),
    path: "/ws",
    size: PAGES,
    topics: [...TOPICS, ...signals.map(({ ticker }) => `price:${ticker}`)],
    tick: () => undefined,
  });
  await crowd.gather();
  if (crowd.open < PAGES) {
    throw new Error(`Only ${crowd.open} of ${PAGES} sockets are open`);
  }
  return crowd;
}

/** The pages are opened in a row of their own; `work` runs while they stay open. */
async function withPages(stage: Stage, name: string, work: () => Promise<void>): Promise<void> {
  let crowd: Crowd | null = null;
  await stage.row(`${name}: five pages opened`, async () => {
    crowd = await openPages(stage);
    await sleep(SETTLE_MS);
  });
  await work();
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- the compiler does not see that the row has opened them
  (crowd as Crowd | null)?.leave();
}

async function demoRows(stage: Stage): Promise<void> {
  const { client, row } = stage;
  await withPages(stage, "DEMO", async () => {
    await row("DEMO: a minute of an open session, five pages", () => sleep(MINUTE_MS));
    await row("DEMO: the end of a session (close, scan, publish)", () =>
      client.send("POST", "/api/admin/demo", bodyOf("application/json", '{"advance":"session"}')),
    );
    await row("DEMO: a quarter of a minute of a break, five pages", () => sleep(MINUTE_MS / 4));
  });
}

async function krxRows(stage: Stage): Promise<void> {
  const { worker, client, row } = stage;
  const market = walkMarket(0, TICKERS, BARS);
  const post = async (path: string, content: string | Uint8Array): Promise<unknown> =>
    client.send("POST", `/api/admin/${path}`, bodyOf("text/csv", content));
  await row("KRX: the first import (2,700 x 520, three files)", async () => {
    await post("instruments?exchange=KRX", instrumentsOf(market));
    await post("indices?exchange=KRX", indicesOf(BARS));
    for await (const { bytes, firstLine } of chunksOf(parts(byTicker(TICKERS, BARS)))) {
      await post(`bars?exchange=KRX&first_line=${firstLine}`, bytes);
    }
  });
  const scan = async (): Promise<unknown> =>
    client.send("POST", "/api/kr/scan?exchange=KRX", bodyOf("application/json", '{"top_n":0}'));
  await row("KRX: the first scan", scan);
  await client.send("PUT", "/api/admin/exchange", bodyOf("application/json", '{"exchange":"KRX"}'));
  await withPages(stage, "KRX", async () => {
    await row("KRX: a minute, five pages", () => sleep(MINUTE_MS));
    await row("KRX: a day's file", () =>
      post("bars?exchange=KRX", Buffer.concat([...byDay(market, BARS - 1, BARS, LATER)])),
    );
    await row("KRX: the scan of that day, with five pages", async () => {
      await scan();
      await sleep(2_000);
    });
    await row("KRX: one verdict asked for", () =>
      get(`${worker.url}/api/kr/stocks/${market[0]?.ticker ?? ""}`),
    );
    await row("the watch of the clock", () =>
      get(`${worker.url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent("5-55/10 * * * *")}`),
    );
  });
}

async function* parts(source: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source;
}

/** The demo, and a KRX whose closes an owner imports. */
async function ownFiles(): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-bill-"));
  // Without the configuration wrangler takes the one beside the entry.
  const worker = await startWorker({ stateDir, entry: COUNTING, config: "wrangler.toml" });
  const client = makeOwnerClient({ url: new URL(worker.url), token: worker.ownerToken });
  const row: Stage["row"] = async (what, work) => {
    await takeCounts(worker.url);
    await work();
    process.stdout.write(`${lineOf(what, await takeCounts(worker.url))}\n`);
  };
  try {
    await waitUntil(
      async () => (await get(`${worker.url}/api/kr/runs`)).includes('"done"'),
      "the demo's past is scanned",
      BIRTH_MS,
    );
    const stage = { worker, client, row };
    await demoRows(stage);
    await krxRows(stage);
  } finally {
    await worker.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

const USAGE = "npm run bench:bill -- [--only files|vendors|live|alerts]";

await runCommand(async () => {
  const { only } = readArgs(process.argv.slice(2), { only: { type: "string" } }, USAGE).values;
  process.stdout.write(`${machineLine()}\n${headLine()}\n`);
  if (only === undefined || only === "files") {
    await ownFiles();
  }
  if (only === undefined || only === "vendors") {
    await vendorRows();
  }
  if (only === undefined || only === "live") {
    await liveRows();
  }
  if (only === undefined || only === "alerts") {
    await alertRows();
  }
});
