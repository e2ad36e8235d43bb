/** The bars of a chart: adjusted for corporate actions, oldest first, with those actions beside them. */
import * as v from "valibot";
import { isBar } from "../../core/bars/bar.ts";
import { type Columns, rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { LatinName } from "../latin-name.ts";
import { ExchangeName, Figure, IndexName, listOf, SessionDate } from "../vocabulary.ts";

/** A day without trading is a bar whose open, high and low are `null`: nothing to draw, never a candle at 0. */
export const ChartBar = v.object({
  date: SessionDate,
  open: v.nullable(Figure),
  high: v.nullable(Figure),
  low: v.nullable(Figure),
  close: Figure,
  volume: Figure,
});
export type ChartBar = v.InferOutput<typeof ChartBar>;

/** How far back a chart reaches, counted from the last session. */
export const Period = v.picklist(["1mo", "3mo", "6mo", "1y", "2y"]);
export type Period = v.InferOutput<typeof Period>;

/** Prices in the shares of the last bar. */
export const ChartBody = v.object({
  exchange: ExchangeName,
  ticker: v.string(),
  name: v.nullable(v.string()),
  ...LatinName,
  period: Period,
  as_of: SessionDate,
  bars: listOf(ChartBar),
  /** Corporate actions within the bars: prices before `date` were multiplied by `factor`. */
  events: listOf(v.object({ type: v.literal("adjustment"), date: SessionDate, factor: Figure })),
  /**
   * The closes, in points, of the index of the share's own market: one a bar, `null` on a day without one. `null` where no
   * master names the market; an answer of an earlier server has none.
   */
  index: v.optional(v.nullable(v.object({ code: IndexName, closes: listOf(v.nullable(Figure)) })), null),
});
export type ChartBody = v.InferOutput<typeof ChartBody>;

/** `columns` adjusted already. */
export function encodeBars(columns: Columns): readonly ChartBar[] {
  return Array.from(columns.day, (_, index) => {
    const row = rowAt(columns, index);
    const traded = isBar(row);
    return {
      date: formatTradingDay(row.day),
      open: traded ? row.open : null,
      high: traded ? row.high : null,
      low: traded ? row.low : null,
      close: row.close,
      volume: row.volume,
    };
  });
}

/** The close of the index on each day of `days`, which ascend as its own do. */
export function encodeIndexCloses(days: Columns["day"], index: Columns): readonly (number | null)[] {
  let row = 0;
  return Array.from(days, (day) => {
    while ((index.day[row] ?? Number.POSITIVE_INFINITY) < day) {
      row += 1;
    }
    const close = index.day[row] === day ? (index.close[row] ?? 0) : 0;
    return close > 0 ? close : null;
  });
}
