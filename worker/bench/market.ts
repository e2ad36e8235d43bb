/**
 * `npm run bench`: what judging a whole market costs inside workerd, stage by stage, beside one pass that only sums the
 * same arrays and beside the naive second implementation; what reading adds; how it grows from 300 to 10,000 tickers;
 * what one more day costs. Not part of `npm test`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machineLine, peakOf, resetPeak } from "../testing/load/process-figures.ts";
import { type RealWorker, startWorker } from "../testing/stage/real-worker.ts";
import { ask, type Figure, type Phase, Stopwatch } from "./measure.ts";

const TICKERS = 2_700;
const MOST = 10_000;
const BARS = 400;
/** Tickers a request of the fill. */
const CHUNK = 150;
/** Some of the market, judged often: a short request finds a quiet moment even on a busy machine. */
const SOME = 300;
/** The naive version is slow: few tickers are enough. */
const NAIVE = 30;

const market = { tickers: TICKERS, samples: 11, limit: null };
const some = { tickers: SOME, samples: 60, limit: null };

const STORED: readonly Phase[] = [
  { ...market, name: "read", what: "read every series from storage", times: 2 },
  { ...market, name: "verdicts", what: "storage to verdicts (read and judge)", times: 1, limit: 150 },
  { ...market, name: "forming", what: "a running session: read, one row more, judge", times: 1, limit: 300 },
];

const JUDGING: readonly Phase[] = [
  { ...some, name: "sum", what: "floor: sum the five arrays of every ticker", times: 20 },
  { ...some, name: "bars", what: "bars: halts, ranges, sums", times: 8 },
  { ...some, name: "starts", what: "and the highs that a base may start at", times: 1 },
  { ...some, name: "bases", what: "and trend, best base or nearest miss", times: 1 },
  { ...some, name: "scan", what: "and the rest: the verdicts of a scan", times: 1, limit: 0.03 * SOME },
  { ...some, name: "naive", what: "the naive second implementation", tickers: NAIVE, times: 1, samples: 11 },
];

const WHOLE: readonly Phase[] = [
  {
    ...market,
    name: "scan",
    what: "judge the whole market, bars in memory",
    times: 1,
    limit: 0.03 * TICKERS,
  },
  { ...market, name: "save", what: "save 60 signals, 120 events, messages (one D1 batch)", times: 1 },
  { ...market, name: "run", what: "a whole run: read, judge, save, publish", times: 1 },
];

const GROWING: readonly Phase[] = [300, 1_000, TICKERS, MOST].map((tickers) => ({
  ...market,
  name: "verdicts",
  what: "storage to verdicts",
  tickers,
  times: tickers < TICKERS ? 2 : 1,
}));

/** Stores the walks `from` to `to`; returns the milliseconds. */
async function fill(worker: RealWorker, from: number, to: number): Promise<number> {
  let whole = 0;
  for (let start = from; start < to; start += CHUNK) {
    const end = Math.min(to, start + CHUNK);
    whole += (await ask(worker, `/fill?from=${start}&to=${end}&bars=${BARS}`)).ms;
  }
  return whole;
}

const HEAD = [
  "phase".padEnd(54),
  "tickers".padStart(8),
  "least".padStart(8),
  "median".padStart(8),
  "us/ticker".padStart(14),
  "/ floor".padStart(8),
  "limit".padStart(8),
].join(" ");

const micros = (ms: number, tickers: number): string => ((ms * 1_000) / tickers).toFixed(1);

/** `floor` in milliseconds a ticker. */
function lineOf(figure: Figure, floor: number): string {
  const { what, least, median, limit, tickers } = figure;
  const cells = [
    what.padEnd(54),
    tickers.toLocaleString("en").padStart(8),
    least.toFixed(1).padStart(8),
    median.toFixed(1).padStart(8),
    `${micros(least, tickers)}, ${micros(median, tickers)}`.padStart(14),
    `${(least / tickers / floor).toFixed(1)}x`.padStart(8),
    (limit === null ? "" : `${limit} ms`).padStart(8),
    limit === null ? "" : least > limit ? "  missed" : median > limit ? "  kept at least" : "  kept",
  ];
  return cells.join(" ").trimEnd();
}

function figureOf(figures: readonly Figure[], name: string): Figure {
  const figure = figures.find((one) => one.name === name);
  if (figure === undefined) {
    throw new Error(`Nothing was measured under the name ${name}`);
  }
  return figure;
}

/** "a is n times b", a ticker, least against least and median against median. */
function ratio(a: Figure, b: Figure): string {
  const share = b.tickers / a.tickers;
  return `${((a.least / b.least) * share).toFixed(1)}x (least), ${((a.median / b.median) * share).toFixed(1)}x (median)`;
}

interface Results {
  readonly figures: readonly Figure[];
  readonly growing: readonly Figure[];
  readonly empty: number;
  readonly filled: number;
  readonly peak: number | null;
  readonly before: string;
}

function report({ figures, growing, empty, filled, peak, before }: Results): readonly string[] {
  const [sum, scan] = [figureOf(figures, "sum"), figureOf(figures, "scan")];
  const floor = sum.least / sum.tickers;
  const mebibytes = peak === null ? "unknown here" : `${(peak / 2 ** 20).toFixed(0)} MiB`;
  return [
    `${BARS} bars of seeded random walks a ticker, inside workerd (local), ms a repetition`,
    `${before}; after: ${machineLine()}`,
    "",
    HEAD,
    ...figures.map((figure) => lineOf(figure, floor)),
    ...growing.map((figure) => lineOf(figure, floor)),
    "",
    `A full verdict is the floor's ${ratio(scan, sum)}.`,
    `The naive version is the full verdict's ${ratio(figureOf(figures, "naive"), scan)}.`,
    `Peak resident memory of workerd while ${TICKERS.toLocaleString("en")} tickers went from storage to verdicts: ${mebibytes}.`,
    `Each request less the least empty one (${empty.toFixed(1)} ms). ${figureOf(figures, "verdicts").answer} tickers had a valid base; the run saved ${figureOf(figures, "run").answer} signals.`,
    `Making and storing ${TICKERS.toLocaleString("en")} tickers took ${(filled / 1_000).toFixed(1)} s.`,
  ];
}

async function main(): Promise<void> {
  const before = machineLine();
  const stateDir = await mkdtemp(join(tmpdir(), "vcp-bench-"));
  const worker = await startWorker({ stateDir, config: "worker/bench/wrangler.toml" });
  try {
    const watch = new Stopwatch(worker);
    const all = async (phases: readonly Phase[]) => {
      const sampled = [];
      for (const phase of phases) {
        sampled.push(await watch.sampled(phase));
      }
      return sampled;
    };
    const filled = await fill(worker, 0, TICKERS);
    resetPeak(worker.pid);
    const stored = await all(STORED);
    const peak = peakOf(worker.pid);
    const judged = await all([...JUDGING, ...WHOLE]);
    await fill(worker, TICKERS, MOST);
    const grown = await all(GROWING);
    const figures = [...stored, ...judged].map((one) => watch.figureOf(one));
    const growing = grown.map((one) => watch.figureOf(one));
    const { empty } = watch;
    console.log(report({ figures, growing, empty, filled, peak, before }).join("\n"));
  } finally {
    await worker.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

await main();
