/** BK5: one closed day of the whole market, which may arrive in several parts. */
import type { TickerColumns } from "../../app/ports/market-book.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { sameRow } from "../../core/bars/merge-columns.ts";
import { takeRows } from "../../core/bars/take-rows.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { MergedRows } from "./merged-rows.ts";

/** Row i of `columns` belongs to `tickers[i]`; every `day` is the same, so these columns do not rise. */
export interface DayRow {
  readonly day: TradingDay;
  readonly tickers: readonly string[];
  readonly columns: Columns;
}

/** Adds one-row columns of the day to what is stored of it; a ticker that is there already is corrected in its place. */
export function mergeDayRow(
  day: TradingDay,
  stored: DayRow | null,
  chunk: readonly TickerColumns[],
): { readonly row: DayRow; readonly merged: MergedRows } {
  const before = stored === null ? [] : [stored.columns];
  const tickers = [...(stored?.tickers ?? [])];
  const positions = new Map(tickers.map((ticker, k) => [ticker, k]));
  const from = new Uint32Array(tickers.length + chunk.length);
  const at = Uint32Array.from(from, (_, k) => (k < tickers.length ? k : 0));
  let [replaced, unchanged] = [0, 0];
  chunk.forEach(({ ticker, columns }, k) => {
    const position = positions.get(ticker);
    if (position !== undefined && stored !== null && sameRow(stored.columns, position, columns, 0)) {
      unchanged += 1;
      return;
    }
    replaced += position === undefined ? 0 : 1;
    const place = position ?? tickers.push(ticker) - 1;
    from[place] = before.length + k;
    at[place] = 0;
  });
  const added = tickers.length - positions.size;
  const picks = { from: from.subarray(0, tickers.length), at: at.subarray(0, tickers.length) };
  const columns = takeRows({ sources: [...before, ...chunk.map((part) => part.columns)], ...picks });
  return {
    row: { day, tickers, columns },
    merged: { added, replaced, unchanged, addedByDay: new Map([[day, added]]) },
  };
}
