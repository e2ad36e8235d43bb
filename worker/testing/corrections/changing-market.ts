/** The bars of one exchange in memory, which remember what changed as a book does, so that corrections are tried without storage. */
import type { BarChanges, ChangingBars } from "../../app/jobs/due-correction.ts";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { type Columns, columnsOf, type Row } from "../../core/bars/columns.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";

/** Rows of one day by ticker or index. */
export type DayOfRows = ReadonlyMap<string, Row>;

/** Rows by day of one ticker or index, with their columns as long as no row changes. */
interface Series {
  readonly rows: Map<TradingDay, Row>;
  columns: Columns | null;
}

const INDICES: ReadonlySet<string> = new Set<IndexCode>(["KOSPI", "KOSDAQ"]);

export class ChangingMarket implements ChangingBars {
  readonly #series = new Map<string, Series>();
  readonly #changed = new Map<TradingDay, number>();
  #revision = 0;

  /** Stores the rows that differ; returns the earliest day that changed, `null` when none did. */
  put(rows: DayOfRows): TradingDay | null {
    return this.#change((noted) => {
      for (const [key, row] of rows) {
        const series = this.#series.get(key) ?? { rows: new Map(), columns: null };
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
    const counts = new Map<number, number>();
    for (const [key, { rows }] of this.#series) {
      for (const day of INDICES.has(key) ? [] : rows.keys()) {
        counts.set(day, (counts.get(day) ?? 0) + 1);
      }
    }
    return counts;
  }

  #columns(key: string): Columns | null {
    const series = this.#series.get(key);
    if (series === undefined || series.rows.size === 0) {
      return null;
    }
    return (series.columns ??= columnsOf([...series.rows.values()].toSorted((a, b) => a.day - b.day)));
  }
}
