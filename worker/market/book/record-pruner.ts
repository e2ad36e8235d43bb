/** BK30: the retention of a book's records: one bounded step after each run, when the book is free, and one an alarm for the rest. */
import { pruneRecords, type PrunePorts } from "../../app/jobs/prune-records.ts";
import { type ScanBars, sessionsIn } from "../../app/jobs/scan-bars.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { RunOutcome } from "../../app/ports/market-book.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { within } from "../../platform/within.ts";
import type { BookAlarm } from "./book-alarm.ts";

/** The caller of a run waits for one step; a database that is silent for longer is left to the next run. */
const PATIENCE_MS = 10_000;

export interface PrunerDeps {
  readonly ports: PrunePorts;
  readonly bars: ScanBars;
  readonly alarm: BookAlarm;
  readonly log: Log;
  exchange(): Exchange;
}

export class RecordPruner {
  readonly #deps: PrunerDeps;
  /** `null` before the first step of this process: one that died may have left rows. */
  #hasMore: boolean | null = null;

  constructor(deps: PrunerDeps) {
    this.#deps = deps;
  }

  /** Rows wait for the alarm. */
  hasMore(): boolean {
    return this.#hasMore === true;
  }

  /** Never rejects for a neighbour's failure. */
  async afterRun({ status }: RunOutcome): Promise<void> {
    if (status === "done") {
      await this.#step();
    }
  }

  /** At the alarm. Never rejects for a neighbour's failure. */
  async goOn(): Promise<void> {
    if (this.#hasMore !== false) {
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    const { alarm, bars, log, ports } = this.#deps;
    const exchange = this.#deps.exchange();
    try {
      this.#hasMore = await within(PATIENCE_MS, "D1", pruneRecords(exchange, sessionsIn(bars), ports, log));
    } catch (error) {
      // The rows stay until the next run, because trying at once would burden a store that fails.
      logFailure(log, "records_not_pruned", error, { exchange });
      this.#hasMore = false;
    }
    if (this.#hasMore) {
      await alarm.soon();
    }
  }
}
