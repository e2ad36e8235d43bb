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
import type { Incumbent } from "../../core/vcp/base-search.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import { sessionsOf } from "../../core/calendar/sessions.ts";
import type { Origin } from "../../core/bars/origin.ts";
import type { RebasedHistory } from "../../core/session/judge-session.ts";
import type { SessionFigures } from "../../core/session/session-figures.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { TickerColumns } from "../ports/market-book.ts";

/** The bars of one exchange, read in one turn. */
export interface ScanBars {
  listings(): Iterable<TickerColumns>;
  series(ticker: string): Columns | null;
  indexSeries(code: IndexCode): Columns | null;
  /** Tickers with a row, by day. */
  rowsByDay(): ReadonlyMap<number, number>;
  /** DY5: what imports replaced by a constant factor and no owner has accepted; `null` without any. */
  rebased(): RebasedHistory | null;
  /** DY1: the origins that rows name by number; absent where rows name none. */
  origins?(): ReadonlyMap<number, Origin>;
}

/** The instruments of an exchange by ticker. */
export type Master = ReadonlyMap<string, Instrument>;

/** The English name by ticker, as the master has it. */
export function nameEnOf(master: Master): (ticker: string) => string | null {
  return (ticker) => master.get(ticker)?.nameEn ?? null;
}

/** Ascending sessions of the exchange (SE1). */
export function sessionsIn(bars: ScanBars): readonly TradingDay[] {
  const indexDays = INDEX_CODES.flatMap((code) => [...(bars.indexSeries(code)?.day ?? [])]);
  return sessionsOf(bars.rowsByDay(), indexDays);
}

const NONE: ReadonlyMap<string, Incumbent> = new Map();

/** What a run adds to the scan of a book's bars. */
interface Watched {
  /** LCI3. */
  readonly incumbents: ReadonlyMap<string, Incumbent>;
  /** Sees every ticker, so that the session is judged without reading the bars again. */
  readonly figures: SessionFigures | null;
}

/** Every ticker as of the last session; `null` when the book has none. */
export function scanBars(
  exchange: Exchange,
  bars: ScanBars,
  master: Master,
  { incumbents, figures }: Watched = { incumbents: NONE, figures: null },
): ScanResult | null {
  const kospi = bars.indexSeries("KOSPI");
  const kosdaq = bars.indexSeries("KOSDAQ");
  return scan({
    listings: named(figures === null ? bars.listings() : figures.watch(bars.listings()), master),
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
    const instrument = master.get(ticker) ?? null;
    yield { ticker, columns, instrument, unlisted: instrument === null && master.size > 0 };
  }
}
