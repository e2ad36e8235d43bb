/** Weeks from days: the same bars, coarser, for a reader who judges a base by its weeks. */
import type { ShownBar } from "./today.ts";

const DAY_MS = 86_400_000;

/** The Monday of the week of `day`, `2025-06-17` -> `2025-06-16`. */
export function weekOf(day: string): string {
  const at = Date.parse(day);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - sinceMonday * DAY_MS).toISOString().slice(0, "2025-06-16".length);
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** A running day of which only the price is known: that has been traded, so the week's range holds it. */
function joinedPrice(week: ShownBar, { close, volume }: ShownBar): ShownBar {
  const high = week.high === null ? null : Math.max(week.high, close);
  const low = week.low === null ? null : Math.min(week.low, close);
  return { ...week, high, low, close, volume: sumOf(week.volume, volume) };
}

function joined(week: ShownBar, day: ShownBar): ShownBar {
  if (day.open === null || day.high === null || day.low === null) {
    const isHalted = day.volume === 0 && week.open !== null;
    return isHalted ? week : joinedPrice(week, day);
  }
  return {
    date: week.date,
    open: week.open ?? day.open,
    high: Math.max(week.high ?? day.high, day.high),
    low: Math.min(week.low ?? day.low, day.low),
    close: day.close,
    volume: sumOf(week.volume, day.volume),
  };
}

/** `bars` oldest first; a week is named by its Monday, and one without any trading has neither open, high nor low. */
export function foldWeeks(bars: readonly ShownBar[]): readonly ShownBar[] {
  const weeks = new Map<string, ShownBar>();
  for (const bar of bars) {
    const date = weekOf(bar.date);
    const week = weeks.get(date);
    weeks.set(date, week === undefined ? { ...bar, date } : joined(week, bar));
  }
  return [...weeks.values()];
}
