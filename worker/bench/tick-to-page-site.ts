/** The built page on the address of the bench's server: its files and what it asks REST are answered in the browser, its socket is real. */
import type { Page, Route } from "playwright-core";
import { type PageServer, servePage } from "../../web/e2e/page-server.ts";
import { GATE, INDICES, STATUS } from "../../web/e2e/stub-market.ts";
import { ROWS } from "../../web/e2e/stub-signals.ts";
import type { SignalRow } from "../protocol/signal-row.ts";
import type { WireServer } from "../testing/load/wire-server.ts";
import { floorPage } from "./tick-to-page-probe.ts";

const FOLDER = new URL("../../dist/web", import.meta.url).pathname;
const AT = "2026-11-23T10:00:00.000+09:00";
const FLOOR_PATH = "/floor";
/** Rows of one message of the stream, which is at most 64 KiB. */
const A_MESSAGE = 50;

export interface BenchSite {
  /** The dashboard with a row for each of the topics, or the page with one text node. */
  open(page: Page, which: "dashboard" | "floor"): Promise<void>;
  stop(): Promise<void>;
}

function rowsOf(topics: readonly string[]): readonly SignalRow[] {
  const [row] = ROWS;
  if (row === undefined) {
    throw new Error("The stub has rows");
  }
  return topics.map((topic, i) => {
    const ticker = topic.slice("price:".length);
    return { ...row, id: `bench-${ticker}`, ticker, name: `종목 ${i}`, pivot: 70_000 + 100 * i };
  });
}

/** Publishes the rows of the list, so that the stream's snapshot agrees with the answer of REST. */
async function publishRows(server: WireServer, rows: readonly SignalRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += A_MESSAGE) {
    const signals = rows.slice(from, from + A_MESSAGE);
    const count = from + signals.length;
    const data = { signal_type: "VCP", signals, removed: [], count, run_id: null, timestamp: AT };
    const message = { type: "signal_update", topic: "signal:vcp", data };
    await server.post(`/publish?topic=signal:vcp&id=rows-${from}`, JSON.stringify(message));
  }
}

function answersOf(rows: readonly SignalRow[]): ReadonlyMap<string, object> {
  const frame = { exchange: "DEMO", generated_at: AT };
  return new Map<string, object>([
    ["/api/kr/signals", { ...frame, signals: rows, count: rows.length, next_cursor: null }],
    ["/api/kr/market-gate", { ...GATE, ...frame }],
    ["/api/kr/scan/status", { ...STATUS, ...frame }],
    ["/api/kr/indices", { ...INDICES, ...frame }],
    ["/api/kr/realtime-prices", { ...frame, prices: {}, missing: [] }],
  ]);
}

async function passOn(route: Route, files: PageServer, path: string): Promise<void> {
  const response = await fetch(`${files.url}${path}`);
  const headers = Object.fromEntries(response.headers);
  await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
}

/** The page must have been built. */
export async function openSite(server: WireServer, topics: readonly string[]): Promise<BenchSite> {
  const rows = rowsOf(topics);
  const answers = answersOf(rows);
  const files = await servePage(FOLDER);
  await publishRows(server, rows);
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    open: async (page, which) => {
      await page.route(`${origin}/**`, async (route) => {
        const path = new URL(route.request().url()).pathname;
        const body = answers.get(path);
        if (path === FLOOR_PATH) {
          await route.fulfill({ contentType: "text/html; charset=utf-8", body: floorPage(topics) });
        } else if (body !== undefined) {
          await route.fulfill({ json: body });
        } else if (path.startsWith("/api/")) {
          await route.fulfill({ status: 404, json: {} });
        } else {
          await passOn(route, files, path);
        }
      });
      await page.goto(which === "floor" ? `${origin}${FLOOR_PATH}` : origin);
    },
    stop: async () => files.stop(),
  };
}
