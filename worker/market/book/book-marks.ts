/** What a book remembers across the death of its process: the run that holds it, a run that is owed, outcomes to be measured. */
import type { StoredRows, TickerColumns } from "../../app/ports/market-book.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** BK13: the run that holds the book. */
export class RunLock {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  holder(): string | null {
    const [row] = this.#sql.exec<{ run: string }>("SELECT run FROM run_lock").toArray();
    return row?.run ?? null;
  }

  take(run: string): void {
    this.#sql.exec("INSERT INTO run_lock (id, run) VALUES (0, ?)", run);
  }

  /** Of this run only: another may have taken the lock since. */
  release(run: string): void {
    this.#sql.exec("DELETE FROM run_lock WHERE run = ?", run);
  }
}

/** BK19: a run of the clock that has no row yet. One is owed at most: a later one scans all that an earlier one would have. */
export class OwedRun {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  isOwed(): boolean {
    return this.#sql.exec("SELECT 1 FROM owed_run").toArray().length > 0;
  }

  /** `at` in milliseconds since the epoch. */
  owe(at: number): void {
    this.#sql.exec("INSERT OR IGNORE INTO owed_run (id, since) VALUES (0, ?)", at);
  }

  settle(): void {
    this.#sql.exec("DELETE FROM owed_run");
  }
}

interface DueMeasure {
  readonly from: TradingDay;
  readonly asOf: TradingDay;
  /** Grows with every change; equal stamps mean that nothing changed in between. */
  readonly stamp: number;
}

/** BK18: since which day bars have changed, and, once a run has settled them, up to which session. */
export class OutcomeWatermark {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** BK18: written in the same turn as the rows, so that one is never there without the other. */
  note(chunk: readonly TickerColumns[], stored: StoredRows): void {
    if (stored.added > 0 || stored.replaced > 0) {
      const first = chunk.reduce(
        (day, { columns }) => Math.min(day, columns.day[0] ?? Number.POSITIVE_INFINITY),
        Number.POSITIVE_INFINITY,
      );
      this.changed(tradingDayOf(first));
    }
  }

  /** Rows of this day or a later one were added or replaced. */
  changed(day: TradingDay): void {
    this.#sql.exec(
      `INSERT INTO measure_mark (id, changed, as_of, stamp) VALUES (0, ?, NULL, 1)
       ON CONFLICT DO UPDATE SET changed = min(changed, excluded.changed), stamp = stamp + 1`,
      day,
    );
  }

  /** A run has settled the signals as of this session. */
  settled(asOf: TradingDay): void {
    this.changed(asOf);
    this.#sql.exec("UPDATE measure_mark SET as_of = ?", asOf);
  }

  /** `null` when no run has settled anything since the last measuring. */
  due(): DueMeasure | null {
    const [row] = this.#sql
      .exec<{ changed: number; as_of: number; stamp: number }>(
        "SELECT changed, as_of, stamp FROM measure_mark WHERE as_of IS NOT NULL",
      )
      .toArray();
    return row ? { from: tradingDayOf(row.changed), asOf: tradingDayOf(row.as_of), stamp: row.stamp } : null;
  }

  /** Bars that changed during the measuring stay due. */
  measured({ stamp }: DueMeasure): void {
    this.#sql.exec("DELETE FROM measure_mark WHERE stamp = ?", stamp);
  }
}
