/** EV1g: the entries of one cohort measured and summed up, a cohort at a time: the entries of a decade are many. */
import { assert } from "../core/assert.ts";
import type { Columns } from "../core/bars/columns.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import { type History, historyOf } from "../core/outcome/history.ts";
import { type Horizon, HORIZONS } from "../core/outcome/outcome.ts";
import type { StudyCohort, StudyEntry } from "../protocol/rest/study-report.ts";
import type { Cohort, Entry, Refusal } from "./entry.ts";
import { groupSteps } from "./groups.ts";
import { type Benchmarks, casesOf, measure, type Measured } from "./measure.ts";
import { type MonthSums, sumsByMonth } from "./statistics.ts";

/** What is kept of a cohort. */
export interface MeasuredCohort {
  readonly summary: StudyCohort;
  /** Excess over the eligible universe, to be held against other cohorts. */
  readonly excess: Readonly<Record<Horizon, MonthSums>>;
  /** Of signals; empty for a baseline. */
  readonly rows: readonly StudyEntry[];
  /** Months with an entry. */
  readonly months: ReadonlySet<string>;
}

/** What all cohorts are measured with. */
export interface Yardstick {
  /** In the order of the shares' places. */
  readonly shares: readonly { readonly columns: Columns }[];
  readonly sessions: readonly TradingDay[];
  readonly benchmarks: Benchmarks;
}

/** One share after another, so that the prices of one are in memory twice, and not those of all. */
export function* historiesOf({ shares, sessions }: Omit<Yardstick, "benchmarks">): Generator<History> {
  for (const { columns } of shares) {
    yield historyOf(columns, sessions);
  }
}

/** In the order of the entries, share by share; `onShare` is called with the share of the work done. */
function measureAll(
  entries: readonly Entry[],
  yardstick: Yardstick,
  onDone: (done: number) => void,
): readonly Measured[] {
  const { shares, sessions, benchmarks } = yardstick;
  const measured: Measured[] = [];
  const ofShare = Map.groupBy(entries.keys(), (place) => entries[place]?.share);
  let share = 0;
  for (const history of historiesOf(yardstick)) {
    for (const place of ofShare.get(share) ?? []) {
      const entry = entries[place];
      assert(entry, `${place} is no place of an entry`);
      measured[place] = measure(entry, history, sessions, benchmarks);
    }
    share += 1;
    onDone(share / shares.length);
  }
  return measured;
}

/** The part of the work that is measuring; the rest is summing up. */
const MEASURING = 0.3;

/** Occasions without an entry, by reason. */
export type Refused = Readonly<Record<string, number>>;

/** `fates` in the order of time. `onDone` is called with the share of the work done, 0..1. */
export function measureCohort(
  cohort: Cohort,
  fates: readonly (Entry | Refusal)[],
  yardstick: Yardstick,
  onDone: (done: number) => void,
): MeasuredCohort {
  const refused: Record<string, number> = {};
  const entries: Entry[] = [];
  for (const fate of fates) {
    if (typeof fate === "string") {
      refused[fate] = (refused[fate] ?? 0) + 1;
    } else {
      entries.push(fate);
    }
  }
  const measured = measureAll(entries, yardstick, (done) => {
    onDone(MEASURING * done);
  });
  const steps = sumSteps(cohort, refused, measured, yardstick.sessions);
  let step = steps.next();
  while (step.done !== true) {
    onDone(MEASURING + (1 - MEASURING) * step.value);
    step = steps.next();
  }
  return step.value;
}

/** A cohort summed up, broken off after each group, where the share of the work done comes out. `measured` in the order of time. */
export function* sumSteps(
  cohort: Cohort,
  refused: Refused,
  measured: readonly Measured[],
  sessions: readonly TradingDay[],
): Generator<number, MeasuredCohort> {
  const groups = yield* groupSteps(measured);
  const excess = (horizon: Horizon): MonthSums => sumsByMonth(casesOf(measured, horizon, "excessUniverse"));
  const [a, b, c, d] = HORIZONS;
  const without = Object.values(refused).reduce((sum, count) => sum + count, 0);
  return {
    summary: {
      cohort,
      occasions: measured.length + without,
      entries: measured.length,
      // By name: what was met first depends on the order of the shares.
      refused: Object.fromEntries(Object.entries(refused).toSorted(([x], [y]) => (x < y ? -1 : 1))),
      groups,
    },
    excess: { [a]: excess(a), [b]: excess(b), [c]: excess(c), [d]: excess(d) },
    rows: measured.filter(({ entry }) => entry.signalId !== null).map((one) => entryRow(one, sessions)),
    months: new Set(measured.map(({ month }) => month)),
  };
}

function entryRow({ entry, day, horizons, touch }: Measured, sessions: readonly TradingDay[]): StudyEntry {
  const listed = sessions[entry.session];
  assert(listed !== undefined && entry.signalId !== null, "A signal was listed in a session");
  return {
    cohort: entry.cohort,
    signal_id: entry.signalId,
    ticker: entry.ticker,
    market: entry.market,
    listed_on: formatTradingDay(listed),
    entered_on: formatTradingDay(day),
    grade: entry.grade,
    contractions: entry.contractions,
    gate: entry.gate,
    price: entry.price,
    stop: entry.stop,
    target: entry.target,
    change: {
      5: horizons[5]?.change ?? null,
      10: horizons[10]?.change ?? null,
      20: horizons[20]?.change ?? null,
      60: horizons[60]?.change ?? null,
    },
    touch: touch?.kind ?? null,
  };
}
