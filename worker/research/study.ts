/** EV1: the study from bars to its report. Pure: equal bars, parameters and seed give an equal report. */
import { assert } from "../core/assert.ts";
import { HORIZONS } from "../core/outcome/outcome.ts";
import { RESAMPLES } from "../core/outcome/sample-summary.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import type { StudyCohort, StudyDifference, StudyEntry, StudyReport } from "../protocol/rest/study-report.ts";
import { Benchmarks, casesOf, measure, type Measured } from "./measure.ts";
import { type Cohort, COHORTS, type Entry } from "./entry.ts";
import { groupsOf } from "./groups.ts";
import { limitsOf } from "./claims.ts";
import { differenceOf } from "./statistics.ts";
import { type Fates, type StudyInput, type Walk, walkForward } from "./walk-forward.ts";

/** Sets of parameters tried: a study is run with the one that the product lists by. */
const TRIALS = 1;

type ByCohort = Readonly<Record<Cohort, readonly Measured[]>>;

function measured(x: StudyInput, walk: Walk): ByCohort {
  const benchmarks = new Benchmarks(walk, x.indices, x.sessions);
  const of = (cohort: Cohort): readonly Measured[] =>
    walk.fates[cohort]
      .filter((fate): fate is Entry => typeof fate !== "string")
      .map((entry) => {
        const history = walk.histories[entry.share];
        assert(history, `${entry.ticker} has no history`);
        return measure(entry, history, x.sessions, benchmarks);
      });
  return {
    signal_open: of("signal_open"),
    signal_trigger: of("signal_trigger"),
    template_open: of("template_open"),
    random_open: of("random_open"),
  };
}

function cohortOf(cohort: Cohort, fates: Fates[Cohort], entries: readonly Measured[]): StudyCohort {
  const refused: Record<string, number> = {};
  for (const fate of fates) {
    if (typeof fate === "string") {
      refused[fate] = (refused[fate] ?? 0) + 1;
    }
  }
  return {
    cohort,
    occasions: fates.length,
    entries: entries.length,
    refused,
    groups: groupsOf(entries),
  };
}

/** Each way of buying signals against each baseline. */
function differencesOf(entries: ByCohort, seed: number): readonly StudyDifference[] {
  const [open, trigger, template, random] = COHORTS;
  return [open, trigger].flatMap((cohort) =>
    [template, random].flatMap((baseline) =>
      HORIZONS.map((horizon): StudyDifference => {
        const cases = (of: Cohort): ReturnType<typeof casesOf> =>
          casesOf(entries[of], horizon, "excessUniverse");
        const { baselineN, ...rest } = differenceOf(cases(cohort), cases(baseline), seed);
        return { cohort, baseline, horizon: `${horizon}`, ...rest, baseline_n: baselineN };
      }),
    ),
  );
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

function sampleOf({ listings, sessions }: StudyInput, { eligible, from }: Walk): StudyReport["sample"] {
  const dayAt = (place: number | null): string | null => {
    const day = place === null ? undefined : sessions.at(place);
    return day === undefined ? null : formatTradingDay(day);
  };
  const counts = from === null ? [] : eligible.slice(from).map((shares) => shares.length);
  return {
    tickers: listings.length,
    first_session: dayAt(0),
    last_session: dayAt(-1),
    sessions: sessions.length,
    judged_from: dayAt(from),
    judged_sessions: counts.length,
    mean_eligible: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0) / counts.length,
    ended_early: listings.filter(({ columns }) => (columns.day.at(-1) ?? 0) < (sessions.at(-1) ?? 0)).length,
  };
}

/** `notes` are sentences about the bars that only the person who runs the study knows. */
export function runStudy(x: StudyInput, notes: readonly string[]): StudyReport {
  const walk = walkForward(x);
  const entries = measured(x, walk);
  const sample = sampleOf(x, walk);
  const first = walk.from === null ? undefined : x.sessions[walk.from];
  const last = x.sessions.at(-1);
  const signals = [...entries.signal_open, ...entries.signal_trigger];
  return {
    schema: "vcp-study-1",
    params_version: x.params.version,
    params: { ...x.params },
    seed: x.seed,
    resamples: RESAMPLES,
    trials: TRIALS,
    sample,
    cohorts: COHORTS.map((cohort) => cohortOf(cohort, walk.fates[cohort], entries[cohort])),
    differences: differencesOf(entries, x.seed),
    entries: signals.map((one) => entryRow(one, x.sessions)),
    limits:
      first === undefined || last === undefined
        ? ["Too few bars: no session could be judged."]
        : limitsOf({
            sample,
            version: x.params.version,
            first,
            last,
            months: new Set(signals.map(({ month }) => month)).size,
            withInstruments: x.listings.some(({ instrument }) => instrument !== null),
            notes,
          }),
  };
}
