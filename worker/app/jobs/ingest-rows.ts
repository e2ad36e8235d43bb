/**
 * From the lines of a file to rows and a report: each line is among the accepted rows or counted under the reason that refused
 * it. Shared by the owner's import and the command line.
 */
import { isBar, rejectRow } from "../../core/bars/bar.ts";
import type { Row } from "../../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { ImportReport, ReadLine } from "../ports/ingest.ts";
import { countRejected, type Rejected, RejectedLines } from "../ports/rejected-lines.ts";
import type { StoredRows } from "../ports/market-book.ts";

interface RowRules {
  /** The key as it is stored, or `null` when the exchange has no such ticker. */
  readonly keyOf: (key: string) => string | null;
  /** The day in Seoul; later rows are refused. */
  readonly today: TradingDay;
  /** The last kept day of each key. Changed here: pass the same map with the next chunk of a file, a new map with a new file. */
  readonly lastDays: Map<string, TradingDay>;
}

/** Every row of a file is in one of the two. */
export interface JudgedRows extends Rejected {
  /** Kept rows by key, days strictly rising. */
  readonly kept: ReadonlyMap<string, readonly Row[]>;
}

function refusal(key: string | null, row: Row, rules: RowRules): string | null {
  if (key === null) {
    return "bad_ticker";
  }
  return row.day > rules.today ? "future_date" : rejectRow(row, rules.lastDays.get(key) ?? null);
}

/** BR2 within one file: of two rows of a day the first counts (decision 010). */
export function judgeRows(lines: readonly ReadLine<Row>[], rules: RowRules): JudgedRows {
  const kept = new Map<string, Row[]>();
  const rejected = new RejectedLines();
  for (const { line, key: written, value: row } of lines) {
    const key = rules.keyOf(written);
    const reason = refusal(key, row, rules);
    if (key === null || reason !== null) {
      rejected.add({ line, key: written, date: formatTradingDay(row.day), reason: reason ?? "bad_ticker" });
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
  return { kept, rejected: rejected.first(), rejectedCounts: rejected.counts() };
}

function span(rows: ReadonlyMap<string, readonly Row[]>): readonly [TradingDay | null, TradingDay | null] {
  let first: TradingDay | null = null;
  let last: TradingDay | null = null;
  for (const [from, to] of [...rows.values()].map((own) => [own[0]?.day, own.at(-1)?.day])) {
    first = from !== undefined && (first === null || from < first) ? from : first;
    last = to !== undefined && (last === null || to > last) ? to : last;
  }
  return [first, last];
}

/** The answer to an import of rows. */
export function reportRows(
  kept: ReadonlyMap<string, readonly Row[]>,
  rejected: Rejected,
  stored: StoredRows,
): ImportReport {
  const rows = [...kept.values()];
  const accepted = rows.reduce((sum, own) => sum + own.length, 0);
  const halted = rows.reduce((sum, own) => sum + own.filter((row) => !isBar(row)).length, 0);
  const [firstDay, lastDay] = span(kept);
  return {
    rows: accepted + countRejected(rejected),
    accepted,
    added: stored.added,
    replaced: stored.replaced,
    unchanged: stored.unchanged,
    halted,
    rejected: rejected.rejectedCounts,
    rejects: rejected.rejected,
    tickers: kept.size,
    firstDay,
    lastDay,
  };
}
