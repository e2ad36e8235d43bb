/** MD10: a backfill at the alarm of its book, a few dates each time; the clock's turn begins it, and goes on with one that waits. */
import {
  backfillDates,
  type BackfillState,
  beginBackfill,
  progressOf,
} from "../../app/jobs/days/backfill.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { DaySource } from "../../app/ports/market-sources.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { BookAlarm } from "../book/book-alarm.ts";
import type { BackfillTable } from "./backfill-table.ts";

export interface BackfillDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: BookAlarm;
  readonly table: BackfillTable;
  source(): DaySource | null;
  rowsByDay(): ReadonlyMap<number, number>;
  /** What became of it, once it has ended or has to wait. Never rejects for a neighbour's failure. */
  onEnd(state: BackfillState): Promise<void>;
}

export class BackfillRunner {
  readonly #deps: BackfillDeps;
  /** Dates are under way: a second asking beside it would fetch them twice. */
  #isAsking = false;

  constructor(deps: BackfillDeps) {
    this.#deps = deps;
  }

  progress(): BackfillProgress | null {
    const state = this.#deps.table.state();
    return state === null ? null : progressOf(state);
  }

  /** Dates, or what follows the last of them and died with the object. */
  hasMore(): boolean {
    const state = this.#deps.table.state();
    return state !== null && (state.status === "running" || !state.concluded);
  }

  /** At the clock's turn, with a source of closed days. */
  async begin(): Promise<void> {
    const { alarm, clock, table } = this.#deps;
    const state = table.state();
    if (state?.status === "done" || this.#isAsking) {
      return;
    }
    const now = clock.now();
    const begun: BackfillState | null =
      state === null ? beginBackfill(now) : { ...state, status: "running", reason: null, at: now };
    if (begun !== null) {
      table.put(begun, null);
      await alarm.soon();
    }
  }

  /** At the alarm: some dates, or the end of those that an earlier life fetched. Never rejects for the source's failure. */
  async goOn(): Promise<void> {
    const { alarm, clock, log, table } = this.#deps;
    const source = this.#deps.source();
    if (source === null || this.#isAsking || !this.hasMore()) {
      return;
    }
    this.#isAsking = true;
    try {
      // Whatever dies in it, the alarm goes on with it.
      await alarm.soon();
      const rowsByDay = (): ReadonlyMap<number, number> => this.#deps.rowsByDay();
      const state = await backfillDates({ clock, log, source, store: table, rowsByDay });
      if (state !== null && state.status !== "running") {
        await this.#conclude(state);
      }
    } catch (error) {
      logFailure(log, "backfill_failed", error, {}, "error");
      throw error;
    } finally {
      this.#isAsking = false;
    }
    if (this.hasMore()) {
      await alarm.soon();
    }
  }

  async #conclude(state: BackfillState): Promise<void> {
    const { table } = this.#deps;
    await this.#deps.onEnd(state);
    const now = table.state();
    // The exchange may have been emptied, or the clock may have gone on with it.
    if (now !== null && now.startedAt === state.startedAt && now.status === state.status) {
      table.put({ ...now, concluded: true }, null);
    }
  }
}
