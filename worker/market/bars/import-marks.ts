/** BK4, BK31: where each import stands that was begun and is not complete. */
import type { ImportMark } from "../../app/ports/market-book.ts";
import type { BookStorage } from "./book-tables.ts";

/** Nobody comes back to an import that was broken off before so many others. */
const MARKS_KEPT = 64;

export class ImportMarks {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** The chunk to go on with; 0 when that import is unknown or complete. */
  position(id: string): number {
    const [mark] = this.#sql
      .exec<{ next: number }>("SELECT next FROM import_mark WHERE id = ?", id)
      .toArray();
    return mark?.next ?? 0;
  }

  /** Saved together with the rows of its chunk: to be called inside their transaction. */
  move({ id, next }: ImportMark): void {
    if (next === null) {
      this.#sql.exec("DELETE FROM import_mark WHERE id = ?", id);
      return;
    }
    this.#sql.exec(
      "INSERT INTO import_mark (id, next) VALUES (?, ?) ON CONFLICT DO UPDATE SET next = excluded.next",
      id,
      next,
    );
    // A mark that moves keeps its row, whose number is the order of the imports' beginnings.
    this.#sql.exec(
      "DELETE FROM import_mark WHERE rowid <= (SELECT max(rowid) FROM import_mark) - ?",
      MARKS_KEPT,
    );
  }
}
