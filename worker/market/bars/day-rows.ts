/** BK5, BK7: the closed days that are not yet folded into the series, one packed row a day, and the same rows seen by ticker. */
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { assert } from "../../core/assert.ts";
import { type Columns, viewOf } from "../../core/bars/columns.ts";
import { keepAbsent, sameRow } from "../../core/bars/merge-columns.ts";
import { takeRows, withoutEmpty } from "../../core/bars/take-rows.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "./book-tables.ts";
import type { MergedRows } from "./incoming-rows.ts";
import { decodeColumns, encodeColumns, ROW_LIMIT_BYTES } from "./packed-columns.ts";

/** The open days by ticker, because a series is its folded rows and then its share of every open day. */
interface OpenDayIndex {
  /** Every ticker with a row on an open day, in no order. */
  tickers(): readonly string[];
  /** The ticker's rows of the open days, oldest first; `null` when no open day has one. */
  of(ticker: string): Columns | null;
}

/** The index of the given days, which come oldest first. */
function openDayIndexOf(days: readonly DayRow[]): OpenDayIndex {
  const numbers = new Map<string, number>();
  const numbersByDay = days.map((day) =>
    Uint32Array.from(day.tickers, (ticker) => {
      const number = numbers.get(ticker) ?? numbers.size;
      if (number === numbers.size) {
        numbers.set(ticker, number);
      }
      return number;
    }),
  );
  const starts = startsOf(numbersByDay, numbers.size);
  const columns = regroup(days, numbersByDay, starts);
  return {
    tickers: () => [...numbers.keys()],
    of: (ticker) => {
      const number = numbers.get(ticker);
      return number === undefined
        ? null
        : withoutEmpty(viewOf(columns, starts[number] ?? 0, starts[number + 1] ?? 0));
    },
  };
}

/** Where the rows of each ticker begin when they stand ticker by ticker; one entry more marks the end of the last ones. */
function startsOf(numbersByDay: readonly Uint32Array[], tickers: number): Uint32Array {
  const starts = new Uint32Array(tickers + 1);
  for (const numbers of numbersByDay) {
    for (const number of numbers) {
      starts[number + 1] = (starts[number + 1] ?? 0) + 1;
    }
  }
  for (let number = 1; number <= tickers; number++) {
    starts[number] = (starts[number] ?? 0) + (starts[number - 1] ?? 0);
  }
  return starts;
}

/** All rows of all days once, ticker by ticker: a gathering for each ticker would cost as much as its scan. */
function regroup(
  days: readonly DayRow[],
  numbersByDay: readonly Uint32Array[],
  starts: Uint32Array,
): Columns {
  const free = starts.slice();
  const from = new Uint32Array(starts.at(-1) ?? 0);
  const at = new Uint32Array(from.length);
  numbersByDay.forEach((numbers, d) => {
    for (let position = 0; position < numbers.length; position++) {
      const number = numbers[position] ?? 0;
      const place = free[number] ?? 0;
      free[number] = place + 1;
      from[place] = d;
      at[place] = position;
    }
  });
  return takeRows({ sources: days.map((day) => day.columns), from, at });
}

/** Row i of `columns` belongs to `tickers[i]`; every `day` is the same, so these columns do not rise. */
interface DayRow {
  readonly day: TradingDay;
  readonly tickers: readonly string[];
  readonly columns: Columns;
}

/** Adds one-row columns of the day to what is stored of it; a ticker that is there already is corrected in its place. */
function mergeDayRow(
  day: TradingDay,
  stored: DayRow | null,
  chunk: readonly TickerColumns[],
): { readonly row: DayRow; readonly merged: MergedRows } {
  const before = stored === null ? [] : [stored.columns];
  const tickers = [...(stored?.tickers ?? [])];
  const positions = new Map(tickers.map((ticker, k) => [ticker, k]));
  const from = new Uint32Array(tickers.length + chunk.length);
  const at = Uint32Array.from(from, (_, k) => (k < tickers.length ? k : 0));
  let [replaced, unchanged] = [0, 0];
  const incoming = chunk.map(({ ticker, columns, absent = [] }) => {
    const position = positions.get(ticker);
    return position === undefined || stored === null
      ? columns
      : keepAbsent(viewOf(stored.columns, position, position + 1), columns, absent);
  });
  chunk.forEach(({ ticker }, k) => {
    const position = positions.get(ticker);
    const columns = incoming[k];
    assert(columns !== undefined, "Every part of a chunk has its rows");
    if (position !== undefined && stored !== null && sameRow(stored.columns, position, columns, 0)) {
      unchanged += 1;
      return;
    }
    replaced += position === undefined ? 0 : 1;
    const place = position ?? tickers.push(ticker) - 1;
    from[place] = before.length + k;
    at[place] = 0;
  });
  const added = tickers.length - positions.size;
  const picks = { from: from.subarray(0, tickers.length), at: at.subarray(0, tickers.length) };
  const columns = takeRows({ sources: [...before, ...incoming], ...picks });
  return {
    row: { day, tickers, columns },
    merged: {
      added,
      replaced,
      unchanged,
      addedByDay: new Map([[day, added]]),
      correctedDays: new Set(replaced > 0 ? [day] : []),
      rebased: new Map(),
    },
  };
}

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

/** A session adds one row here instead of changing one row of every ticker: that is what a close costs. */
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

  /** Every ticker with a row on an open day, in no order; reads no rows. */
  tickers(): readonly string[] {
    const tickers = this.#sql.exec<{ ticker: string }>(
      "SELECT DISTINCT value AS ticker FROM day_rows, json_each(day_rows.tickers)",
    );
    return Array.from(tickers, ({ ticker }) => ticker);
  }

  openDays(): OpenDayIndex {
    return openDayIndexOf(
      this.#sql.exec<StoredDay>("SELECT * FROM day_rows ORDER BY day").toArray().map(dayRowOf),
    );
  }

  /** Merges one-row columns of the day and writes it when it changed; to be called inside a transaction. */
  merge(day: TradingDay, chunk: readonly TickerColumns[]): MergedRows {
    const { row, merged } = mergeDayRow(day, this.#stored(day), chunk);
    if (merged.added > 0 || merged.replaced > 0) {
      this.#write(row);
    }
    return merged;
  }

  /** How many tickers have a row of the day, or whether this one has. */
  countOn(day: TradingDay, ticker: string | null): number {
    const stored = this.#stored(day);
    return ticker === null
      ? (stored?.tickers.length ?? 0)
      : (stored?.tickers.includes(ticker) ?? false)
        ? 1
        : 0;
  }

  /** The rows of the day leave; to be called inside a transaction. */
  remove(day: TradingDay, ticker: string | null): number {
    const stored = this.#stored(day);
    const removed = this.countOn(day, ticker);
    if (stored === null || removed === 0) {
      return 0;
    }
    if (removed === stored.tickers.length) {
      this.#sql.exec("DELETE FROM day_rows WHERE day = ?", day);
      return removed;
    }
    const at = Uint32Array.from(stored.tickers.keys()).filter((place) => stored.tickers[place] !== ticker);
    const columns = takeRows({ sources: [stored.columns], from: new Uint32Array(at.length), at });
    this.#write({ day, tickers: stored.tickers.filter((one) => one !== ticker), columns });
    return removed;
  }

  #stored(day: TradingDay): DayRow | null {
    const [stored] = this.#sql.exec<StoredDay>("SELECT * FROM day_rows WHERE day = ?", day).toArray();
    return stored === undefined ? null : dayRowOf(stored);
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
