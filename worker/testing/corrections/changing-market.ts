/** The bars of one exchange in memory, which remember what changed as a book does, so that corrections are tried without storage. */
import type { BarChanges, ChangingBars } from "../../app/jobs/due-correction.ts";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { type Columns, columnsOf, type Row } from "../../core/bars/columns.ts";
import { concatenate } from "../../core/bars/take-rows.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";

/** Rows of one day by ticker or index. */
export type DayOfRows = ReadonlyMap<string, Row>;

/** One ticker or index: the rows that never change, the later ones by day, and all of them as columns until a row changes. */
interface Series {
  readonly past: Columns;
  readonly rows: Map<TradingDay, Row>;
  columns: Columns | null;
}

const INDICES: ReadonlySet<string> = new Set<IndexCode>(["KOSPI", "KOSDAQ"]);

export class ChangingMarket implements ChangingBars {
  readonly #series = new Map<string, Series>();
  readonly #changed = new Map<TradingDay, number>();
  #counts: ReadonlyMap<number, number> | null = null;
  #revision = 0;

  /** Rows of days that nobody will change. */
  constructor(past: readonly DayOfRows[] = []) {
    const all = past.flatMap((rows) => [...rows]);
    for (const [key, rows] of Map.groupBy(all, ([name]) => name)) {
      const columns = columnsOf(rows.map(([, row]) => row));
      this.#series.set(key, { past: columns, rows: new Map(), columns: null });
    }
  }

  /** The same bars for another world; rows and columns are shared as long as neither changes them. */
  copy(): ChangingMarket {
    const copied = new ChangingMarket();
    for (const [key, { past, rows, columns }] of this.#series) {
      copied.#series.set(key, { past, rows: new Map(rows), columns });
    }
    for (const [day, at] of this.#changed) {
      copied.#changed.set(day, at);
    }
    copied.#revision = this.#revision;
    return copied;
  }

  /** Stores the rows that differ; returns the earliest day that changed, `null` when none did. */
  put(rows: DayOfRows): TradingDay | null {
    return this.#change((noted) => {
      for (const [key, row] of rows) {
        const series = this.#series.get(key) ?? { past: columnsOf([]), rows: new Map(), columns: null };
        this.#series.set(key, series);
        if (JSON.stringify(series.rows.get(row.day)) !== JSON.stringify(row)) {
          series.rows.set(row.day, row);
          series.columns = null;
          noted(row.day);
        }
      }
    });
  }

  /** Takes out the rows of a day, of all tickers and indices or of one. */
  remove(day: TradingDay, key: string | null = null): TradingDay | null {
    return this.#change((noted) => {
      for (const [name, series] of this.#series) {
        if ((key === null || key === name) && series.rows.delete(day)) {
          series.columns = null;
          noted(day);
        }
      }
    });
  }

  #change(act: (noted: (day: TradingDay) => void) => void): TradingDay | null {
    const days = new Set<TradingDay>();
    act((day) => days.add(day));
    if (days.size > 0) {
      this.#revision += 1;
      this.#counts = null;
    }
    for (const day of days) {
      this.#changed.set(day, this.#revision);
    }
    return days.size === 0 ? null : tradingDayOf(Math.min(...days));
  }

  changes(): BarChanges {
    return { days: [...this.#changed.keys()].toSorted((a, b) => a - b), revision: this.#revision };
  }

  settleChanges(revision: number): void {
    for (const [day, at] of this.#changed) {
      if (at <= revision) {
        this.#changed.delete(day);
      }
    }
  }

  *listings(): Iterable<TickerColumns> {
    for (const ticker of [...this.#series.keys()].toSorted()) {
      const columns = INDICES.has(ticker) ? null : this.#columns(ticker);
      if (columns !== null) {
        yield { ticker, columns };
      }
    }
  }

  series(ticker: string): Columns | null {
    return INDICES.has(ticker) ? null : this.#columns(ticker);
  }

  indexSeries(code: IndexCode): Columns | null {
    return this.#columns(code);
  }

  rebased(): null {
    return null;
  }

  rowsByDay(): ReadonlyMap<number, number> {
    return (this.#counts ??= this.#count());
  }

  #count(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { columns } of this.listings()) {
      for (const day of columns.day) {
        counts.set(day, (counts.get(day) ?? 0) + 1);
      }
    }
    return counts;
  }

  #columns(key: string): Columns | null {
    const series = this.#series.get(key);
    if (series === undefined) {
      return null;
    }
    series.columns ??= concatenate(
      series.past,
      columnsOf([...series.rows.values()].toSorted((a, b) => a.day - b.day)),
    );
    return series.columns.day.length === 0 ? null : series.columns;
  }
}
