/**
 * `npm run bench`: what a scan of the whole market costs inside workerd, phase by phase, beside one pass that only sums
 * the same arrays. Not part of `npm test`. Measured from outside, because the clock inside stands still while code runs.
 */
import { cpus, loadavg, totalmem } from "node:os";
import { performance } from "node:perf_hooks";
import { type BenchWorker, startBenchWorker } from "./workerd.ts";

const TICKERS = 2_700;
const BARS = 400;
/** Tickers a request of the fill. */
const CHUNK = 150;
const SAMPLES = 9;

interface Phase {
  readonly name: string;
  readonly what: string;
  /** Repetitions a request. */
  readonly times: number;
  /** Milliseconds that it may take, where the design names a limit. */
  readonly limit: number | null;
}

const PHASES: readonly Phase[] = [
  { name: "sum", what: "floor: sum the five arrays of every ticker", times: 10, limit: null },
  { name: "read", what: "read every series from storage", times: 3, limit: null },
  { name: "scan", what: "judge every ticker, bars in memory", times: 2, limit: 81 },
  { name: "verdicts", what: "storage to verdicts (read and judge)", times: 2, limit: 150 },
  { name: "save", what: "save 60 signals, 120 events, messages (one D1 batch)", times: 3, limit: null },
  { name: "run", what: "a whole run: read, judge, save, publish", times: 1, limit: null },
];

interface Figure extends Phase {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly answer: string;
}

async function ask(
  worker: BenchWorker,
  path: string,
): Promise<{ readonly ms: number; readonly answer: string }> {
  const from = performance.now();
  const response = await fetch(`${worker.url}${path}`);
  const answer = await response.text();
  const ms = performance.now() - from;
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}: ${answer.slice(0, 500)}`);
  }
  return { ms, answer };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function sampled(
  worker: BenchWorker,
  path: string,
): Promise<{ readonly ms: readonly number[]; readonly answer: string }> {
  // The first two warm up: the compiler, the page cache, and the arrays that are held.
  await ask(worker, path);
  let { answer } = await ask(worker, path);
  const ms: number[] = [];
  for (let n = 0; n < SAMPLES; n++) {
    const sample = await ask(worker, path);
    ms.push(sample.ms);
    answer = sample.answer;
  }
  return { ms, answer };
}

async function measured(worker: BenchWorker, phase: Phase, empty: number): Promise<Figure> {
  const { ms, answer } = await sampled(worker, `/${phase.name}?times=${phase.times}`);
  const each = ms.map((whole) => Math.max(0, whole - empty) / phase.times);
  return { ...phase, median: medianOf(each), least: Math.min(...each), most: Math.max(...each), answer };
}

async function fill(worker: BenchWorker): Promise<number> {
  let whole = 0;
  for (let from = 0; from < TICKERS; from += CHUNK) {
    const to = Math.min(TICKERS, from + CHUNK);
    whole += (await ask(worker, `/fill?from=${from}&to=${to}&bars=${BARS}`)).ms;
  }
  return whole;
}

function lineOf(figure: Figure, floor: number): string {
  const { what, median, least, most, limit } = figure;
  const cells = [
    what.padEnd(54),
    median.toFixed(1).padStart(8),
    `${least.toFixed(1)}-${most.toFixed(1)}`.padStart(15),
    ((median * 1_000) / TICKERS).toFixed(1).padStart(9),
    `${(median / floor).toFixed(1)}x`.padStart(8),
    (limit === null ? "" : `${limit} ms`).padStart(8),
    limit === null ? "" : median <= limit ? "  kept" : "  missed",
  ];
  return cells.join(" ").trimEnd();
}

function told(figures: readonly Figure[], empty: number, filled: number): readonly string[] {
  const [cpu] = cpus();
  const floor = figures.find(({ name }) => name === "sum")?.median ?? Number.NaN;
  const answers = new Map(figures.map(({ name, answer }) => [name, answer]));
  const heads = ["phase".padEnd(54), "median".padStart(8), "range".padStart(15), "us/ticker".padStart(9)];
  return [
    `${TICKERS} tickers x ${BARS} bars of seeded random walks, inside workerd (local), ms a repetition`,
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpu?.model ?? "unknown CPU"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, load ${(loadavg()[0] ?? 0).toFixed(1)}, Node ${process.version}`,
    "",
    [...heads, "/ floor".padStart(8), "limit".padStart(8)].join(" "),
    ...figures.map((figure) => lineOf(figure, floor)),
    "",
    `Median of ${SAMPLES} requests, each less an empty one (${empty.toFixed(1)} ms). ${answers.get("verdicts")} tickers had a valid base; the run saved ${answers.get("run")} signals.`,
    `Making and storing the market took ${(filled / 1_000).toFixed(1)} s.`,
  ];
}

async function main(): Promise<void> {
  const worker = await startBenchWorker();
  try {
    const filled = await fill(worker);
    const empty = medianOf((await sampled(worker, "/empty?times=1")).ms);
    const figures: Figure[] = [];
    for (const phase of PHASES) {
      figures.push(await measured(worker, phase, empty));
    }
    console.log(told(figures, empty, filled).join("\n"));
  } finally {
    await worker.stop();
  }
}

await main();
