/** The list's order: nearest to the pivot first, from above or below; equals by score, then by id, so that it never flickers. */
import type { SignalRow } from "../../worker/protocol/signal-row.ts";

export function nearestFirst(rows: readonly SignalRow[]): readonly SignalRow[] {
  return rows.toSorted(
    (a, b) =>
      Math.abs(a.distance_pct) - Math.abs(b.distance_pct) || b.score - a.score || (a.id < b.id ? -1 : 1),
  );
}

/** (entry - stop) / entry, a fraction: what the row's prices already say. */
export function riskOf(row: SignalRow): number | null {
  return row.entry_price > 0 ? (row.entry_price - row.stop_loss) / row.entry_price : null;
}
