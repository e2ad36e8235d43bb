/** PL: where to act and where the idea is wrong, on the price grid. */
import type { Price } from "../nominal.ts";
import type { Params } from "../params.ts";
import { type PriceGrid, tickAbove, tickAt, tickDown, tickUp } from "../bars/tick-size.ts";

/** Prices on the grid of the exchange (PL5), in won of the as-of session. */
export interface Plan {
  /** The trigger: the first grid price above the pivot. */
  readonly entry: Price;
  readonly stop: Price;
  readonly targets: { readonly twoR: Price; readonly threeR: Price };
  /** (entry - stop) / entry, a fraction of at most 8 % and a tick. */
  readonly risk: number;
  /** The base is wider than the risk allows: the stop lies inside it (PL3). */
  readonly wide: boolean;
}

/**
 * `low` is L_T, the low of the last contraction.
 *
 * @example
 * const plan = planOf(priceOf(10_000), priceOf(9_500), "krx", PARAMS.plan);
 * [plan.entry, plan.stop, plan.targets.twoR]; // [10010, 9490, 11050]
 */
export function planOf(pivot: Price, low: Price, grid: PriceGrid, params: Params["plan"]): Plan {
  const entry = tickAbove(pivot, grid);
  const below = tickDown(low, grid);
  const underLow = tickDown(below - tickAt(below, grid), grid);
  const least = tickUp(entry * (1 - params.maxRisk), grid);
  const stop = underLow > least ? underLow : least;
  const risk = entry - stop;
  return {
    entry,
    stop,
    targets: { twoR: tickUp(entry + 2 * risk, grid), threeR: tickUp(entry + 3 * risk, grid) },
    risk: risk / entry,
    wide: (entry - low) / entry > params.wide,
  };
}
