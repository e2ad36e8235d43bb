/** Repeats the phases of the bench Worker and times them from outside, because the clock inside stands still while code runs. */
import { performance } from "node:perf_hooks";
import { median } from "../testing/load/quantile.ts";
import type { RealWorker } from "../testing/stage/real-worker.ts";

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

/** Milliseconds a repetition. The least is what the code costs, the median shows how busy the machine is. */
export interface Figure extends Phase {
  readonly least: number;
  readonly median: number;
  readonly answer: string;
}

/** A phase whose requests are measured whole, in milliseconds. */
interface Sampled extends Phase {
  readonly whole: readonly number[];
  readonly answer: string;
}

export async function ask(
  worker: RealWorker,
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

export class Stopwatch {
  /** The cheapest request in which nothing is done, in milliseconds: the only overhead that every request surely has. */
  empty = Number.POSITIVE_INFINITY;
  readonly #worker: RealWorker;

  constructor(worker: RealWorker) {
    this.#worker = worker;
  }

  async sampled(phase: Phase): Promise<Sampled> {
    const path = `/${phase.name}?times=${phase.times}&tickers=${phase.tickers}`;
    // The first two warm up: the compiler, the page cache, and the arrays that are held.
    await ask(this.#worker, path);
    let { answer } = await ask(this.#worker, path);
    const whole: number[] = [];
    for (let n = 0; n < phase.samples; n++) {
      this.empty = Math.min(this.empty, (await ask(this.#worker, "/empty?times=1&tickers=0")).ms);
      const sample = await ask(this.#worker, path);
      whole.push(sample.ms);
      answer = sample.answer;
    }
    return { ...phase, whole, answer };
  }

  /** Call it when all is measured: only then the cheapest empty request is known. */
  figureOf({ whole, ...phase }: Sampled): Figure {
    const each = (ms: number): number => (ms - this.empty) / phase.times;
    return { ...phase, least: each(Math.min(...whole)), median: each(median(whole)) };
  }
}
