/** Taking rows of a day out of the packed columns of one ticker or index. */
import { type Columns, rowsUntil, viewOf } from "../../core/bars/columns.ts";
import { concatenate, withoutEmpty } from "../../core/bars/take-rows.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";

/** Whether the columns have a row of the day. */
export function hasRow(columns: Columns | null, day: TradingDay): boolean {
  const place = columns === null ? 0 : rowsUntil(columns, tradingDayOf(day - 1));
  return columns?.day[place] === day;
}

/** The columns without the row of a day that they have. */
export function withoutRow(columns: Columns, day: TradingDay): Columns {
  const place = rowsUntil(columns, tradingDayOf(day - 1));
  const [before, after] = [viewOf(columns, 0, place), viewOf(columns, place + 1, columns.day.length)];
  return withoutEmpty(concatenate(before, after));
}
