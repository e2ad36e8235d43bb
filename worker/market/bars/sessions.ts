/** BK9: how many tickers have a row on each day, stored, because counting rows would read every series. */
import { tradingDayOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "./book-tables.ts";

/** A day and the number of tickers with a row on it. */
export interface SessionCount {
  readonly day: TradingDay;
  readonly rows: number;
}

/** The whole of the bars in four figures; both days `null` without bars. */
export interface SessionExtent {
  readonly rows: number;
  readonly sessions: number;
  readonly firstDay: TradingDay | null;
  readonly lastDay: TradingDay | null;
}

function dayOrNull(count: number | null): TradingDay | null {
  return count === null ? null : tradingDayOf(count);
}

/** Counts are changed with the rows, in the same transaction. */
export class Sessions {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** Counts added rows, in one statement whatever the number of days. */
  add(addedByDay: ReadonlyMap<TradingDay, number>): void {
    this.#sql.exec(
      `INSERT INTO session (day, rows)
       SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)
       WHERE json_extract(value, '$[1]') > 0
       ON CONFLICT DO UPDATE SET rows = rows + excluded.rows`,
      JSON.stringify([...addedByDay]),
    );
  }

  /** Counts removed rows; a day without rows is no session any more. */
  remove(day: TradingDay, rows: number): void {
    this.#sql.exec("UPDATE session SET rows = rows - ? WHERE day = ?", rows, day);
    this.#sql.exec("DELETE FROM session WHERE day = ? AND rows <= 0", day);
  }

  /** Oldest first. */
  counts(): readonly SessionCount[] {
    return this.#sql
      .exec<{ day: number; rows: number }>("SELECT day, rows FROM session ORDER BY day")
      .toArray()
      .map(({ day, rows }) => ({ day: tradingDayOf(day), rows }));
  }

  /** The last day that a folded series has: the open days are newer than all of them (BK6). */
  lastFolded(): TradingDay | null {
    const { day } = this.#sql
      .exec<{ day: number | null }>(
        "SELECT max(day) AS day FROM session WHERE day NOT IN (SELECT day FROM day_rows)",
      )
      .one();
    return dayOrNull(day);
  }

  /** The first of the last `count` sessions; `null` when there are fewer. */
  firstOfLast(count: number): TradingDay | null {
    const [row] = this.#sql
      .exec<{ day: number }>("SELECT day FROM session ORDER BY day DESC LIMIT 1 OFFSET ?", count - 1)
      .toArray();
    return row === undefined ? null : tradingDayOf(row.day);
  }

  /** `true` when there was a session before the day. */
  forgetBefore(day: TradingDay): boolean {
    return this.#sql.exec("DELETE FROM session WHERE day < ?", day).rowsWritten > 0;
  }

  extent(): SessionExtent {
    const { rows, sessions, first, last } = this.#sql
      .exec<{ rows: number; sessions: number; first: number | null; last: number | null }>(
        `SELECT coalesce(sum(rows), 0) AS rows, count(*) AS sessions, min(day) AS first, max(day) AS last
         FROM session`,
      )
      .one();
    return { rows, sessions, firstDay: dayOrNull(first), lastDay: dayOrNull(last) };
  }
}
