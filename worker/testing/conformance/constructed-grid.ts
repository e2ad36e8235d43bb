/** The grid of constructed bases: which cells there are, and which of them are no base by the SPEC itself. */
import { PARAMS } from "../../core/params.ts";
import type { BaseRule } from "../../core/vcp/verdict.ts";
import { naiveCandidate, type NaiveCandidate, naiveShape, naiveToday } from "../oracle/naive-rules.ts";
import { at, naiveBars, naiveRange, type NaiveSwing, type PlacedBar } from "../oracle/naive-swings.ts";
import { type Cell, type ConstructedBase, constructBase, depthsOf } from "./constructed-base.ts";

const COUNTS = [2, 3, 4, 5, 6];
const FIRST_DEPTHS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35];
const RATIOS = [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75];
/** Bars of the first fall and the first recovery: bases of about 3 to 60 weeks. */
const LENGTHS = [
  [8, 7],
  [14, 12],
  [22, 20],
  [40, 36],
] as const;
const LAST_DEPTHS = [0.025, 0.11] as const;

/** Why a cell is left out: its last depth is off the grid, a leg is too small to be a swing, or a rule of the base. */
export type LeftOut = "d_T" | "SW2" | BaseRule;

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

function swing(kind: "high" | "low", bar: number, price: number): NaiveSwing {
  return { kind, bar, price, confirmedAt: bar };
}

/** Asked of the realised legs, by the second implementation of the rules. */
function brokenRule({ rows, legs }: ConstructedBase): LeftOut | null {
  const bars = naiveBars(rows);
  const candidate = naiveCandidate(
    0,
    legs.map((leg) => ({
      high: swing("high", leg.highBar, leg.high),
      low: swing("low", leg.lowBar, leg.low),
    })),
  );
  if (!isVisible(bars, candidate)) {
    return "SW2";
  }
  return [...naiveShape(bars, candidate), ...naiveToday(bars, candidate)][0]?.rule ?? null;
}

function anyBar(from: number, to: number, turns: (bar: number) => boolean): boolean {
  return Array.from({ length: to - from }, (_, i) => from + 1 + i).some((bar) => turns(bar));
}

/** At the smallest scale each fall, and each recovery but the last, goes back from its extreme by the threshold. */
function isVisible(bars: readonly PlacedBar[], { legs }: NaiveCandidate): boolean {
  const { scales, minThreshold, maxThreshold } = PARAMS.swing;
  const range = naiveRange(bars);
  const threshold = (bar: number): number =>
    Math.min(maxThreshold, Math.max(minThreshold, at(scales, 0) * at(range, bar)));
  return legs.every(({ high, low }, leg) => {
    const next = legs[leg + 1]?.high.bar;
    const falls = anyBar(high.bar, low.bar, (k) => at(bars, k).low <= high.price * (1 - threshold(k)));
    const rises =
      next === undefined || anyBar(low.bar, next, (k) => at(bars, k).high >= low.price * (1 + threshold(k)));
    return falls && rises;
  });
}
