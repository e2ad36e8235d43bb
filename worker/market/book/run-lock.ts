/** Which run holds the book and which one is owed, remembered across the death of the process. */
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
