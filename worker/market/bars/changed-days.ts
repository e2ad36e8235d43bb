/** BK50: the days whose rows changed since a run settled them, so that what a scan has judged is judged again. */
import type { BarChanges } from "../../app/jobs/due-correction.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "./book-tables.ts";

/** Written in the transaction of the rows: one is never there without the other. */
export class ChangedDays {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** Rows of these days were added, replaced or removed by the call that made the bars of this revision. */
  note(days: Iterable<TradingDay>, revision: number): void {
    this.#sql.exec(
      `INSERT INTO changed_day (day, revision) SELECT value, ? FROM json_each(?) WHERE true
       ON CONFLICT DO UPDATE SET revision = excluded.revision`,
      revision,
      JSON.stringify([...days]),
    );
  }

  /** Ascending. */
  days(): BarChanges["days"] {
    return this.#sql
      .exec<{ day: number }>("SELECT day FROM changed_day ORDER BY day")
      .toArray()
      .map(({ day }) => tradingDayOf(day));
  }

  /** A run has judged the bars of this revision; what changed after it stays. */
  settle(revision: number): void {
    this.#sql.exec("DELETE FROM changed_day WHERE revision <= ?", revision);
  }
}
