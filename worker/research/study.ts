/** EV1: the study from bars to its report. Pure: equal bars, parameters and seed give an equal report. */
import { HORIZONS } from "../core/outcome/outcome.ts";
import type { StudyDifference, StudyReport } from "../protocol/rest/study-report.ts";
import { type Cohort, COHORTS } from "./entry.ts";
import { Benchmarks, universeOf } from "./measure.ts";
import { historiesOf, measureCohort, type MeasuredCohort } from "./measured-cohort.ts";
import { differenceOf } from "./statistics.ts";
import { headOf, tailOf, type StudiedBars } from "./studied-bars.ts";
import { type StudyInput, type Walk, walkForward, WALKING } from "./walk-forward.ts";

/** The four cohorts, or what is known of each. */
export type ByCohort<T = MeasuredCohort> = Readonly<Record<Cohort, T>>;

/** Each way of buying signals against each baseline; broken off after each of them. */
export function* differenceSteps(
  excess: ByCohort<MeasuredCohort["excess"]>,
  seed: number,
): Generator<void, readonly StudyDifference[]> {
  const [open, trigger, template, random] = COHORTS;
  const pairs = [open, trigger].flatMap((cohort) =>
    [template, random].flatMap((baseline) => HORIZONS.map((horizon) => ({ cohort, baseline, horizon }))),
  );
  const differences: StudyDifference[] = [];
  for (const { cohort, baseline, horizon } of pairs) {
    const { baselineN, ...rest } = differenceOf(excess[cohort][horizon], excess[baseline][horizon], seed);
    differences.push({ cohort, baseline, horizon: `${horizon}`, ...rest, baseline_n: baselineN });
    yield;
  }
  return differences;
}

function differencesOf(measured: ByCohort, seed: number): readonly StudyDifference[] {
  const { signal_open, signal_trigger, template_open, random_open } = measured;
  const steps = differenceSteps(
    {
      signal_open: signal_open.excess,
      signal_trigger: signal_trigger.excess,
      template_open: template_open.excess,
      random_open: random_open.excess,
    },
    seed,
  );
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next();
  }
  return step.value;
}

/** `onDone` is called with the share of the work done, 0..1. */
function measureAll(x: StudyInput, walk: Walk, onDone: (done: number) => void): ByCohort {
  const { sessions } = x;
  const bars = { shares: walk.shares, sessions };
  const universe = universeOf(historiesOf(bars), walk.eligible);
  const benchmarks = new Benchmarks(universe, x.indices, sessions);
  const of = (cohort: Cohort): MeasuredCohort =>
    measureCohort(cohort, walk.fates[cohort], { ...bars, benchmarks }, (done) => {
      onDone((COHORTS.indexOf(cohort) + done) / COHORTS.length);
    });
  return {
    signal_open: of("signal_open"),
    signal_trigger: of("signal_trigger"),
    template_open: of("template_open"),
    random_open: of("random_open"),
  };
}

/** EV1i: the shares with a row on each session; an index file may begin years before the bars. */
function rowsBySession({ listings, sessions }: StudyInput): readonly number[] {
  const rows = new Map<number, number>();
  for (const { columns } of listings) {
    for (const day of columns.day) {
      rows.set(day, (rows.get(day) ?? 0) + 1);
    }
  }
  return sessions.map((session) => rows.get(session) ?? 0);
}

/** `notes` are sentences about the bars that only the person who runs the study knows. */
export function runStudy(x: StudyInput, notes: readonly string[]): StudyReport {
  return reportOf(x, walkForward(x), notes);
}

/** The report of a walk that has been made. */
export function reportOf(x: StudyInput, walk: Walk, notes: readonly string[]): StudyReport {
  const cohorts = measureAll(x, walk, (done) => {
    x.onProgress?.(WALKING + (1 - WALKING) * done);
  });
  x.onProgress?.(1);
  const { listings, sessions, madeUp = false } = x;
  const signals = [cohorts.signal_open, cohorts.signal_trigger];
  const bars: StudiedBars = {
    tickers: listings.map(({ ticker }) => ticker),
    endedEarly: listings.filter(({ columns }) => (columns.day.at(-1) ?? 0) < (sessions.at(-1) ?? 0)).length,
    withInstruments: listings.some(({ instrument }) => instrument !== null),
    madeUp,
    sessions,
    from: walk.from,
    rows: rowsBySession(x),
    eligible: walk.eligible.map((shares) => shares.length),
  };
  const months = new Set(signals.flatMap((one) => [...one.months])).size;
  const differences = differencesOf(cohorts, x.seed);
  return {
    ...headOf(x, bars),
    cohorts: COHORTS.map((cohort) => cohorts[cohort].summary),
    differences,
    entries: signals.flatMap(({ rows }) => rows),
    ...tailOf(x, bars, { differences, months }, notes),
  };
}
