/** One packed row a key: the folded series of every ticker, and the series of the indices. */
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { columnsOf, type Columns, viewOf } from "../../core/bars/columns.ts";
import { mergeColumns } from "../../core/bars/merge-columns.ts";
import { withoutEmpty } from "../../core/bars/take-rows.ts";
import { type Rebase, rebaseOf } from "../../core/session/rebase-of.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "./book-tables.ts";
import type { MergedRows } from "./incoming-rows.ts";
import { decodeColumns, encodeColumns } from "./packed-columns.ts";
import { hasRow, withoutRow } from "./removed-rows.ts";

/** The two tables differ in their names only. `?` of `keys` is a JSON array of further keys. */
function statementsOf(table: "series" | "index_series", key: "ticker" | "code") {
  const keys = `SELECT ${key} AS key FROM ${table} UNION SELECT value AS key FROM json_each(?)`;
  return {
    get: `SELECT columns FROM ${table} WHERE ${key} = ?`,
    put: `INSERT INTO ${table} (${key}, columns) VALUES (?, ?) ON CONFLICT DO UPDATE SET columns = excluded.columns`,
    all: `SELECT key, columns FROM (${keys}) LEFT JOIN ${table} ON ${key} = key ORDER BY key`,
    drop: `DELETE FROM ${table} WHERE ${key} = ?`,
    further: `${keys} ORDER BY key`,
    keys: `SELECT ${key} AS key FROM ${table}`,
    count: `SELECT count(*) AS keys FROM (${keys})`,
  };
}

const STATEMENTS = {
  series: statementsOf("series", "ticker"),
  index_series: statementsOf("index_series", "code"),
};

const NO_ROWS = columnsOf([]);

/** Packed, because a scan reads every ticker whole (decision 002). */
export class SeriesTable {
  readonly #sql: BookStorage["sql"];
  readonly #spare: number;
  readonly #statements: ReturnType<typeof statementsOf>;

  /** `spare`: how many rows a reader may append to a packed series in place. */
  constructor(sql: BookStorage["sql"], table: keyof typeof STATEMENTS, spare: number) {
    this.#sql = sql;
    this.#spare = spare;
    this.#statements = STATEMENTS[table];
  }

  get(key: string): Columns | null {
    const packed = this.packed(key);
    return packed === null ? null : decodeColumns(packed);
  }

  /** The packed columns, the caller's own; `null` for a key without a row. */
  packed(key: string): ArrayBuffer | null {
    const [row] = this.#sql.exec<{ columns: ArrayBuffer }>(this.#statements.get, key).toArray();
    return row?.columns ?? null;
  }

  /**
   * Every key of the table and every further key, in order, one at a time: the market never stands in memory twice.
   * A further key without a row has `null`.
   */
  *all(
    furtherKeys: readonly string[],
  ): Iterable<{ readonly key: string; readonly packed: ArrayBuffer | null }> {
    const rows = this.#sql.exec<{ key: string; columns: ArrayBuffer | null }>(
      this.#statements.all,
      JSON.stringify(furtherKeys),
    );
    for (const { key, columns } of rows) {
      yield { key, packed: columns };
    }
  }

  /** Every key of the table and every further key, in order, without touching a series. */
  keys(furtherKeys: readonly string[]): readonly string[] {
    const keys = this.#sql.exec<{ key: string }>(this.#statements.further, JSON.stringify(furtherKeys));
    return Array.from(keys, ({ key }) => key);
  }

  /** How many keys the table and the further ones make together. */
  countKeys(furtherKeys: readonly string[]): number {
    return this.#sql.exec<{ keys: number }>(this.#statements.count, JSON.stringify(furtherKeys)).one().keys;
  }

  /**
   * Merges and writes the changed series only; to be called inside a transaction. Rows before `first` are left out of
   * what is written, so that a fold that also trims writes each series once.
   */
  merge(chunk: readonly TickerColumns[], first: TradingDay | null = null): MergedRows {
    const addedByDay = new Map<TradingDay, number>();
    const rebased = new Map<string, Rebase>();
    const correctedDays = new Set<TradingDay>();
    let [added, replaced, unchanged] = [0, 0, 0];
    for (const { ticker, columns, absent } of chunk) {
      const stored = this.get(ticker) ?? NO_ROWS;
      const merged = mergeColumns(stored, columns, absent);
      const rebase = merged.replaced > 0 ? rebaseOf(stored, columns) : null;
      if (rebase !== null) {
        rebased.set(ticker, rebase);
      }
      added += merged.added.length;
      replaced += merged.replaced;
      unchanged += merged.unchanged;
      if (merged.added.length > 0 || merged.replaced > 0) {
        this.#put(ticker, first === null ? merged.columns : since(merged.columns, first));
      }
      for (const day of merged.added) {
        addedByDay.set(day, (addedByDay.get(day) ?? 0) + 1);
      }
      for (const day of merged.corrected) {
        correctedDays.add(day);
      }
    }
    return { added, replaced, unchanged, addedByDay, correctedDays, rebased };
  }

  /** Rows before `first` leave, and with its last row the series; to be called inside a transaction. */
  trim(first: TradingDay): void {
    const keys = this.#sql.exec<{ key: string }>(this.#statements.keys).toArray();
    for (const { key } of keys) {
      const columns = this.get(key) ?? NO_ROWS;
      if ((columns.day[0] ?? first) < first) {
        this.#put(key, since(columns, first));
      }
    }
  }

  /** How many of these keys have a row of the day; all keys of the table for `null`. */
  countOn(day: TradingDay, key: string | null): number {
    return this.#keysOn(day, key).length;
  }

  /** The rows of the day leave, and with its last row the series; to be called inside a transaction. */
  remove(day: TradingDay, key: string | null): number {
    const keys = this.#keysOn(day, key);
    for (const one of keys) {
      this.#put(one, withoutRow(this.get(one) ?? NO_ROWS, day));
    }
    return keys.length;
  }

  #keysOn(day: TradingDay, key: string | null): readonly string[] {
    const all = this.#sql.exec<{ key: string }>(this.#statements.keys).toArray();
    return all
      .map((row) => row.key)
      .filter((one) => (key === null || key === one) && hasRow(this.get(one), day));
  }

  #put(key: string, columns: Columns): void {
    if (columns.day.length === 0) {
      this.#sql.exec(this.#statements.drop, key);
    } else {
      this.#sql.exec(this.#statements.put, key, encodeColumns(columns, this.#spare));
    }
  }
}

/** The rows from `first` on, in the form that is stored. */
function since(columns: Columns, first: TradingDay): Columns {
  const from = columns.day.findIndex((day) => day >= first);
  return from === 0
    ? columns
    : withoutEmpty(viewOf(columns, from < 0 ? columns.day.length : from, columns.day.length));
}
