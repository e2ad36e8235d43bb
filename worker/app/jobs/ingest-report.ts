/** The account of one import: every line is either among the accepted rows or counted under the reason that refused it. */
import { isBar } from "../../core/bars/bar.ts";
import type { Row } from "../../core/bars/columns.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { RejectedLine } from "../ports/import-file.ts";
import { type ImportReport, REPORTED_REJECTS } from "../ports/ingest.ts";
import type { StoredRows } from "../ports/market-book.ts";

export function countByReason(rejected: readonly RejectedLine[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of rejected) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

/** The refused lines of a report; `rejects` in the order of the file. */
export function reportRejects(rejected: readonly RejectedLine[]): Pick<ImportReport, "rejected" | "rejects"> {
  const rejects = rejected.toSorted((a, b) => a.line - b.line).slice(0, REPORTED_REJECTS);
  return { rejected: countByReason(rejected), rejects };
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

export function reportRows(
  kept: ReadonlyMap<string, readonly Row[]>,
  rejected: readonly RejectedLine[],
  stored: StoredRows,
): ImportReport {
  const rows = [...kept.values()];
  const accepted = rows.reduce((sum, own) => sum + own.length, 0);
  const halted = rows.reduce((sum, own) => sum + own.filter((row) => !isBar(row)).length, 0);
  const [firstDay, lastDay] = span(kept);
  return {
    rows: accepted + rejected.length,
    accepted,
    added: stored.added,
    replaced: stored.replaced,
    unchanged: stored.unchanged,
    halted,
    ...reportRejects(rejected),
    tickers: kept.size,
    firstDay,
    lastDay,
  };
}
