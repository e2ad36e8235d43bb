/** The pure scan over a book's bars, which a run saves and a verdict is taken from. */
import type { Columns } from "../../core/bars/columns.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import {
  type Exchange,
  INDEX_CODES,
  type IndexCode,
  type Instrument,
} from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import { type Listing, scan } from "../../core/scan/scan.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { TickerColumns } from "../ports/market-book.ts";

/** The bars of one exchange, read in one turn. */
export interface ScanBars {
  listings(): Iterable<TickerColumns>;
  series(ticker: string): Columns | null;
  indexSeries(code: IndexCode): Columns | null;
  /** Tickers with a row, by day. */
  rowsByDay(): ReadonlyMap<number, number>;
}

/** The instruments of an exchange by ticker. */
export type Master = ReadonlyMap<string, Instrument>;

/** Ascending sessions of the exchange (SE1). */
export function sessionsIn(bars: ScanBars): readonly TradingDay[] {
  const indexDays = INDEX_CODES.flatMap((code) => [...(bars.indexSeries(code)?.day ?? [])]);
  return sessionsOf(bars.rowsByDay(), indexDays);
}

const NONE: ReadonlyMap<string, TradingDay> = new Map();

/** Every ticker as of the last session; `null` when the book has none. `incumbents`: given by a run only (LCI3). */
export function scanBars(
  exchange: Exchange,
  bars: ScanBars,
  master: Master,
  incumbents: ReadonlyMap<string, TradingDay> = NONE,
): ScanResult | null {
  const kospi = bars.indexSeries("KOSPI");
  const kosdaq = bars.indexSeries("KOSDAQ");
  return scan({
    listings: named(bars.listings(), master),
    sessions: sessionsIn(bars),
    indices: { ...(kospi && { KOSPI: kospi }), ...(kosdaq && { KOSDAQ: kosdaq }) },
    params: PARAMS,
    asOf: null,
    grid: profileOf(exchange).grid,
    incumbents,
  });
}

/** Listings with their instruments, for whatever judges shares. */
export function* named(listings: Iterable<TickerColumns>, master: Master): Iterable<Listing> {
  for (const { ticker, columns } of listings) {
    yield { ticker, columns, instrument: master.get(ticker) ?? null };
  }
}
