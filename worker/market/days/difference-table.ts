/** What the official rows of each session changed in the rows that stood before them, as numbers for the owner's page. */
import * as v from "valibot";
import { DIFFERENCE_FIELDS, type SessionDifferences } from "../../app/ports/market-status.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** Three months of sessions: what one vendor's evenings are worth. */
const KEPT_DAYS = 92;

const Fields = v.partial(v.object(v.entriesFromList(DIFFERENCE_FIELDS, v.number())));

interface StoredDifferences extends Record<string, SqlStorageValue> {
  readonly day: number;
  readonly at: number;
  readonly rows: number;
  readonly added: number;
  readonly unconfirmed: number;
  readonly fields: string;
}

/** The table stands beside the bars (`book-tables.ts`), and leaves with them. */
export class DifferenceTable {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** A session that is corrected once more has the newer ones. */
  note({ day, at, rows, added, unconfirmed, fields }: SessionDifferences): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO day_difference (day, at, rows, added, unconfirmed, fields) VALUES (?, ?, ?, ?, ?, ?)",
      day,
      at,
      rows,
      added,
      unconfirmed,
      JSON.stringify(fields),
    );
    this.#sql.exec("DELETE FROM day_difference WHERE day < ?", day - KEPT_DAYS);
  }

  /** Newest first. */
  all(): readonly SessionDifferences[] {
    return this.#sql
      .exec<StoredDifferences>(
        "SELECT day, at, rows, added, unconfirmed, fields FROM day_difference ORDER BY day DESC",
      )
      .toArray()
      .map(({ day, fields, ...numbers }) => ({
        ...numbers,
        day: tradingDayOf(day),
        fields: v.parse(v.pipe(v.string(), v.parseJson(), Fields), fields),
      }));
  }
}
