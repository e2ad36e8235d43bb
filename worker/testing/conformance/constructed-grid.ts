/** The grid of constructed bases: which cells there are, and which of them are no base by the SPEC itself. */
import { SPEC_PARAMS } from "../oracle/spec-numbers.ts";
import type { FormRuleId } from "../../core/vcp/form-rules.ts";
import { at, naiveBars } from "../oracle/naive-bars.ts";
import { naiveUnmet, readingOf } from "../oracle/naive-reading.ts";
import { type Cell, type ConstructedBase, constructBase, depthsOf } from "./constructed-base.ts";

const COUNTS = [2, 3, 4, 5, 6];
const FIRST_DEPTHS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35];
const RATIOS = [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75];
/** Bars of the first fall and the first recovery: bases of about 5 to 24 weeks. */
const LENGTHS = [
  [8, 7],
  [11, 10],
  [14, 12],
  [18, 16],
  [26, 24],
] as const;
const LAST_DEPTHS = [0.025, 0.11] as const;

/**
 * Why a cell is left out: its last depth is off the grid, a leg is too small or too large to be counted, the base is longer
 * than usual, so that its last contractions are the base (CT10), or it breaks a rule.
 */
export type LeftOut = "d_T" | "noise" | "ratio" | "CT10" | FormRuleId;

export interface GridBase extends ConstructedBase {
  readonly cell: Cell;
  readonly leftOut: LeftOut | null;
}

/** Every cell at one noise, `seeds` times with other noise, drawn by the seeds from `from` on. */
export function* gridOf(noise: number, seeds: number, from = 1): Generator<GridBase> {
  let seed = from;
  for (const count of COUNTS) {
    for (const firstDepth of FIRST_DEPTHS) {
      for (const ratio of RATIOS) {
        for (const [fall, rise] of LENGTHS) {
          for (let n = 0; n < seeds; n++) {
            // Cells share no noise: the same walk in many cells would be one observation counted often.
            seed += 1;
            yield baseOf({ count, firstDepth, ratio, fall, rise, noise, seed });
          }
        }
      }
    }
  }
}

function baseOf(cell: Cell): GridBase {
  const lastDepth = at(depthsOf(cell), cell.count - 1);
  if (lastDepth < LAST_DEPTHS[0] || lastDepth > LAST_DEPTHS[1]) {
    return { cell, rows: [], legs: [], leftOut: "d_T" };
  }
  const base = constructBase(cell);
  return { ...base, cell, leftOut: brokenRule(base) };
}

/** Asked of the realised legs, by the second implementation of the rules: not of what it would find. */
function brokenRule({ rows, legs }: ConstructedBase): LeftOut | null {
  const bars = naiveBars(rows);
  const falls = legs.map(({ highBar, high, lowBar, low }) => ({
    high: highBar,
    low: lowBar,
    depth: (high - low) / high,
  }));
  const reading = readingOf(bars, falls, bars.length - 1, SPEC_PARAMS);
  if (falls.slice(1).some(({ depth }) => depth < reading.noise)) {
    return "noise";
  }
  if (falls.slice(1).some(({ depth }, i) => depth > SPEC_PARAMS.base.maxRatio * at(falls, i).depth)) {
    return "ratio";
  }
  if (bars.length - 1 - reading.start > SPEC_PARAMS.base.usualBars) {
    return "CT10";
  }
  return naiveUnmet(reading, SPEC_PARAMS)[0]?.rule ?? null;
}
