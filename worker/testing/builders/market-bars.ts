/** A constructed market as a scan reads it, kept in memory, so that the jobs can be tested without storage. */
import { csvFileReader } from "../../adapters/csv/csv-file-reader.ts";
import type { ScanBars } from "../../app/jobs/scan-bars.ts";
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { assert } from "../../core/assert.ts";
import { type Columns, columnsOf, type Row } from "../../core/bars/columns.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { ConstructedMarket } from "./constructed-market.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export class MarketBars implements ScanBars {
  readonly rows = new Map<string, readonly Row[]>();
  readonly #indices = new Map<string, Columns>();

  constructor(market: Pick<ConstructedMarket, "bars" | "indices">) {
    const bars = csvFileReader.bars(bytesOf(market.bars), 1);
    const indices = csvFileReader.indices(bytesOf(market.indices));
    assert("lines" in bars && "lines" in indices, "A constructed market can be read");
    for (const [ticker, lines] of Map.groupBy(bars.lines, ({ key }) => key)) {
      this.rows.set(
        ticker,
        lines.map(({ value }) => value),
      );
    }
    for (const [code, lines] of Map.groupBy(indices.lines, ({ value }) => value.code)) {
      this.#indices.set(code, columnsOf(lines.map(({ value }) => value.row)));
    }
  }

  *listings(): Iterable<TickerColumns> {
    for (const [ticker, rows] of this.rows) {
      yield { ticker, columns: columnsOf(rows) };
    }
  }

  series(ticker: string): Columns | null {
    const rows = this.rows.get(ticker);
    return rows ? columnsOf(rows) : null;
  }

  indexSeries(code: IndexCode): Columns | null {
    return this.#indices.get(code) ?? null;
  }

  rowsByDay(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { day } of [...this.rows.values()].flat()) {
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return counts;
  }

  rebased(): null {
    return null;
  }

  /** One more session: every ticker repeats its close on one share more, for a day that came twice is no session (DY3), but for those that `change` changes. `null` leaves it out. */
  close(day: TradingDay, change: (ticker: string, quiet: Row) => Row | null = (_, quiet) => quiet): void {
    for (const [ticker, rows] of this.rows) {
      const last = rows.at(-1);
      assert(last, `${ticker} has rows`);
      const { close, volume } = last;
      const next = change(ticker, {
        ...last,
        day,
        open: close,
        high: close,
        low: close,
        close,
        volume: volume + 1,
      });
      if (next !== null) {
        this.rows.set(ticker, [...rows, next]);
      }
    }
  }
}
