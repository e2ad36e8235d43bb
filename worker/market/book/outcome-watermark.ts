/**
 * What outcomes still have to be measured, remembered across the death of the process: since which day bars have
 * changed, and, once a run has settled them, up to which session.
 */
import type { StoredRows, TickerColumns } from "../../app/ports/market-book.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "../bars/book-tables.ts";

export interface DueMeasure {
  readonly from: TradingDay;
  readonly asOf: TradingDay;
  /** Grows with every change; equal stamps mean that nothing changed in between. */
  readonly stamp: number;
}

export class OutcomeWatermark {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** BK18: written in the same turn as the rows, so that one is never there without the other. Returns `stored`. */
  noted(chunk: readonly TickerColumns[], stored: StoredRows): StoredRows {
    if (stored.added > 0 || stored.replaced > 0) {
      const first = chunk.reduce(
        (day, { columns }) => Math.min(day, columns.day[0] ?? Number.POSITIVE_INFINITY),
        Number.POSITIVE_INFINITY,
      );
      this.changed(tradingDayOf(first));
    }
    return stored;
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
