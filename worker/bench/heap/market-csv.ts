/** A market of walks as the files of an import, every optional column filled: the widest rows that the book stores. */
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { formatTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { walkMarket } from "../../testing/builders/walk-market.ts";

const HEADER = "date,open,high,low,close,volume,value,shares,base_price\n";
const SHARES = 98_765_432;
/** Tickers that are made at a time. */
const STEP = 100;

/** `change` is added to every volume, so that a file can correct another one. */
function line(name: string, { columns }: TickerColumns, k: number, change: number, later = 0): string {
  const at = (values: Float64Array): number => values[k] ?? 0;
  const [close, volume] = [at(columns.close), at(columns.volume) + change];
  const prices = [at(columns.open), at(columns.high), at(columns.low), close];
  const base = k === 0 ? close : (columns.close[k - 1] ?? close);
  return `${name},${formatTradingDay(tradingDayOf(at(columns.day) + later))},${prices.join(",")},${volume},${close * volume},${SHARES},${base}\n`;
}

/** Ticker by ticker. */
export function* byTicker(tickers: number, bars: number): Generator<Uint8Array> {
  yield Buffer.from(`ticker,${HEADER}`);
  for (let from = 0; from < tickers; from += STEP) {
    const part = walkMarket(from, Math.min(tickers, from + STEP), bars);
    yield Buffer.from(
      part.flatMap((one) => Array.from(one.columns.day, (_, k) => line(one.ticker, one, k, 0))).join(""),
    );
  }
}

/** Day by day, the days `first` to `last` (left out) of the same market, `later` days later, each volume changed. */
export function* byDay(
  market: readonly TickerColumns[],
  first: number,
  last: number,
  later = 0,
): Generator<Uint8Array> {
  yield Buffer.from(`ticker,${HEADER}`);
  for (let k = first; k < last; k++) {
    yield Buffer.from(market.map((one) => line(one.ticker, one, k, 1, later)).join(""));
  }
}

/** A piece of as many lines as fit: `lineOf` gives the line of a number. */
function filled(header: string, bytes: number, lineOf: (n: number) => string): Uint8Array {
  const lines = [header];
  let size = header.length;
  for (let n = 0; ; n++) {
    const next = lineOf(n);
    size += next.length;
    if (size > bytes) {
      return Buffer.from(lines.join(""));
    }
    lines.push(next);
  }
}

/** The most rows that a piece can hold: each ticker once a day, days from 2000 on. */
export function shortest(bytes: number): Uint8Array {
  const tickers = 2_700;
  return filled("ticker,date,open,high,low,close,volume\n", bytes, (n) => {
    const day = formatTradingDay(tradingDayOf(11_000 + Math.floor(n / tickers))).replaceAll("-", "");
    return `${String(10_000 + (n % tickers))}0,${day},1,1,1,1,1\n`;
  });
}

/** As spreadsheets write it. */
export function quoted(bytes: number): Uint8Array {
  const [walk] = walkMarket(0, 1, 520);
  return filled(`ticker,${HEADER}`, bytes, (n) => {
    const cells =
      walk === undefined ? "" : line(`${String(10_000 + Math.floor(n / 520))}0`, walk, n % 520, 1);
    return `"${cells.trim().replaceAll(",", '","')}"\n`;
  });
}

/** Lines too short for any header. */
export function refused(bytes: number): Uint8Array {
  return filled(`ticker,${HEADER}`, bytes, () => "x\n");
}

export function indicesOf(bars: number): string {
  const walks = walkMarket(90_000, 90_002, bars);
  const lines = ["KOSPI", "KOSDAQ"].flatMap((code, n) => {
    const walk = walks[n];
    return walk === undefined ? [] : Array.from(walk.columns.day, (_, k) => line(code, walk, k, 0));
  });
  return `index,${HEADER}${lines.join("")}`;
}

export function instrumentsOf(market: readonly TickerColumns[]): string {
  const lines = market.map(
    ({ ticker }, i) =>
      `${ticker},Walk ${i},${i % 2 === 0 ? "KOSPI" : "KOSDAQ"},Department ${i % 5},Industry ${i % 20},common\n`,
  );
  return `ticker,name,market,department,industry,kind\n${lines.join("")}`;
}
