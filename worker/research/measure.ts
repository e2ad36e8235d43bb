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

/** A place holds, for one session and horizon, the sum of the changes and the number of shares in it. */
const CELLS = 2 * HORIZONS.length;

/** What the eligible shares gave in equal parts, by the session of the entry; gathered one share at a time. */
export class UniverseSums {
  /** All that it knows: {@link CELLS} numbers a session. */
  readonly numbers: Float64Array;

  /** `numbers` of a gathering that was broken off, or as many zeros. */
  constructor(sessions: number, numbers: Float64Array = new Float64Array(CELLS * sessions)) {
    this.numbers = numbers;
  }

  /** Adds a share, each once and in the order of their places: sums depend on their order. `evenings`: where it was eligible. */
  add(history: History, evenings: Iterable<number>): void {
    const { numbers } = this;
    for (const evening of evenings) {
      const entered = evening + 1;
      if (CELLS * entered < numbers.length && isTraded(history, entered)) {
        for (const [h, horizon] of HORIZONS.entries()) {
          const cell = CELLS * entered + 2 * h;
          numbers[cell] = (numbers[cell] ?? 0) + (change(history, entered, horizon) ?? Number.NaN);
          numbers[cell + 1] = (numbers[cell + 1] ?? 0) + 1;
        }
      }
    }
  }

  /**
   * Mean change from the open of `entered` over so many sessions of the shares that were eligible the evening before
   * and traded that session; `null` while sessions are missing or when there is no such share.
   */
  mean(entered: number, horizon: Horizon): number | null {
    const cell = CELLS * entered + 2 * HORIZONS.indexOf(horizon);
    const [sum = 0, count = 0] = this.numbers.subarray(cell, cell + 2);
    return count === 0 || Number.isNaN(sum) ? null : sum / count;
  }
}

/** `histories` in the order of the shares, read once, so that one at a time is enough. `eligible`: shares by session. */
export function universeOf(
  histories: Iterable<History>,
  eligible: readonly Iterable<number>[],
): UniverseSums {
  const universe = new UniverseSums(eligible.length);
  const sessionsOf = sessionsByShare(eligible);
  let share = 0;
  for (const history of histories) {
    universe.add(history, sessionsOf[share] ?? []);
    share += 1;
  }
  return universe;
}

/** What the same sessions gave without choosing: the eligible shares in equal parts, and the index of the market. */
export class Benchmarks {
  readonly #universe: UniverseSums;
  readonly #indices: Readonly<Partial<Record<IndexCode, History>>>;

  constructor(
    universe: UniverseSums,
    indices: Readonly<Partial<Record<IndexCode, Columns>>>,
    sessions: readonly TradingDay[],
  ) {
    const { KOSPI, KOSDAQ } = indices;
    this.#universe = universe;
    this.#indices = {
      ...(KOSPI && { KOSPI: indexHistory(KOSPI, sessions) }),
      ...(KOSDAQ && { KOSDAQ: indexHistory(KOSDAQ, sessions) }),
    };
  }

  /** As of {@link UniverseSums.mean}. */
  universe(entered: number, horizon: Horizon): number | null {
    return this.#universe.mean(entered, horizon);
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
export interface Measures {
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

/** The day of an entry with its month and its year. */
export function datedAt(day: TradingDay): Pick<Measured, "day" | "month" | "year"> {
  const date = formatTradingDay(day);
  return { day, month: date.slice(0, 7), year: date.slice(0, 4) };
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
  return {
    entry,
    ...datedAt(day),
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
