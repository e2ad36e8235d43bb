/** EV1: what came of an entry, over each horizon and against each benchmark. */
import { assert } from "../core/assert.ts";
import type { History } from "../core/outcome/history.ts";
import { type FirstTouch, type Horizon, outcomeOf } from "../core/outcome/outcome.ts";
import type { Observation } from "../core/outcome/sample-summary.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import type { Benchmarks } from "./benchmarks.ts";
import type { Entry } from "./entry.ts";

/** Fractions of the price paid, `r` in risks; `excess*` is `change` less the benchmark's change. */
export interface Measures {
  readonly change: number;
  readonly r: number;
  readonly excessUniverse: number | null;
  readonly excessIndex: number | null;
  readonly best: number;
  readonly worst: number;
}
export type Measure = keyof Measures;

export interface Measured {
  readonly entry: Entry;
  readonly day: TradingDay;
  /** `2025-06`. */
  readonly month: string;
  readonly year: string;
  readonly horizons: Readonly<Record<Horizon, Measures | null>>;
  /** `null`: neither stop nor target was touched, and 60 sessions are not over. */
  readonly touch: FirstTouch | null;
}

export function measure(
  entry: Entry,
  history: History,
  sessions: readonly TradingDay[],
  benchmarks: Benchmarks,
): Measured {
  const day = sessions[entry.entered];
  assert(day !== undefined, "An entry is made in a session");
  const { price, stop, target, entered, market } = entry;
  const outcome = outcomeOf({ entry: price, stop, target, bars: history, from: entered });
  const against = (horizon: Horizon): Measures | null => {
    const after = outcome.horizons[horizon];
    const universe = benchmarks.universe(entered, horizon);
    const index = benchmarks.index(market, entered, horizon);
    return (
      after && {
        ...after,
        excessUniverse: universe === null ? null : after.change - universe,
        excessIndex: index === null ? null : after.change - index,
      }
    );
  };
  const date = formatTradingDay(day);
  return {
    entry,
    day,
    month: date.slice(0, 7),
    year: date.slice(0, 4),
    horizons: { 5: against(5), 10: against(10), 20: against(20), 60: against(60) },
    touch: outcome.touch,
  };
}

/** The cases of one measure over one horizon; entries without it are none. */
export function casesOf(
  entries: readonly Measured[],
  horizon: Horizon,
  what: Measure,
): readonly Observation[] {
  return entries.flatMap(({ month, horizons }) => {
    const value = horizons[horizon]?.[what] ?? null;
    return value === null ? [] : [{ month, value }];
  });
}
