/** What the swing kernel leaves in its buffers, in the form of the second implementation. */
import { columnsOf, type Row } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import { findSwings, Swings } from "../../core/vcp/swings.ts";
import type { NaiveSwing } from "./naive-swings.ts";

export function barsOf(rows: readonly Row[]): PatternTime {
  const bars = new PatternTime();
  bars.load(columnsOf(rows), PARAMS.swing.atrSpan);
  return bars;
}

/** The kernel's swings in the form of the naive ones, the provisional extreme last. */
export function swingsOf(bars: PatternTime, scale: number, out: Swings = new Swings()): NaiveSwing[] {
  findSwings(bars, scale, PARAMS.swing, out);
  const swing = (place: number, bar: number, confirmedAt: number | null): NaiveSwing => {
    const high = out.isHigh(place);
    return {
      kind: high ? "high" : "low",
      bar,
      price: (high ? bars.high : bars.low)[bar] ?? Number.NaN,
      confirmedAt,
    };
  };
  const confirmed = Array.from({ length: out.count }, (_, i) =>
    swing(i, out.index[i] ?? -1, out.confirmedAt[i] ?? -1),
  );
  return out.direction === 0 ? confirmed : [...confirmed, swing(out.count, out.extreme, null)];
}
