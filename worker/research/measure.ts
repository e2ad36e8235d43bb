/** EV1: what came of an entry, over each horizon and against each benchmark. */
import { assert } from "../core/assert.ts";
import type { Columns } from "../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import type { IndexCode, Market } from "../core/instrument/instrument.ts";
import { type History, historyOf, isTraded } from "../core/outcome/history.ts";
import { type FirstTouch, type Horizon, outcomeOf } from "../core/outcome/outcome.ts";
import type { Observation } from "../core/outcome/sample-summary.ts";
import type { Entry } from "./entry.ts";
import type { Walk } from "./walk-forward.ts";

/** Some sources give an index no volume; it has traded all the same. */
function indexHistory(columns: Columns, sessions: readonly TradingDay[]): History {
  return historyOf({ ...columns, volume: new Float64Array(columns.day.length).fill(1) }, sessions);
}

/** What the same sessions gave without choosing: the eligible shares in equal parts, and the index of the market. */
export class Benchmarks {
  readonly #histories: readonly History[];
  readonly #eligible: Walk["eligible"];
  readonly #indices: Readonly<Partial<Record<IndexCode, History>>>;
  readonly #known = new Map<string, number | null>();

  constructor(
    { histories, eligible }: Pick<Walk, "histories" | "eligible">,
    indices: Readonly<Partial<Record<IndexCode, Columns>>>,
    sessions: readonly TradingDay[],
  ) {
    const { KOSPI, KOSDAQ } = indices;
    this.#histories = histories;
    this.#eligible = eligible;
    this.#indices = {
      ...(KOSPI && { KOSPI: indexHistory(KOSPI, sessions) }),
      ...(KOSDAQ && { KOSDAQ: indexHistory(KOSDAQ, sessions) }),
    };
  }

  /**
   * Mean change from the open of `entered` over so many sessions of the shares that were eligible the evening before
   * and traded that session; `null` while sessions are missing or when there is no such share.
   */
  universe(entered: number, sessions: number): number | null {
    const key = `${entered}+${sessions}`;
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const changes = (this.#eligible[entered - 1] ?? []).flatMap((share) => {
      const history = this.#histories[share];
      return history && isTraded(history, entered) ? [change(history, entered, sessions)] : [];
    });
    const sum = changes.reduce<number>((total, each) => total + (each ?? Number.NaN), 0);
    const mean = changes.length === 0 || Number.isNaN(sum) ? null : sum / changes.length;
    this.#known.set(key, mean);
    return mean;
  }

  /** The same of the market's index; `null` also for a market without one. */
  index(market: Market | null, entered: number, sessions: number): number | null {
    const history = market === "KOSPI" || market === "KOSDAQ" ? this.#indices[market] : undefined;
    return history ? change(history, entered, sessions) : null;
  }
}

function change({ open, close }: History, entered: number, sessions: number): number | null {
  const from = open[entered] ?? Number.NaN;
  const to = close[entered + sessions - 1] ?? Number.NaN;
  return from > 0 && to > 0 ? to / from - 1 : null;
}

/** Fractions of the price paid, `r` in risks; `excess*` is `change` less the benchmark's change. */
interface Measures {
  readonly change: number;
  readonly r: number;
  readonly excessUniverse: number | null;
  readonly excessIndex: number | null;
  readonly best: number;
  readonly worst: number;
}
/** The name of a figure of an entry. */
export type Measure = keyof Measures;

/** An entry with what came of it. */
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

/** What came after an entry, by the measure of the live outcomes (EV1a). */
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
