/** LC row 22: a corporate action changes what a share is; a signal's prices follow, its pattern and id stay. */
import { volumeFactor } from "../bars/adjust.ts";
import type { Step } from "./life-event.ts";
import { move, still } from "./transition.ts";
import { type Price, priceOf } from "../nominal.ts";
import type { Params } from "../params.ts";
import type { Signal } from "./signal.ts";
import { type PriceGrid, tickUp } from "../bars/tick-size.ts";
import { profileOf } from "../instrument/exchange-profile.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Base } from "../vcp/verdict.ts";

/** The signal is open, suspended or not. `factor` is 0.2 for a split of one share into five. */
export function rebase(signal: Signal, factor: number, day: TradingDay, params: Params): Step {
  const base = rebased(signal.base, factor, profileOf(signal.exchange).grid);
  const next: Signal = { ...signal, base, close: priceOf(signal.close * factor) };
  const values = {
    factor,
    pivot_before: signal.base.pivot,
    pivot: base.pivot,
    entry: base.entry,
    stop_before: signal.base.stop,
    stop: base.stop,
  };
  return move(still(next), signal.state, "rebased", day, values, params);
}

/**
 * Highs and lows are facts and become fractions of a won; what is acted on goes up to the next price of the grid (PL5).
 * A price on the grid is below the exact product exactly when it is below that price, so no row is judged otherwise.
 */
function rebased(base: Base, factor: number, grid: PriceGrid): Base {
  const onGrid = (price: Price): Price => tickUp(price * factor, grid);
  const entry = onGrid(base.entry);
  const stop = onGrid(base.stop);
  return {
    ...base,
    contractions: base.contractions.map((leg) => ({
      ...leg,
      high: priceOf(leg.high * factor),
      low: priceOf(leg.low * factor),
      meanVolume: leg.meanVolume / volumeFactor(factor),
    })),
    pivot: priceOf(base.pivot * factor),
    entry,
    stop,
    targets: { twoR: onGrid(base.targets.twoR), threeR: onGrid(base.targets.threeR) },
    risk: (entry - stop) / entry,
  };
}
