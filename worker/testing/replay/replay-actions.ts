/** The same market with corporate actions in it: rare in the demo, and in no file of real bars. */
import { type Columns, rowsUntil } from "../../core/bars/columns.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { ReplayMarket } from "./replay-market.ts";

/**
 * Before the session of `day` every `every`-th share is exchanged, without a halt, for `1 / factor` new ones: from
 * then on prices are `factor` times what they were, and the exchange's base price of that session shows it.
 */
export function withActions(
  market: ReplayMarket,
  day: TradingDay,
  factor: number,
  every: number,
): ReplayMarket {
  const acting = new Set([...market.series.keys()].filter((_, i) => i % every === 0));
  return {
    ...market,
    series: new Map(
      Array.from(market.series, ([ticker, columns]) => [
        ticker,
        acting.has(ticker) ? acted(columns, rowsUntil(columns, tradingDayOf(day - 1)), factor) : columns,
      ]),
    ),
    ticks: (ticker, on) =>
      market.ticks(ticker, on).map((tick) =>
        acting.has(ticker) && on >= day
          ? {
              ...tick,
              price: tick.price * factor,
              volume: tick.volume / factor,
              base: tick.base === null ? null : tick.base * factor,
            }
          : tick,
      ),
  };
}

/** Rows from `from` on are in new shares. */
function acted(columns: Columns, from: number, factor: number): Columns {
  const scaled = (field: Float64Array, by: number): Float64Array =>
    field.map((x, i) => (i < from ? x : x * by));
  const close = scaled(columns.close, factor);
  const base = columns.base === null ? columns.day.map(() => Number.NaN) : scaled(columns.base, factor);
  if (from > 0 && from < base.length) {
    base[from] = (columns.close[from - 1] ?? Number.NaN) * factor;
  }
  return {
    ...columns,
    open: scaled(columns.open, factor),
    high: scaled(columns.high, factor),
    low: scaled(columns.low, factor),
    close,
    volume: scaled(columns.volume, 1 / factor),
    shares: columns.shares && scaled(columns.shares, 1 / factor),
    base,
  };
}
