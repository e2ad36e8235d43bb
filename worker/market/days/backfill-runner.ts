/** MD10: a backfill at the alarm of its book, a few dates each time; the clock's turn begins it, and goes on with one that waits. */
import { backfillDates } from "../../app/jobs/days/backfill.ts";
import {
  type BackfillState,
  beginBackfill,
  hasGap,
  nextDateOf,
  outcomeOfDate,
  progressOf,
  resumeBackfill,
  skipHeld,
} from "../../app/jobs/days/backfill-state.ts";
import type { StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { DaySource } from "../../app/ports/market-sources.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { BookAlarm } from "../book/book-alarm.ts";
import type { BackfillTable } from "./backfill-table.ts";

export interface BackfillDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly alarm: BookAlarm;
  readonly table: BackfillTable;
  source(): DaySource | null;
  readonly rowsByDay: () => ReadonlyMap<number, number>;
  /** What comes before its end. Never rejects for a neighbour's failure. */
  prepare(state: BackfillState): Promise<void>;
  /** What became of it, once it has ended or has to wait; `settle` is called in the transaction of what that owes. Never rejects for a neighbour's failure. */
  onEnd(state: BackfillState, settle: () => void): Promise<void>;
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
    // Dates that another machine brings come when it has them.
    const isRunning = state?.status === "running";
    return isRunning ? this.#deps.source() !== null : state?.concluded === false;
  }

  isDone(): boolean {
    return this.#deps.table.state()?.status === "done";
  }

  /** At the clock's turn, with a source of closed days. */
  async begin(): Promise<void> {
    const { alarm, clock, table } = this.#deps;
    const now = clock.now();
    const state = this.#known(now);
    if (state?.status === "done" || this.#isAsking) {
      return;
    }
    const begun: BackfillState | null =
      state === null ? beginBackfill(now) : { ...state, status: "running", reason: null, at: now };
    if (begun !== null) {
      table.put(begun, null);
      await alarm.soon();
    }
  }

  /** MD34: the state, and none where it has ended and a session is missing since: then the past is walked anew. */
  #known(now: number): BackfillState | null {
    const state = this.#deps.table.state();
    return state?.status === "done" && hasGap(state, this.#deps.rowsByDay(), now) ? null : state;
  }

  /** Where a machine that asks for this book goes on, once it has been begun; `null` where the calendar knows no day. */
  ahead(wanted: number): BackfillState | null {
    const now = this.#deps.clock.now();
    const state = this.#known(now);
    const begun = state === null ? beginBackfill(now, wanted) : resumeBackfill(state, wanted, now);
    return begun && skipHeld(begun, this.#deps.rowsByDay(), now);
  }

  /** MD31: the date that comes next, as its source answered elsewhere; `null` when it is not the next one, and nothing was done. */
  async deliver(day: TradingDay, source: DaySource, wanted: number): Promise<StepOutcome | null> {
    const ahead = this.ahead(wanted);
    if (ahead === null || ahead.status !== "running" || nextDateOf(ahead) !== day || this.#isAsking) {
      return null;
    }
    this.#isAsking = true;
    try {
      const { alarm, clock, log, table } = this.#deps;
      table.put(ahead, null);
      const rowsByDay = (): ReadonlyMap<number, number> => this.#deps.rowsByDay();
      const state = await backfillDates({ clock, log, source, store: table, rowsByDay, dates: 1 });
      if (state !== null && state.status !== "running") {
        // Whatever dies in it, the alarm goes on with it.
        await alarm.soon();
        await this.#conclude(state);
      }
      return state && outcomeOfDate(state, ahead);
    } finally {
      this.#isAsking = false;
    }
  }

  /** One that waits goes on: what refused it was asked again and serves. */
  async resume(): Promise<void> {
    if (this.#deps.table.state()?.status === "waiting") {
      await this.begin();
    }
  }

  /** At the alarm: some dates, or the end of those that an earlier life fetched. Never rejects for the source's failure. */
  async goOn(): Promise<void> {
    const { alarm, clock, log, table } = this.#deps;
    const source = this.#deps.source();
    if (this.#isAsking || !this.hasMore()) {
      return;
    }
    this.#isAsking = true;
    try {
      // Whatever dies in it, the alarm goes on with it.
      await alarm.soon();
      const rowsByDay = (): ReadonlyMap<number, number> => this.#deps.rowsByDay();
      const state =
        source === null
          ? table.state()
          : await backfillDates({ clock, log, source, store: table, rowsByDay });
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
    await this.#deps.prepare(state);
    const now = table.state();
    // The exchange may have been emptied, or the clock may have gone on with it.
    if (now !== null && now.startedAt === state.startedAt && now.status === state.status) {
      await this.#deps.onEnd(state, () => {
        table.put({ ...now, concluded: true }, null);
      });
    }
  }
}
