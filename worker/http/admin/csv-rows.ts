/** Rows as the CSV that the import routes take: reading it back gives the same numbers. */
import { type Columns, rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";

const FIELDS = "date,open,high,low,close,volume,value,shares,base_price";

/** `key` names the first column. */
export function csvHeader(key: "ticker" | "index"): string {
  return `${key},${FIELDS}\n`;
}

/** One line a row, oldest first. A number is the shortest text that is read as the same number; a missing one is empty. */
export function csvRows(name: string, columns: Columns): string {
  return Array.from(columns.day, (_, index) => {
    const { day, open, high, low, close, volume, value, shares, base } = rowAt(columns, index);
    const cells = [open, high, low, close, volume, value, shares, base];
    return `${name},${formatTradingDay(day)},${cells.map((cell) => cell ?? "").join(",")}\n`;
  }).join("");
}
