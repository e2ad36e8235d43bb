/** PL: where to act and where the idea is wrong, on the price grid. */
import type { Params } from "../params.ts";
import { type PriceGrid, tickAbove, tickAt, tickDown, tickUp } from "../bars/tick-size.ts";

export interface Plan {
  /** The trigger: the first grid price above the pivot. */
  readonly entry: number;
  readonly stop: number;
  readonly targets: { readonly twoR: number; readonly threeR: number };
  /** (entry - stop) / entry, a fraction of at most 8 % and a tick. */
  readonly risk: number;
  /** The base is wider than the risk allows: the stop lies inside it (PL3). */
  readonly wide: boolean;
}

/** `low` is L_T, the low of the last contraction. */
export function planOf(pivot: number, low: number, grid: PriceGrid, params: Params["plan"]): Plan {
  const entry = tickAbove(pivot, grid);
  const below = tickDown(low, grid);
  const stop = Math.max(
    tickDown(below - tickAt(below, grid), grid),
    tickUp(entry * (1 - params.maxRisk), grid),
  );
  const risk = entry - stop;
  return {
    entry,
    stop,
    targets: { twoR: tickUp(entry + 2 * risk, grid), threeR: tickUp(entry + 3 * risk, grid) },
    risk: risk / entry,
    wide: (entry - low) / entry > params.wide,
  };
}
