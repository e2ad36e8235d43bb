/** EV1: the study from bars to its report. Pure: equal bars, parameters and seed give an equal report. */
import { assert } from "../core/assert.ts";
import { type History, historyOf } from "../core/outcome/history.ts";
import { HORIZONS } from "../core/outcome/outcome.ts";
import { RESAMPLES } from "../core/outcome/sample-summary.ts";
import { formatTradingDay, type TradingDay } from "../core/calendar/trading-day.ts";
import type { StudyCohort, StudyDifference, StudyEntry, StudyReport } from "../protocol/rest/study-report.ts";
import { Benchmarks, casesOf, measure, type Measured } from "./measure.ts";
import { type Cohort, COHORTS, type Entry, type Refusal } from "./entry.ts";
import { groupsOf } from "./groups.ts";
import { limitsOf } from "./claims.ts";
import { differenceOf } from "./statistics.ts";
import { exchangesOf, trialsOf } from "./versions.ts";
import { type Fates, type StudyInput, type Walk, walkForward } from "./walk-forward.ts";

type ByCohort = Readonly<Record<Cohort, readonly Measured[]>>;

/** One share after another, so that the prices of one are in memory twice, and not those of all. */
function* historiesOf({ shares }: Walk, sessions: readonly TradingDay[]): Generator<History> {
  for (const { columns } of shares) {
    yield historyOf(columns, sessions);
  }
}

function isEntry(fate: Entry | Refusal): fate is Entry {
  return typeof fate !== "string";
}

/** The entries of each cohort in their order, measured share by share. */
function measured(x: StudyInput, walk: Walk): ByCohort {
  const { sessions } = x;
  const benchmarks = new Benchmarks(historiesOf(walk, sessions), walk.eligible, x.indices, sessions);
  const places = COHORTS.flatMap((cohort) =>
    walk.fates[cohort].filter(isEntry).map((entry, place) => ({ entry, place })),
  );
  const ofShare = Map.groupBy(places, ({ entry }) => entry.share);
  const found: Record<Cohort, Measured[]> = {
    signal_open: [],
    signal_trigger: [],
    template_open: [],
    random_open: [],
  };
  let share = 0;
  for (const history of historiesOf(walk, sessions)) {
    for (const { entry, place } of ofShare.get(share) ?? []) {
      found[entry.cohort][place] = measure(entry, history, sessions, benchmarks);
    }
    share += 1;
  }
  return found;
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
  const entries = measured(x, walk);
  const sample = sampleOf(x, walk);
  const first = walk.from === null ? undefined : x.sessions[walk.from];
  const last = x.sessions.at(-1);
  const signals = [...entries.signal_open, ...entries.signal_trigger];
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
    cohorts: COHORTS.map((cohort) => cohortOf(cohort, walk.fates[cohort], entries[cohort])),
    differences: differencesOf(entries, x.seed),
    entries: signals.map((one) => entryRow(one, x.sessions)),
    limits:
      first === undefined || last === undefined
        ? ["Too few bars: no session could be judged."]
        : limitsOf({
            sample,
            version: x.params.version,
            judged: { exchanges, first, last },
            months: new Set(signals.map(({ month }) => month)).size,
            withInstruments: x.listings.some(({ instrument }) => instrument !== null),
            madeUp,
            notes,
          }),
  };
}
