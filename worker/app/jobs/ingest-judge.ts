/** The rules by which lines of a file become rows, shared by the owner's import and the command line. */
import { rejectRow } from "../../core/bars/bar.ts";
import type { Row } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { ReadLine, RejectedLine } from "../ports/import-file.ts";

export interface RowRules {
  /** The key as it is stored, or `null` when the exchange has no such ticker. */
  readonly keyOf: (key: string) => string | null;
  /** The day in Seoul; later rows are refused. */
  readonly today: TradingDay;
  /** The last kept day of each key. Changed here: pass the same map with the next chunk of a file, a new map with a new file. */
  readonly lastDays: Map<string, TradingDay>;
}

export interface JudgedRows {
  /** Kept rows by key, days strictly rising. */
  readonly kept: ReadonlyMap<string, readonly Row[]>;
  readonly rejected: readonly RejectedLine[];
}

function refusal(key: string | null, row: Row, rules: RowRules): string | null {
  if (key === null) {
    return "bad_ticker";
  }
  return row.day > rules.today ? "future_date" : rejectRow(row, rules.lastDays.get(key) ?? null);
}

export function judgeRows(lines: readonly ReadLine<Row>[], rules: RowRules): JudgedRows {
  const kept = new Map<string, Row[]>();
  const rejected: RejectedLine[] = [];
  for (const { line, key: written, value: row } of lines) {
    const key = rules.keyOf(written);
    const reason = refusal(key, row, rules);
    if (key === null || reason !== null) {
      rejected.push({ line, key: written, date: formatTradingDay(row.day), reason: reason ?? "bad_ticker" });
      continue;
    }
    rules.lastDays.set(key, row.day);
    const rows = kept.get(key);
    if (rows) {
      rows.push(row);
    } else {
      kept.set(key, [row]);
    }
  }
  return { kept, rejected };
}
