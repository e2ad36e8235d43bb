/**
 * `npm run bench:open`: a page that stays open for a day and a reader who uses it: the heap after a collection, the nodes and the
 * listeners of the dashboard through eight hours that go 60 times as fast, with a day's messages on its socket; and of the same
 * page before and after 200 signals were flipped through and 100 charts opened and closed. Needs `npm run build`. Stops by
 * itself; ends with 1 when something grows.
 */
import { parseArgs } from "node:util";
import type { CDPSession, Page } from "playwright-core";
import { launchBrowser, openPage } from "../../../web/e2e/browser.ts";
import { servePage } from "../../../web/e2e/page-server.ts";
import { LONG_ROWS, rowAt } from "../../../web/e2e/stub-long-list.ts";
import { machineLine } from "../../testing/load/process-figures.ts";
import { dayInPage, fasterTime } from "./open-hours-socket.ts";
import { answersFor } from "./list-answers.ts";

const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "8" },
    factor: { type: "string", default: "60" },
    flips: { type: "string", default: "200" },
    charts: { type: "string", default: "100" },
    /** Of the built page. */
    folder: { type: "string", default: new URL("../../../dist/web", import.meta.url).pathname },
  },
});

const MEBIBYTE = 2 ** 20;
const HOUR_MS = 3_600_000;
/** MiB of the heap, and nodes and listeners in per cent of those before. */
const MOST_GROWN = { heap: 20, nodes: 10, listeners: 10 } as const;

interface Held {
  /** MiB after a collection. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
}

/** What the page holds when everything that can be freed is. */
async function heldBy(inspector: CDPSession): Promise<Held> {
  // What was held by what the first collection frees goes with the next one.
  for (let i = 0; i < 3; i++) {
    await inspector.send("HeapProfiler.collectGarbage");
  }
  const { metrics } = await inspector.send("Performance.getMetrics");
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    heap: of("JSHeapUsedSize") / MEBIBYTE,
    nodes: of("Nodes"),
    listeners: of("JSEventListeners"),
    documents: of("Documents"),
  };
}

function print(name: string, held: Held, rest = ""): void {
  const cells = [
    `heap ${held.heap.toFixed(1)} MiB`,
    `${held.nodes} nodes`,
    `${held.listeners} listeners`,
    `${held.documents} documents`,
  ];
  console.log(`${name.padEnd(34)} ${cells.join(", ")}${rest === "" ? "" : `; ${rest}`}`);
}

/** Ends with 1 when `after` holds more than `before` by more than the limits. */
function judge(name: string, before: Held, after: Held): void {
  const grown = {
    heap: after.heap - before.heap,
    nodes: (100 * (after.nodes - before.nodes)) / before.nodes,
    listeners: (100 * (after.listeners - before.listeners)) / before.listeners,
  };
  const isOver = (["heap", "nodes", "listeners"] as const).filter((of) => grown[of] > MOST_GROWN[of]);
  const texts = [
    `heap ${grown.heap >= 0 ? "+" : ""}${grown.heap.toFixed(1)} MiB (limit ${MOST_GROWN.heap})`,
    `nodes ${grown.nodes.toFixed(1)} %, listeners ${grown.listeners.toFixed(1)} % (limit ${MOST_GROWN.nodes})`,
  ];
  console.log(`${name}: ${texts.join(", ")}${isOver.length > 0 ? `: OVER in ${isOver.join(", ")}` : ""}`);
  if (isOver.length > 0) {
    process.exitCode = 1;
  }
}

/** Milliseconds of the true clock. */
async function pass(page: Page, ms: number): Promise<void> {
  await page.evaluate(`new Promise((run) => globalThis.trueTimeout(run, ${ms}))`);
}

/** What the page holds at least of all of these: how much that is at one moment depends on what it shows then. */
function leastOf(all: readonly Held[]): Held {
  const least = (of: keyof Held): number => Math.min(...all.map((one) => one[of]));
  return {
    heap: least("heap"),
    nodes: least("nodes"),
    listeners: least("listeners"),
    documents: least("documents"),
  };
}

/** The dashboard alone, with a day of messages: its second half against its first. */
async function stayOpen(page: Page, inspector: CDPSession): Promise<void> {
  const [hours, factor] = [Number(values.hours), Number(values.factor)];
  const all: Held[] = [];
  let before = -1;
  for (let hour = 0; hour <= hours; hour++) {
    await pass(page, hour === 0 ? 5_000 : HOUR_MS / factor);
    const held = await heldBy(inspector);
    const sent = await page.evaluate<string>("JSON.stringify(globalThis.sent)");
    print(hour === 0 ? "just opened" : `after ${hour} h`, held, sent);
    all.push(held);
    const prices = await page.evaluate<number>("globalThis.sent.prices");
    if (prices === before) {
      // Deadlines of the page go as fast as its clock: a machine that is late by one has lost the socket.
      throw new Error("No price was sent within an hour: choose a smaller --factor on this machine");
    }
    before = prices;
  }
  const half = Math.ceil(all.length / 2);
  judge(`${hours} hours open`, leastOf(all.slice(0, half)), leastOf(all.slice(half)));
}

/** One signal after the other by the key, and back to the list. */
async function flip(page: Page, flips: number): Promise<void> {
  await openFirst(page);
  for (let i = 0; i < flips; i++) {
    const before = page.url();
    // At the end of the list the other way.
    await page.keyboard.press(i % 160 < 80 ? "]" : "[");
    await page.waitForFunction(`location.href !== ${JSON.stringify(before)}`);
    await page.locator(".chart-host canvas").first().waitFor();
  }
  await back(page);
}

async function openFirst(page: Page): Promise<void> {
  await page.locator(".signals .row-link").first().click();
  await page.waitForURL("**/signals/**");
  await page.locator(".chart-host canvas").first().waitFor();
}

async function back(page: Page): Promise<void> {
  await page.goBack();
  await page.locator(".signals .row-link").first().waitFor();
}

async function openAndClose(page: Page, charts: number): Promise<void> {
  for (let i = 0; i < charts; i++) {
    await openFirst(page);
    await back(page);
  }
}

async function openList(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?state=all&grade=all`);
  await page.locator(".signals .row-link").first().waitFor();
}

/** A reader's work, at the usual pace of time: what the same page holds before it and after it. */
async function use(
  { page, inspector, url }: { readonly page: Page; readonly inspector: CDPSession; readonly url: string },
  name: string,
  run: (times: number) => Promise<void>,
  times: number,
): Promise<void> {
  await openList(page, url);
  // What is made once is made by then.
  await run(Math.ceil(times / 20));
  const before = await heldBy(inspector);
  print(`before ${name}`, before);
  await run(times);
  await page.waitForTimeout(1_000);
  const after = await heldBy(inspector);
  print(`after ${name}`, after);
  judge(name, before, after);
}

const answers = answersFor(LONG_ROWS);

/** Of a signal that a scan has brought since: all that its place asks for. */
function answerOfNew(path: string): object | null {
  const [, ticker] = /^\/api\/kr\/(?:signals|stocks)\/(3\d{5})/u.exec(path) ?? [];
  const row = { ...rowAt(LONG_ROWS), ticker: ticker ?? "", id: `${ticker}.20250304.20250519` };
  return ticker === undefined ? null : (answersFor([row]).get(path) ?? null);
}

const browser = await launchBrowser();
const server = await servePage(values.folder, null, (path) => answers.get(path) ?? answerOfNew(path));

async function openWatched(
  factor: number,
): Promise<{ page: Page; inspector: CDPSession; readonly close: () => Promise<void> }> {
  const { page, context, complaints } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
  const inspector = await context.newCDPSession(page);
  await inspector.send("Performance.enable");
  await page.addInitScript(fasterTime(factor));
  await page.addInitScript(dayInPage(LONG_ROWS));
  await openList(page, server.url);
  return {
    page,
    inspector,
    close: async () => {
      await context.close();
      if (complaints.length > 0) {
        console.log(complaints.join("\n"));
        process.exitCode = 1;
      }
    },
  };
}

try {
  console.log(machineLine());
  if (Number(values.hours) > 0) {
    const { page, inspector, close } = await openWatched(Number(values.factor));
    await stayOpen(page, inspector);
    await close();
  }
  const { page, inspector, close } = await openWatched(1);
  const used = { page, inspector, url: server.url };
  await use(used, "signals flipped through", async (times) => flip(page, times), Number(values.flips));
  await use(
    used,
    "charts opened and closed",
    async (times) => openAndClose(page, times),
    Number(values.charts),
  );
  await close();
  console.log(machineLine());
} finally {
  await browser.close();
  await server.stop();
}
