/** A whole market of seeded random walks, liquid enough that every ticker is judged in full; for measuring. */
import type { TickerColumns } from "../../app/ports/market-book.ts";
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { tickDown, tickUp } from "../../core/bars/tick-size.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { LAST_DAY, weekdaysUntil } from "./base-builder.ts";
import { makeNormal, makeRandom } from "../chance/random.ts";

/** Daily spread of a Korean small cap, about. */
const SPREAD = 0.028;

function walkRows(seed: number, days: readonly TradingDay[]): readonly Row[] {
  const random = makeRandom(seed);
  const normal = makeNormal(random);
  let close: number = tickDown(5_000 + 60_000 * random(), "krx");
  return days.map((day) => {
    const open = close;
    const change = Math.max(-0.29, Math.min(0.29, 0.0004 + SPREAD * normal()));
    close = Math.max(1_500, tickDown(open * (1 + change), "krx"));
    return {
      day,
      open,
      high: tickUp(Math.max(open, close) * (1 + SPREAD * 0.4 * random()), "krx"),
      low: tickDown(Math.min(open, close) * (1 - SPREAD * 0.4 * random()), "krx"),
      close,
      volume: Math.round(2_000_000 * Math.exp(0.5 * normal())),
      value: null,
      shares: null,
      base: null,
    };
  });
}

/** Names of the walks `from` to `to` (left out). */
export function walkTickers(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from }, (_, k) => `${String(10_000 + from + k)}0`);
}

/** Tickers `from` to `to` (left out) of the market; equal arguments give equal bars. */
export function walkMarket(from: number, to: number, bars: number): readonly TickerColumns[] {
  const days = weekdaysUntil(LAST_DAY, bars);
  return walkTickers(from, to).map((ticker, k) => ({
    ticker,
    columns: columnsOf(walkRows(from + k + 1, days)),
  }));
}
