/** The risk between a signal's entry and its stop. */
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";

/** (entry - stop) / entry, a fraction; `null` without an entry. */
export function riskOf(row: SignalRow): number | null {
  return row.entry_price > 0 ? (row.entry_price - row.stop_loss) / row.entry_price : null;
}
