/** When each frame of a run came, and how long it had been on its way. */
import * as v from "valibot";
import type { BenchServer } from "./bench-server.ts";

const Flushes = v.array(v.tuple([v.number(), v.number()]));

/**
 * Since the last question: the tick of each flush, and when it began inside the server, milliseconds since the epoch. Of
 * several timers after a delivery the first is the one that carried it.
 */
export async function askFlushes(server: BenchServer): Promise<ReadonlyMap<number, number>> {
  return new Map(v.parse(Flushes, await server.ask("/flushes")).toReversed());
}

/** Every frame of the run as its tick and when it came. */
export class Arrivals {
  readonly #ticks: number[] = [];
  readonly #times: number[] = [];

  add(number: number, at: number): void {
    this.#ticks.push(number);
    this.#times.push(at);
  }

  get count(): number {
    return this.#ticks.length;
  }

  countOf(wanted: number): number {
    return this.#ticks.reduce((count, number) => count + (number === wanted ? 1 : 0), 0);
  }

  clear(): void {
    this.#ticks.length = 0;
    this.#times.length = 0;
  }

  /** Milliseconds from each frame's flush. */
  latencies(flushes: ReadonlyMap<number, number>): readonly number[] {
    return this.#ticks.flatMap((number, i) => {
      const [from, to] = [flushes.get(number), this.#times[i]];
      return from === undefined || to === undefined ? [] : [to - from];
    });
  }
}
