/** The part of a series that a chart shows: its last months, counted back from its last row and not from today. */
import type { Adjusted } from "../../core/bars/adjust.ts";
import { rowsUntil, viewOf } from "../../core/bars/columns.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Period } from "../../protocol/rest/chart.ts";

/** Calendar days, so that every period holds at least its name. */
const DAYS: Readonly<Record<Period, number>> = { "1mo": 31, "3mo": 92, "6mo": 184, "1y": 366, "2y": 731 };

export function windowOf({ columns, events }: Adjusted, period: Period): Adjusted {
  const rows = columns.day.length;
  const from = tradingDayOf((columns.day[rows - 1] ?? 0) - DAYS[period]);
  return {
    columns: viewOf(columns, rowsUntil(columns, from), rows),
    events: events.filter((event) => event.day > from),
  };
}
