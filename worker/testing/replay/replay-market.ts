/** A market whose whole past is known, given day by day as a book would have known it then. */
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { asOf, type Columns, rowsUntil, viewOf } from "../../core/bars/columns.ts";
import type { Exchange, IndexCode, Instrument } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";

/** A price inside a session; `base` is what the day's change counts from, `null` when it is not known. */
export interface ReplayTick {
  /** Share of the session that has passed, in [0, 1). */
  readonly elapsed: number;
  readonly price: number;
  /** Of the session so far. */
  readonly volume: number;
  readonly base: number | null;
}

export interface ReplayMarket {
  readonly exchange: Exchange;
  readonly instruments: readonly Instrument[];
  readonly series: ReadonlyMap<string, Columns>;
  readonly indices: Readonly<Partial<Record<IndexCode, Columns>>>;
  readonly rows: ReadonlyMap<number, number>;
  /** Ascending, first to last. */
  readonly sessions: readonly TradingDay[];
  /** The prices of a ticker through a session, oldest first; empty when it did not trade. */
  ticks(ticker: string, day: TradingDay): readonly ReplayTick[];
}

/** A book keeps this many sessions at most. */
const KEPT = 520;

/** Tickers with a row, by day, of the whole past. */
export function rowsByDay(series: ReplayMarket["series"]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { day } of series.values()) {
    for (const on of day) {
      counts.set(on, (counts.get(on) ?? 0) + 1);
    }
  }
  return counts;
}

/** What the book held after the session of `day` closed: no later row. */
export function barsUntil({ series, indices, sessions, rows }: ReplayMarket, day: TradingDay): ScanBars {
  const until = sessions.slice(0, sessions.findLastIndex((session) => session <= day) + 1);
  const first = until.at(-KEPT) ?? Number.NEGATIVE_INFINITY;
  const known = (columns: Columns): Columns => {
    const past = asOf(columns, day);
    const from = past.day.findIndex((on) => on >= first);
    return from <= 0 ? past : viewOf(past, from, past.day.length);
  };
  const counts = new Map([...rows].filter(([on]) => on >= first && on <= day));
  return {
    *listings(): Iterable<TickerColumns> {
      for (const [ticker, columns] of series) {
        const past = known(columns);
        if (past.day.length > 0) {
          yield { ticker, columns: past };
        }
      }
    },
    series: (ticker) => {
      const columns = series.get(ticker);
      return columns && rowsUntil(columns, day) > 0 ? known(columns) : null;
    },
    indexSeries: (code) => {
      const columns = indices[code];
      return columns ? known(columns) : null;
    },
    rowsByDay: () => counts,
    rebased: () => null,
  };
}
