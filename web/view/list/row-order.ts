/**
 * The order of a list that moves: rows never jump under the pointer or the focus. While the
 * list is held, rows stay where they are: a new one joins at the end, one that is gone stays until the hold ends.
 */
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";

/** (entry - stop) / entry, a fraction; `null` without an entry. */
export function riskOf(row: SignalRow): number | null {
  return row.entry_price > 0 ? (row.entry_price - row.stop_loss) / row.entry_price : null;
}

/** An order that was made once, and whether it still is one. */
export interface RowOrder {
  readonly ids: readonly string[];
  /** Sorting now would change what is shown. */
  readonly isOld: boolean;
}

/** Per cent from the pivot by the live price; by the row's own close without one. */
export function liveDistance(row: SignalRow, price: number | null): number {
  return price === null || row.pivot <= 0 ? row.distance_pct : 100 * (price / row.pivot - 1);
}

/** The wire's per cent as the formats' fraction; what is missing stays missing. */
export function fractionOf(percent: number | null | undefined): number | null {
  return percent === null || percent === undefined ? null : percent / 100;
}

/** The order to show after `shown`: the sorted one, or while held what was shown with the new rows behind it. */
export function nextOrder(shown: readonly string[], sorted: readonly string[], isHeld: boolean): RowOrder {
  if (!isHeld) {
    return { ids: sorted, isOld: false };
  }
  const known = new Set(shown);
  const ids = [...shown, ...sorted.filter((id) => !known.has(id))];
  return { ids, isOld: ids.length !== sorted.length || ids.some((id, i) => id !== sorted[i]) };
}
