/** The last row of an index as pages and messages show it. */
import type { IndexClose } from "../app/ports/market-book.ts";
import { rowAt, type Columns } from "../core/columns.ts";
import type { IndexCode } from "../core/gate.ts";

/** `null` for an index without rows; `previous` is `null` for an index of one row. */
export function latestClose(code: IndexCode, columns: Columns | null): IndexClose | null {
  const rows = columns?.day.length ?? 0;
  if (columns === null || rows === 0) {
    return null;
  }
  const { day, close, volume } = rowAt(columns, rows - 1);
  return { code, day, close, previous: rows > 1 ? rowAt(columns, rows - 2).close : null, volume };
}
