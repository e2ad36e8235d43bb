/** What the official rows of a session change in the rows that stood before them, counted by field: it measures the evening's source. */
import { rowAt, rowsUntil, type Row } from "../../../core/bars/columns.ts";
import type { TradingDay } from "../../../core/calendar/trading-day.ts";
import type { TickerColumns } from "../../ports/market-book.ts";
import { type DayDifferences, DIFFERENCE_FIELDS } from "../../ports/market-status.ts";
import type { ScanBars } from "../scan-bars.ts";
import { writeStepNote } from "../../../core/session/step-note.ts";

/** The stored rows of one day, by ticker; reads every series once. */
export function rowsOfDay(
  bars: Pick<ScanBars, "listings" | "rowsByDay">,
  day: TradingDay,
): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  if (!bars.rowsByDay().has(day)) {
    return rows;
  }
  for (const { ticker, columns } of bars.listings()) {
    const last = rowsUntil(columns, day) - 1;
    if (last >= 0 && columns.day[last] === day) {
      rows.set(ticker, rowAt(columns, last));
    }
  }
  return rows;
}

/** `incoming`: one row a ticker. */
export function differencesOf(
  stored: ReadonlyMap<string, Row>,
  incoming: readonly TickerColumns[],
): DayDifferences {
  const fields: Partial<Record<(typeof DIFFERENCE_FIELDS)[number], number>> = {};
  let added = 0;
  for (const { ticker, columns } of incoming) {
    const before = stored.get(ticker);
    const row = rowAt(columns, 0);
    added += before === undefined ? 1 : 0;
    for (const field of before === undefined ? [] : DIFFERENCE_FIELDS) {
      const known = before?.[field] ?? null;
      if (known !== null && row[field] !== null && known !== row[field]) {
        fields[field] = (fields[field] ?? 0) + 1;
      }
    }
  }
  return { fields, added, unconfirmed: stored.size - (incoming.length - added) };
}

/** `2700 rows: 3 new, volume 12, value 12`. */
export function describeDifferences(rows: number, { fields, added, unconfirmed }: DayDifferences): string {
  const parts = [
    ...(added > 0 ? [`${added} new`] : []),
    ...(unconfirmed > 0 ? [`${unconfirmed} not in it`] : []),
    ...DIFFERENCE_FIELDS.flatMap((field) =>
      fields[field] === undefined ? [] : [`${field} ${fields[field]}`],
    ),
  ];
  return writeStepNote("stored", { rows, more: parts.length === 0 ? "nothing moved" : parts.join(", ") });
}
