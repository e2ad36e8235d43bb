/**
 * `npm run bench:page`: how long a price takes from the feed to the frame that shows it, in a real browser on the built
 * dashboard, beside a page with one text node at the same server. The two take turns, so that a busy machine slows
 * both alike. With `--live` a third one takes turns: the dashboard of a real Worker in a session of a real exchange, from the trade
 * that the fake of KIS sends. Needs `npm run build`. Stops by itself.
 */
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import * as v from "valibot";
import { launchBrowser, openPage } from "../../web/e2e/browser.ts";
import { now } from "../testing/load/crowd.ts";
import { machineLine } from "../testing/load/process-figures.ts";
import { median, quantile } from "../testing/load/quantile.ts";
import { keepRate, priceTopics } from "../testing/load/rate.ts";
import { WireServer } from "../testing/load/wire-server.ts";
import { PageFigures, PROBE } from "./tick-to-page-probe.ts";
import { type LivePage, openLivePage } from "./tick-to-page-live.ts";
import { type BenchSite, openSite } from "./tick-to-page-site.ts";

const { values } = parseArgs({
  options: {
    symbols: { type: "string", default: "100" },
    /** Prices that move in a second, all together. */
    rate: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "4" },
    height: { type: "string", default: "6000" },
    live: { type: "boolean", default: false },
  },
});

/** Batches of the feed a second. */
const HZ = 20;
const WARM_S = 5;
const WAIT_MS = 30_000;
const MEBIBYTE = 2 ** 20;
const PAGES = values.live ? (["dashboard", "live", "floor"] as const) : (["dashboard", "floor"] as const);
type PageName = (typeof PAGES)[number];

/** One turn of one page; milliseconds. */
interface Turn {
  /** Of each price: from the feed to the frame, from the feed to the server's write (`live`: to the page's socket), and from the socket to the frame. */
  readonly whole: readonly number[];
  readonly wait: readonly number[];
  readonly page: readonly number[];
  /** Prices shown, of those that moved. */
  readonly complete: number;
  readonly dropped: number;
  readonly longTasks: readonly number[];
  readonly heap: readonly [before: number, after: number];
  /** Share of a core that the page's own scripts, styles and layout took. */
  readonly busy: number;
}

interface Bench {
  readonly server: WireServer;
  readonly site: BenchSite;
  readonly browser: Browser;
  readonly live: LivePage | null;
  readonly symbols: number;
  /** The symbols are moved in so many parts, one part a batch. */
  readonly parts: number;
}

/** The number of the last tick: numbers are never used twice. */
let lastTick = 0;

/** Moves prices for `seconds`; resolves with the moment when each tick was given to the feed. */
async function move({ server, parts }: Bench, seconds: number): Promise<ReadonlyMap<number, number>> {
  const sent = new Map<number, number>();
  lastTick += await keepRate({
    hz: HZ,
    ticks: seconds * HZ,
    first: lastTick + 1,
    move: async (tick) => {
      sent.set(tick, now());
      await server.post(`/tick?tick=${tick}&parts=${parts}`);
    },
  });
  return sent;
}

async function take(page: Page): Promise<PageFigures> {
  return v.parse(PageFigures, await page.evaluate("globalThis.takeFigures()"));
}

/** When the server wrote each tick: with the first flush that had it or a later one. */
function writings(
  flushes: ReadonlyMap<number, number>,
  ticks: Iterable<number>,
): ReadonlyMap<number, number> {
  const sorted = [...flushes].toSorted(([a], [b]) => a - b);
  if (sorted.length === 0) {
    return new Map();
  }
  return new Map(
    Array.from(ticks, (tick) => [tick, sorted.find(([flushed]) => flushed >= tick)?.[1] ?? Number.NaN]),
  );
}

/** What one page is measured by. */
interface PageSource {
  open(page: Page): Promise<void>;
  /** Resolves with the moment of each tick. */
  move(seconds: number): Promise<ReadonlyMap<number, number>>;
  /** When the server wrote, by tick; empty where it does not state it. */
  flushes(): Promise<ReadonlyMap<number, number>>;
  /** Prices that a tick moves. */
  readonly prices: number;
}

function sourceOf(bench: Bench, which: PageName): PageSource {
  const { site, server, live, symbols, parts } = bench;
  if (which !== "live") {
    return {
      open: async (page) => site.open(page, which),
      move: async (seconds) => move(bench, seconds),
      flushes: async () => server.flushes(),
      prices: symbols / parts,
    };
  }
  if (live === null) {
    throw new Error("The live page was not opened");
  }
  return { ...live, flushes: () => Promise.resolve(new Map()), prices: 1 };
}

async function takeTurn(bench: Bench, which: PageName): Promise<Turn> {
  const source = sourceOf(bench, which);
  const viewport = { width: 1440, height: Number(values.height) };
  const { context, page } = await openPage(bench.browser, { viewport });
  try {
    await page.addInitScript(PROBE);
    await source.open(page);
    const inspector = await context.newCDPSession(page);
    await inspector.send("Performance.enable");
    const metric = async (name: string): Promise<number> => {
      const { metrics } = await inspector.send("Performance.getMetrics");
      return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
    };
    await page.locator(".price").first().waitFor({ timeout: WAIT_MS });
    await source.move(WARM_S);
    await inspector.send("HeapProfiler.collectGarbage");
    const before = [await metric("JSHeapUsedSize"), await metric("TaskDuration")] as const;
    await source.flushes();
    await take(page);
    const sent = await source.move(Number(values.seconds));
    const busy = ((await metric("TaskDuration")) - before[1]) / Number(values.seconds);
    // What moved last is still on its way.
    await page.waitForTimeout(1_000);
    const figures = await take(page);
    const written = writings(await source.flushes(), sent.keys());
    await inspector.send("HeapProfiler.collectGarbage");
    // A price of the list can stand in a second cell: its first frame counts.
    const samples = source.prices === 1 ? firstOf(figures.samples) : figures.samples;
    const times = timesOf(samples, sent, written);
    return {
      ...times,
      complete: times.whole.length / (sent.size * source.prices),
      dropped: figures.dropped / (figures.frames + figures.dropped),
      longTasks: figures.longTasks,
      heap: [before[0] / MEBIBYTE, (await metric("JSHeapUsedSize")) / MEBIBYTE],
      busy,
    };
  } finally {
    await context.close();
  }
}

function firstOf(samples: PageFigures["samples"]): PageFigures["samples"] {
  const firsts = new Map(samples.toReversed().map((sample) => [sample.tick, sample]));
  return [...firsts.values()];
}

function timesOf(
  samples: PageFigures["samples"],
  sent: ReadonlyMap<number, number>,
  written: ReadonlyMap<number, number>,
): Pick<Turn, "whole" | "wait" | "page"> {
  const known = samples.flatMap(({ tick, arrived, shown }) => {
    const from = sent.get(tick);
    const flushed = written.size === 0 ? (arrived ?? Number.NaN) : (written.get(tick) ?? Number.NaN);
    return from === undefined ? [] : [{ from, arrived, shown, flushed }];
  });
  return {
    whole: known.map(({ from, shown }) => shown - from),
    wait: known.map(({ from, flushed }) => flushed - from).filter(Number.isFinite),
    page: known.flatMap(({ arrived, shown }) => (arrived === null ? [] : [shown - arrived])),
  };
}

const HEADS = [
  "p50",
  "p95",
  "p99",
  "wait p50",
  "wait p95",
  "page p50",
  "page p95",
  "page p99",
  "complete",
  "dropped %",
  "long tasks",
  "worst",
  "heap MiB",
  "busy %",
];

function figure(samples: readonly number[], share: number): string {
  return quantile(samples, share).toFixed(0);
}

function lineOf(name: string, turns: readonly Turn[]): string {
  const all = (of: (turn: Turn) => readonly number[]): readonly number[] => turns.flatMap(of);
  const long = all(({ longTasks }) => longTasks);
  const [whole, wait, page] = [all((turn) => turn.whole), all((turn) => turn.wait), all((turn) => turn.page)];
  const cells = [
    ...[0.5, 0.95, 0.99].map((share) => figure(whole, share)),
    ...[0.5, 0.95].map((share) => figure(wait, share)),
    ...[0.5, 0.95, 0.99].map((share) => figure(page, share)),
    median(turns.map(({ complete }) => complete)).toFixed(3),
    (100 * median(turns.map(({ dropped }) => dropped))).toFixed(1),
    String(long.length),
    long.length === 0 ? "-" : Math.max(...long).toFixed(0),
    ["0", "1"].map((at) => median(turns.map(({ heap }) => heap[at === "0" ? 0 : 1])).toFixed(1)).join(">"),
    (100 * median(turns.map(({ busy }) => busy))).toFixed(0),
  ];
  return [name.padEnd(12), ...cells.map((cell) => cell.padStart(11))].join("");
}

async function main(): Promise<void> {
  const symbols = Number(values.symbols);
  const parts = Math.max(1, Math.round((symbols * HZ) / Number(values.rate)));
  console.log(
    `${values.rate} prices/s over ${symbols} rows, ${values.rounds} x ${values.seconds} s a page; milliseconds`,
  );
  console.log(machineLine());
  console.log([" ".repeat(12), ...HEADS.map((head) => head.padStart(11))].join(""));
  const server = await WireServer.start();
  const browser = await launchBrowser();
  const site = await openSite(server, priceTopics(symbols));
  const turns: Readonly<Record<PageName, Turn[]>> = { dashboard: [], live: [], floor: [] };
  let live: LivePage | null = null;
  try {
    live = values.live ? await openLivePage() : null;
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const which of PAGES) {
        const turn = await takeTurn({ server, site, browser, live, symbols, parts }, which);
        turns[which].push(turn);
        console.log(lineOf(which, [turn]));
      }
    }
  } finally {
    await browser.close();
    await live?.stop();
    await site.stop();
    await server.end();
  }
  console.log(`all rounds, ${machineLine()}`);
  for (const which of PAGES) {
    console.log(lineOf(which, turns[which]));
  }
  for (const which of PAGES.filter((one) => one !== "floor")) {
    const p95 = quantile(
      turns[which].flatMap(({ whole }) => whole),
      0.95,
    );
    console.log(
      `p95 from the feed to the frame, ${which}: ${p95.toFixed(0)} ms (goal 500: the tick of 250 and 250 more)`,
    );
  }
}

await main();
