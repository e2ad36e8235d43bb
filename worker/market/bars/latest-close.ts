/** BK12, BK12a: the close of an index as of a day, with the one before. */
import type { IndexClose } from "../../app/ports/market-book.ts";
import { asOf, type Columns, rowAt } from "../../core/bars/columns.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { IndexCode } from "../../core/instrument/instrument.ts";

/** The close on or before `until`, or the last of all. `null` for an index without rows; `previous` is `null` for one with one row. */
export function latestClose(
  code: IndexCode,
  all: Columns | null,
  until: TradingDay | null,
): IndexClose | null {
  const columns = all === null || until === null ? all : asOf(all, until);
  const rows = columns?.day.length ?? 0;
  if (columns === null || rows === 0) {
    return null;
  }
  const { day, close, volume } = rowAt(columns, rows - 1);
  return { code, day, close, previous: rows > 1 ? rowAt(columns, rows - 2).close : null, volume };
}
