/** The cells of the KRX Open API: texts with commas, "-" or nothing where there is no value. */
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { KrxRow } from "./krx-client.ts";

const NUMBER = /^-?\d{1,3}(?:,\d{3})*(?:\.\d+)?$|^-?\d+(?:\.\d+)?$/;

/** `null` for an empty cell; "-" counts as one. */
export function textCell(row: KrxRow, field: string): string | null {
  const text = (row[field] ?? "").trim();
  return text === "" || text === "-" ? null : text;
}

/** KX3: `null` for an empty cell and for one that is no number; an empty cell is never 0. */
export function numberCell(row: KrxRow, field: string): number | null {
  const text = textCell(row, field);
  return text === null || !NUMBER.test(text) ? null : Number(text.replaceAll(",", ""));
}

export function dayCell(row: KrxRow, field: string): TradingDay | null {
  return parseTradingDay(textCell(row, field) ?? "");
}
