/** SW3, exhaustively: after every bar of a series the swings are found anew, and none that stood before may have moved. */
import { type Columns, viewOf } from "../../core/bars/columns.ts";
import { PARAMS } from "../../core/params.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import { findSwings, Swings } from "../../core/vcp/swings.ts";

export interface AppendReport {
  /** Days appended to a series, each judged at every scale. */
  readonly steps: number;
  /** Confirmed swings compared. */
  readonly swings: number;
  readonly violations: readonly string[];
}

/** Swings of the whole series at one scale: bar and bar of confirmation, in turn. */
type Stood = readonly (readonly [bar: number, confirmedAt: number])[];

function stoodAt(bars: PatternTime, scale: number, out: Swings): Stood {
  findSwings(bars, scale, PARAMS.swing, out);
  return Array.from({ length: out.count }, (_, i) => [out.index[i] ?? -1, out.confirmedAt[i] ?? -1] as const);
}

/** Reads `columns` row by row, each time as if the later rows had never been. */
export function appendReport(name: string, columns: Columns): AppendReport {
  const { scales, atrSpan } = PARAMS.swing;
  const [bars, out] = [new PatternTime(), new Swings()];
  bars.load(columns, atrSpan);
  const whole = scales.map((scale) => stoodAt(bars, scale, out));
  const violations: string[] = [];
  let swings = 0;
  for (let rows = 1; rows <= columns.day.length; rows++) {
    bars.load(viewOf(columns, 0, rows), atrSpan);
    for (const [s, scale] of scales.entries()) {
      findSwings(bars, scale, PARAMS.swing, out);
      const stood = whole[s] ?? [];
      swings += out.count;
      if (!agrees(out, stood, bars.n)) {
        violations.push(`${name}, scale ${scale}: the first ${rows} rows give other swings than all`);
      }
    }
  }
  return { steps: columns.day.length, swings, violations };
}

/** Exactly the swings that the whole series confirms within the first `bars` bars, in the same places. */
function agrees(out: Swings, stood: Stood, bars: number): boolean {
  for (let i = 0; i < out.count; i++) {
    const [bar, confirmedAt] = stood[i] ?? [-1, -1];
    if (out.index[i] !== bar || out.confirmedAt[i] !== confirmedAt) {
      return false;
    }
  }
  const next = stood[out.count];
  return next === undefined || next[1] >= bars;
}
