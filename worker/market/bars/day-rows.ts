/** BK5, BK7: the closed days that are not yet folded into the series, one packed row a day. */
import { assert } from "../../core/assert.ts";
import { tradingDayOf, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import type { BookStorage } from "./book-tables.ts";
import { mergeDayRow, type DayRow } from "./day-row.ts";
import type { MergedRows } from "./merged-rows.ts";
import { decodeColumns, encodeColumns, ROW_LIMIT_BYTES } from "./packed-columns.ts";
import { openDayIndexOf, type OpenDayIndex } from "./open-day-index.ts";

interface StoredDay extends Record<string, SqlStorageValue> {
  readonly day: number;
  readonly tickers: string;
  readonly columns: ArrayBuffer;
}

function isTickers(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((ticker) => typeof ticker === "string");
}

function dayRowOf(stored: StoredDay): DayRow {
  const tickers: unknown = JSON.parse(stored.tickers);
  const columns = decodeColumns(stored.columns);
  assert(isTickers(tickers) && tickers.length === columns.day.length, `Day ${stored.day} is damaged`);
  return { day: tradingDayOf(stored.day), tickers, columns };
}

export class DayRows {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** How many days are open, and the first of them. */
  extent(): { readonly days: number; readonly first: TradingDay | null } {
    const { days, first } = this.#sql
      .exec<{ days: number; first: number | null }>(
        "SELECT count(*) AS days, min(day) AS first FROM day_rows",
      )
      .one();
    return { days, first: first === null ? null : tradingDayOf(first) };
  }

  openDays(): OpenDayIndex {
    return openDayIndexOf(
      this.#sql.exec<StoredDay>("SELECT * FROM day_rows ORDER BY day").toArray().map(dayRowOf),
    );
  }

  /** Merges one-row columns of the day and writes it when it changed; to be called inside a transaction. */
  merge(day: TradingDay, chunk: readonly TickerColumns[]): MergedRows {
    const [stored] = this.#sql.exec<StoredDay>("SELECT * FROM day_rows WHERE day = ?", day).toArray();
    const { row, merged } = mergeDayRow(day, stored === undefined ? null : dayRowOf(stored), chunk);
    if (merged.added > 0 || merged.replaced > 0) {
      this.#write(row);
    }
    return merged;
  }

  clear(): void {
    this.#sql.exec("DELETE FROM day_rows");
  }

  #write({ day, tickers, columns }: DayRow): void {
    const [names, blob] = [JSON.stringify(tickers), encodeColumns(columns, 0)];
    assert(
      names.length + blob.byteLength <= ROW_LIMIT_BYTES,
      `${tickers.length} tickers are too many for one row of storage (${ROW_LIMIT_BYTES} bytes)`,
    );
    this.#sql.exec(
      `INSERT INTO day_rows (day, tickers, columns) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET tickers = excluded.tickers, columns = excluded.columns`,
      day,
      names,
      blob,
    );
  }
}
