/** Cells as text, numbers, tickers and days, in the ways in which the sources write them. */
import { parseTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const GROUPED = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const SCIENTIFIC = /^-?\d(?:\.\d+)?E\d{1,2}$/i;
const TICKER = /^[A-Z0-9.]{1,12}$/;

/** `undefined` stands for a column that the file does not have; it reads as an empty cell. */
export function cellAt(cells: readonly string[], place: number | undefined): string {
  return place === undefined ? "" : (cells[place] ?? "").trim();
}

/** FR6. Plain decimals only: `1e3`, `1,000`, `+1`, `NaN` and the empty cell are no numbers (`null`). */
export function parseDecimal(cell: string): number | null {
  // Adding 0 turns -0 into 0: the two would count as different rows later.
  return DECIMAL.test(cell) ? Number(cell) + 0 : null;
}

/** FR6a. As the exchange's portal writes them: also `1,234,567` and `3.1E7`. */
export function parsePortalNumber(cell: string): number | null {
  if (GROUPED.test(cell)) {
    return Number(cell.replaceAll(",", "")) + 0;
  }
  return SCIENTIFIC.test(cell) ? Number(cell) : parseDecimal(cell);
}

/** FR5. Raised to upper case and kept as text, so that leading zeros stay; `null` when it can be no ticker. */
export function parseKey(cell: string): string | null {
  const raised = cell.toUpperCase();
  return TICKER.test(raised) ? raised : null;
}

/** FR5a. `005930.KS` and `005930.KQ` are `005930`. */
export function parseSuffixedKey(cell: string): string | null {
  return parseKey(cell.replace(/^(\d[0-9A-Za-z]{5})\.(?:KS|KQ|KR)$/i, "$1"));
}

/** FR7. `null` for what no calendar has, and before 1970: a mistyped century, no exchange has daily bars of that time in this form. */
export function parseDay(cell: string): TradingDay | null {
  const day = parseTradingDay(cell);
  return day !== null && day >= 0 ? day : null;
}

/** FR7a. Also `2025/06/17`. */
export function parsePortalDay(cell: string): TradingDay | null {
  return parseDay(cell.replace(/^(\d{4})\/(\d{2})\/(\d{2})$/, "$1-$2-$3"));
}

/** FR7a. Also a midnight behind the day: `2025-06-17 00:00:00+09:00`. */
export function parseMidnight(cell: string): TradingDay | null {
  return parseDay(cell.replace(/^(\d{4}-\d{2}-\d{2})[ T]00:00:00(?:\+09:00)?$/, "$1"));
}
