/** The stages of judging one by one, on tickers that stand in memory. Each does all that the ones before it do. */
import type { TickerColumns } from "../app/ports/market-book.ts";
import { BaseStarts } from "../core/vcp/base-starts.ts";
import { BaseSearch } from "../core/vcp/base-search.ts";
import { type Columns, type Row, rowAt } from "../core/bars/columns.ts";
import type { Instrument } from "../core/instrument/instrument.ts";
import { PARAMS } from "../core/params.ts";
import { PatternTime } from "../core/bars/pattern-time.ts";
import { tradingDayOf } from "../core/calendar/trading-day.ts";
import { naiveDetect } from "../testing/oracle/naive-detector.ts";
import { naiveVerdicts } from "../testing/oracle/naive-verdict.ts";

/** First stage, the floor: every number of the market read once. */
export function sumOf(market: readonly TickerColumns[]): number {
  let sum = 0;
  for (const { columns } of market) {
    for (const field of [columns.open, columns.high, columns.low, columns.close, columns.volume]) {
      for (let k = 0; k < field.length; k++) {
        sum += field[k] ?? 0;
      }
    }
  }
  return sum;
}

/** Second stage: halts left out, true ranges and sums measured. */
export function barsOf(market: readonly TickerColumns[]): number {
  const bars = new PatternTime();
  let count = 0;
  for (const { columns } of market) {
    bars.load(columns);
    count += bars.n;
  }
  return count;
}

/** Third stage: and the bars from which a base may be read. */
export function startsOf(market: readonly TickerColumns[]): number {
  const [bars, starts] = [new PatternTime(), new BaseStarts()];
  let count = 0;
  for (const { columns } of market) {
    bars.load(columns);
    starts.find(bars, bars.last, PARAMS.form.BS1.limit, PARAMS.base);
    count += starts.count;
  }
  return count;
}

/** Fourth stage: and the best base or the nearest one, of every ticker: a scan asks only those that may lead. */
export function basesOf(market: readonly TickerColumns[]): number {
  const bars = new PatternTime();
  const search = new BaseSearch(bars, PARAMS);
  let count = 0;
  for (const { columns } of market) {
    bars.load(columns);
    count += (search.best() ?? search.nearest() ?? search.former()) === null ? 0 : 1;
  }
  return count;
}

function rowsOf(columns: Columns): readonly Row[] {
  return Array.from(columns.day, (_, k) => rowAt(columns, k));
}

/** The second implementation, written for the eye: all that it knows of each ticker. */
export function naivelyJudged(
  market: readonly TickerColumns[],
  master: ReadonlyMap<string, Instrument>,
  index: Columns,
): number {
  const listings = market.map(({ ticker, columns }) => ({
    ticker,
    instrument: master.get(ticker) ?? null,
    rows: rowsOf(columns),
  }));
  const sessions = Array.from(index.day, tradingDayOf);
  const rows = rowsOf(index);
  const indices = { KOSPI: rows, KOSDAQ: rows };
  const verdicts = naiveVerdicts(listings, sessions, indices, sessions.at(-1) ?? 0);
  const found = listings.filter((listing) => naiveDetect(listing.rows, PARAMS).best !== null);
  return verdicts.size + found.length;
}
