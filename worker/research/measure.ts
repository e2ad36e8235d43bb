/** EV1: what came of an entry, over each horizon and against each benchmark. */
import { assert } from "../core/assert.ts";
import type { Columns } from "../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import type { IndexCode, Market } from "../core/instrument/instrument.ts";
import { type History, historyOf, isTraded } from "../core/outcome/history.ts";
import { type FirstTouch, type Horizon, HORIZONS, outcomeOf } from "../core/outcome/outcome.ts";
import type { Observation } from "../core/outcome/sample-summary.ts";
import type { Entry } from "./entry.ts";

/** Some sources give an index no volume; it has traded all the same. */
function indexHistory(columns: Columns, sessions: readonly TradingDay[]): History {
  return historyOf({ ...columns, volume: new Float64Array(columns.day.length).fill(1) }, sessions);
}

/** Sums of a session's universe over one horizon; the mean of `count` shares. */
interface UniverseSum {
  sum: number;
  count: number;
}

function nothing(): UniverseSum {
  return { sum: 0, count: 0 };
}

/** What the same sessions gave without choosing: the eligible shares in equal parts, and the index of the market. */
export class Benchmarks {
  /** By session of the entry. */
  readonly #universe: readonly Readonly<Record<Horizon, UniverseSum>>[];
  readonly #indices: Readonly<Partial<Record<IndexCode, History>>>;

  /** `histories` in the order of the shares, read once, so that one at a time is enough. `eligible`: shares by session. */
  constructor(
    histories: Iterable<History>,
    eligible: readonly Iterable<number>[],
    indices: Readonly<Partial<Record<IndexCode, Columns>>>,
    sessions: readonly TradingDay[],
  ) {
    const { KOSPI, KOSDAQ } = indices;
    this.#universe = sessions.map(() => ({ 5: nothing(), 10: nothing(), 20: nothing(), 60: nothing() }));
    this.#indices = {
      ...(KOSPI && { KOSPI: indexHistory(KOSPI, sessions) }),
      ...(KOSDAQ && { KOSDAQ: indexHistory(KOSDAQ, sessions) }),
    };
    const sessionsOf = sessionsByShare(eligible);
    let share = 0;
    for (const history of histories) {
      for (const evening of sessionsOf[share] ?? []) {
        this.#add(history, evening + 1);
      }
      share += 1;
    }
  }

  #add(history: History, entered: number): void {
    const sums = this.#universe[entered];
    if (sums !== undefined && isTraded(history, entered)) {
      for (const horizon of HORIZONS) {
        sums[horizon].sum += change(history, entered, horizon) ?? Number.NaN;
        sums[horizon].count += 1;
      }
    }
  }

  /**
   * Mean change from the open of `entered` over so many sessions of the shares that were eligible the evening before
   * and traded that session; `null` while sessions are missing or when there is no such share.
   */
  universe(entered: number, horizon: Horizon): number | null {
    const { sum, count } = this.#universe[entered]?.[horizon] ?? nothing();
    return count === 0 || Number.isNaN(sum) ? null : sum / count;
  }

  /** The same of the market's index; `null` also for a market without one. */
  index(market: Market | null, entered: number, sessions: number): number | null {
    const history = market === "KOSPI" || market === "KOSDAQ" ? this.#indices[market] : undefined;
    return history ? change(history, entered, sessions) : null;
  }
}

/** The sessions of each share in ascending order, as views on one array. */
function sessionsByShare(eligible: readonly Iterable<number>[]): readonly Uint32Array[] {
  let [last, all] = [-1, 0];
  for (const shares of eligible) {
    for (const share of shares) {
      last = Math.max(last, share);
      all += 1;
    }
  }
  const counts = new Uint32Array(last + 1);
  for (const shares of eligible) {
    for (const share of shares) {
      counts[share] = (counts[share] ?? 0) + 1;
    }
  }
  const memory = new Uint32Array(all);
  const lists: Uint32Array[] = [];
  let used = 0;
  for (const [share, count] of counts.entries()) {
    lists[share] = memory.subarray(used, used + count);
    used += count;
  }
  const filled = new Uint32Array(lists.length);
  for (const [session, shares] of eligible.entries()) {
    for (const share of shares) {
      const place = filled[share] ?? 0;
      lists[share]?.fill(session, place, place + 1);
      filled[share] = place + 1;
    }
  }
  return lists;
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
  const cases: Observation[] = [];
  for (const { month, horizons } of entries) {
    const value = horizons[horizon]?.[what] ?? null;
    if (value !== null) {
      cases.push({ month, value });
    }
  }
  return cases;
}
