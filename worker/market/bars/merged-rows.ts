/** The result of a merge: the counts of its answer, and what it adds to the session counts. */
import type { StoredRows } from "../../app/ports/market-book.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";

export interface MergedRows extends StoredRows {
  /** How many of the added rows are of which day. */
  readonly addedByDay: ReadonlyMap<TradingDay, number>;
}

export const NOTHING_MERGED: MergedRows = { added: 0, replaced: 0, unchanged: 0, addedByDay: new Map() };
