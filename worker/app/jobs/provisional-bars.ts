/** FT1: the bars of a book with one row more a share, the session that runs, for a scan whose result nobody stores. */
import { rejectRow } from "../../core/bars/bar.ts";
import { type Columns, columnsOf, type Row } from "../../core/bars/columns.ts";
import { buildColumns } from "../../core/bars/take-rows.ts";
import { originCode } from "../../core/bars/origin.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { RebasedHistory } from "../../core/session/judge-session.ts";
import type { TickerColumns } from "../ports/market-book.ts";
import type { RunningMoment } from "../ports/forming.ts";
import type { MarketQuote } from "../ports/market-sources.ts";
import { quoteRow } from "./quote-row.ts";
import type { ScanBars } from "./scan-bars.ts";

/** A running session with what is quoted of its shares. */
export interface RunningSession extends RunningMoment {
  /** When the quotes were asked for, milliseconds since the epoch. */
  readonly at: number;
  readonly quotes: readonly MarketQuote[];
}

/** Nothing of the book changes: each share's rows are copied as they are read, one share at a time. */
export class ProvisionalBars implements ScanBars {
  readonly #bars: ScanBars;
  readonly #session: RunningSession;
  readonly #rows: ReadonlyMap<string, Row>;

  constructor(bars: ScanBars, session: RunningSession) {
    const { day, elapsed, quotes } = session;
    this.#bars = bars;
    this.#session = session;
    this.#rows = new Map(
      quotes.flatMap((quote) => {
        const row = projected(quoteRow(day, quote), elapsed);
        return rejectRow(row) === null ? [[quote.ticker, row] as const] : [];
      }),
    );
  }

  /** Shares with a row of this session. */
  get quoted(): number {
    return this.#rows.size;
  }

  *listings(): Iterable<TickerColumns> {
    for (const { ticker, columns } of this.#bars.listings()) {
      yield { ticker, columns: this.#with(columns, this.#rows.get(ticker)) };
    }
  }

  series(ticker: string): Columns | null {
    const columns = this.#bars.series(ticker);
    return columns && this.#with(columns, this.#rows.get(ticker));
  }

  indexSeries(code: IndexCode): Columns | null {
    const columns = this.#bars.indexSeries(code);
    const { day, indices } = this.#session;
    const price = indices.find((index) => index.code === code)?.price;
    return columns === null || price === undefined
      ? columns
      : this.#with(columns, { ...FLAT, day, open: price, high: price, low: price, close: price });
  }

  rowsByDay(): ReadonlyMap<number, number> {
    return new Map(this.#bars.rowsByDay()).set(this.#session.day, this.#rows.size);
  }

  rebased(): RebasedHistory | null {
    return this.#bars.rebased();
  }

  #with(columns: Columns, row: Row | undefined): Columns {
    const last = columns.day.at(-1) ?? Number.NEGATIVE_INFINITY;
    return row === undefined || last >= this.#session.day ? columns : appended(columns, row);
  }
}

/** The price of a running session is one of its own, and of no after-market. */
const RUNNING = originCode(0, { close: "regular", final: false });
const FLAT = { volume: 0, value: null, shares: null, base: null };

/** LC15 takes the volume of a part of a session for that part of a day's: so does this. */
function projected(row: Row, elapsed: number): Row {
  const volume = Math.round(row.volume / elapsed);
  return { ...row, volume, value: row.value && row.value / elapsed, origin: RUNNING };
}

function appended(columns: Columns, row: Row): Columns {
  const own = columnsOf([row]);
  return buildColumns(
    columns.day.length + 1,
    (field) => columns[field] !== null || own[field] !== null,
    (field, into) => {
      const known = columns[field];
      if (known === null) {
        into.fill(Number.NaN);
      } else {
        into.set(known);
      }
      into[into.length - 1] = own[field]?.[0] ?? Number.NaN;
    },
  );
}
