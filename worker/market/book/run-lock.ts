/** BK13: the run that holds the book, remembered across the death of the process that began it. */
import type { BookStorage } from "../bars/book-tables.ts";

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

  release(): void {
    this.#sql.exec("DELETE FROM run_lock");
  }
}
