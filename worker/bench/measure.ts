/** Asks the bench Worker for a phase again and again. Timed from outside: the clock inside stands still while code runs. */
import { performance } from "node:perf_hooks";
import type { BenchWorker } from "./workerd.ts";

export interface Phase {
  readonly name: string;
  readonly what: string;
  readonly tickers: number;
  /** Repetitions a request, and requests. */
  readonly times: number;
  readonly samples: number;
  /** Milliseconds that it may take, where the design names a limit. */
  readonly limit: number | null;
}

/** Milliseconds a repetition, less an empty request. The least tells what the code costs, the median how busy the machine is. */
export interface Figure extends Phase {
  readonly least: number;
  readonly median: number;
  readonly answer: string;
}

export async function ask(
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

/** `empty` is what a request costs in which nothing is done. */
export async function measured(worker: BenchWorker, phase: Phase, empty: number): Promise<Figure> {
  const path = `/${phase.name}?times=${phase.times}&tickers=${phase.tickers}`;
  // The first two warm up: the compiler, the page cache, and the arrays that are held.
  await ask(worker, path);
  let { answer } = await ask(worker, path);
  const each: number[] = [];
  for (let n = 0; n < phase.samples; n++) {
    const sample = await ask(worker, path);
    each.push(Math.max(0, sample.ms - empty) / phase.times);
    answer = sample.answer;
  }
  return { ...phase, least: Math.min(...each), median: medianOf(each), answer };
}

/** What an empty request costs at least. */
export async function emptyRequest(worker: BenchWorker): Promise<number> {
  const phase = { name: "empty", what: "", tickers: 0, times: 1, samples: 40, limit: null };
  return (await measured(worker, phase, 0)).least;
}
