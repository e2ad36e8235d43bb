/** The bars of a book as they stood in the evening of a session, for judging that session again. */
import { asOf, type Columns } from "../../core/bars/columns.ts";
import type { Origin } from "../../core/bars/origin.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { RebasedHistory } from "../../core/session/judge-session.ts";
import type { TickerColumns } from "../ports/market-book.ts";
import type { ScanBars } from "./scan-bars.ts";

/** Views on the columns of the book: no row is copied. To be used within one turn, in which no row of the book changes. */
export class BarsUntil implements ScanBars {
  readonly #bars: ScanBars;
  readonly #day: TradingDay;
  /** Asked for many times in the turn in which the session is judged. */
  #rowsByDay: ReadonlyMap<number, number> | null = null;

  constructor(bars: ScanBars, day: TradingDay) {
    this.#bars = bars;
    this.#day = day;
  }

  *listings(): Iterable<TickerColumns> {
    for (const { ticker, columns } of this.#bars.listings()) {
      const until = asOf(columns, this.#day);
      // A ticker whose first row is later was in no listing that evening.
      if (until.day.length > 0) {
        yield { ticker, columns: until };
      }
    }
  }

  series(ticker: string): Columns | null {
    return untilDay(this.#bars.series(ticker), this.#day);
  }

  indexSeries(code: IndexCode): Columns | null {
    return untilDay(this.#bars.indexSeries(code), this.#day);
  }

  rebased(): RebasedHistory | null {
    return this.#bars.rebased();
  }

  origins(): ReadonlyMap<number, Origin> {
    return this.#bars.origins?.() ?? new Map();
  }

  rowsByDay(): ReadonlyMap<number, number> {
    return (this.#rowsByDay ??= new Map([...this.#bars.rowsByDay()].filter(([day]) => day <= this.#day)));
  }
}

function untilDay(columns: Columns | null, day: TradingDay): Columns | null {
  const until = columns && asOf(columns, day);
  return until === null || until.day.length === 0 ? null : until;
}
