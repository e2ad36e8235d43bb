/** BK4: the position of each chunked import, saved together with the rows of its chunks. */
import type { ImportMark } from "../../app/ports/market-book.ts";
import type { BookStorage } from "./book-tables.ts";

export class ImportMarks {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** 0 when the import is unknown or complete. */
  position(id: string): number {
    const [mark] = this.#sql
      .exec<{ next: number }>("SELECT next FROM import_mark WHERE id = ?", id)
      .toArray();
    return mark?.next ?? 0;
  }

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
  }
}
