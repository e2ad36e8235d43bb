/** A list as files that other programs read: CSV for spreadsheets, and the list of symbols that TradingView imports. */
import Papa from "papaparse";
import { exchangeOf, isSimulated } from "../../../worker/core/instrument/exchange-profile.ts";
import type { ListEntry } from "./watch-list.ts";

/** A spreadsheet takes a cell that begins so for a formula. An apostrophe before one is counted in, so that it can be taken off again. */
const FORMULA = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/u;

/** The columns in their order. */
const CSV_COLUMNS = ["code", "name", "name_en", "market", "list", "note", "added"] as const;

/** What is known of one stock of a list; empty for what is not. */
export interface ExportedRow extends ListEntry {
  readonly name: string;
  readonly nameEn: string;
  readonly market: string;
  readonly note: string;
}

/** A cell as it was before {@link csvOf} made it harmless. */
export function plainCell(cell: string): string {
  return FORMULA.test(cell) && cell.startsWith("'") ? cell.slice(1) : cell;
}

/** A list with what is known of its stocks. */
export interface ExportedList {
  readonly name: string;
  readonly rows: readonly ExportedRow[];
}

/** One list after the other, with the mark by which spreadsheets recognise UTF-8. */
export function csvOf(lists: readonly ExportedList[]): string {
  const data = lists.flatMap(({ name: list, rows }) =>
    rows.map(({ ticker, name, nameEn, market, note, added }) =>
      // A zero byte is what tells a file from a text.
      [ticker, name, nameEn, market, list, note, added ?? ""].map((cell) => cell.replaceAll("\0", "")),
    ),
  );
  const table = { fields: [...CSV_COLUMNS], data };
  return `\ufeff${Papa.unparse(table, { newline: "\r\n", escapeFormulae: FORMULA })}\r\n`;
}

/** `KRX:005930,KRX:000660`: stocks of the exchange that TradingView has, in the order of the list; empty for none. */
export function tradingViewOf(entries: readonly Pick<ListEntry, "ticker">[]): string {
  return entries
    .filter(({ ticker }) => exchangeOf(ticker) !== null && !isSimulated(exchangeOf(ticker)))
    .map(({ ticker }) => `KRX:${ticker}`)
    .join(",");
}
