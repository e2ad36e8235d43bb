/** EV1: the study from bars to its report. Pure: equal bars, parameters and seed give an equal report. */
import { HORIZONS } from "../core/outcome/outcome.ts";
import { RESAMPLES } from "../core/outcome/sample-summary.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import type { StudyDifference, StudyReport } from "../protocol/rest/study-report.ts";
import { limitsOf } from "./claims.ts";
import { type Cohort, COHORTS } from "./entry.ts";
import { Benchmarks } from "./measure.ts";
import { historiesOf, measureCohort, type MeasuredCohort } from "./measured-cohort.ts";
import { differenceOf } from "./statistics.ts";
import { exchangesOf, trialsOf } from "./versions.ts";
import { type StudyInput, type Walk, walkForward, WALKING } from "./walk-forward.ts";

type ByCohort = Readonly<Record<Cohort, MeasuredCohort>>;

/** Each way of buying signals against each baseline. */
function differencesOf(measured: ByCohort, seed: number): readonly StudyDifference[] {
  const [open, trigger, template, random] = COHORTS;
  return [open, trigger].flatMap((cohort) =>
    [template, random].flatMap((baseline) =>
      HORIZONS.map((horizon): StudyDifference => {
        const [ours, theirs] = [measured[cohort].excess[horizon], measured[baseline].excess[horizon]];
        const { baselineN, ...rest } = differenceOf(ours, theirs, seed);
        return { cohort, baseline, horizon: `${horizon}`, ...rest, baseline_n: baselineN };
      }),
    ),
  );
}

/** `onDone` is called with the share of the work done, 0..1. */
function measureAll(x: StudyInput, walk: Walk, onDone: (done: number) => void): ByCohort {
  const { sessions } = x;
  const bars = { shares: walk.shares, sessions };
  const benchmarks = new Benchmarks(historiesOf(bars), walk.eligible, x.indices, sessions);
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

/** EV1i: the sessions on which some share has a row; an index file may begin years before the bars. */
function sessionsWithBars({ listings, sessions }: StudyInput): ReadonlySet<TradingDay> {
  const days = new Set<number>();
  for (const { columns } of listings) {
    for (const day of columns.day) {
      days.add(day);
    }
  }
  return new Set(sessions.filter((session) => days.has(session)));
}

function dateOf(day: TradingDay | undefined): string | null {
  return day === undefined ? null : formatTradingDay(day);
}

function sampleOf(x: StudyInput, { eligible, from }: Walk): StudyReport["sample"] {
  const { listings, sessions } = x;
  const withBars = sessionsWithBars(x);
  const days = [...withBars];
  const counts = eligible.flatMap((shares, place) => {
    const day = sessions[place];
    return from !== null && place >= from && day !== undefined && withBars.has(day) ? [shares.length] : [];
  });
  return {
    tickers: listings.length,
    first_session: dateOf(days[0]),
    last_session: dateOf(days.at(-1)),
    sessions: days.length,
    judged_from: dateOf(from === null ? undefined : sessions[from]),
    judged_sessions: counts.length,
    mean_eligible: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0) / counts.length,
    ended_early: listings.filter(({ columns }) => (columns.day.at(-1) ?? 0) < (sessions.at(-1) ?? 0)).length,
  };
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
  const sample = sampleOf(x, walk);
  const first = walk.from === null ? undefined : x.sessions[walk.from];
  const last = x.sessions.at(-1);
  const signals = [cohorts.signal_open, cohorts.signal_trigger];
  const { madeUp = false } = x;
  const exchanges = exchangesOf(
    x.listings.map(({ ticker }) => ticker),
    madeUp,
  );
  return {
    schema: "vcp-study-1",
    params_version: x.params.version,
    params: { ...x.params },
    seed: x.seed,
    resamples: RESAMPLES,
    trials: trialsOf(x.params.version).length,
    sample,
    cohorts: COHORTS.map((cohort) => cohorts[cohort].summary),
    differences: differencesOf(cohorts, x.seed),
    entries: signals.flatMap(({ rows }) => rows),
    limits:
      first === undefined || last === undefined
        ? ["Too few bars: no session could be judged."]
        : limitsOf({
            sample,
            version: x.params.version,
            judged: { exchanges, first, last },
            months: new Set(signals.flatMap(({ months }) => [...months])).size,
            withInstruments: x.listings.some(({ instrument }) => instrument !== null),
            madeUp,
            notes,
          }),
  };
}
