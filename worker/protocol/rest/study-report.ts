/**
 * The walk-forward study as a file (EV1): every figure with its number of cases, and all that is needed to judge it.
 * Changes are fractions (0.05 is 5 %), `r` multiples of the risk taken; a figure of fewer than 30 cases is `null` (EV3).
 */
import * as v from "valibot";
import { Count, ExchangeName, Figure, GradeName, listOf, MarketName, SessionDate } from "../vocabulary.ts";

const CohortName = v.picklist(["signal_open", "signal_trigger", "template_open", "random_open"]);
const HorizonName = v.picklist(["5", "10", "20", "60"]);
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** One value of each horizon; an object, because a record of named keys has no form in a JSON schema. */
function byHorizon<T extends v.GenericSchema>(
  schema: T,
): v.ObjectSchema<{ readonly 5: T; readonly 10: T; readonly 20: T; readonly 60: T }, undefined> {
  return v.object({ 5: schema, 10: schema, 20: schema, 60: schema });
}

/** `low` and `high`: 95 % interval of the mean, clustered by month; `null` also with a single month. */
export const StudyFigure = v.object({
  n: Count,
  months: Count,
  mean: v.nullable(Figure),
  median: v.nullable(Figure),
  win: v.nullable(Share),
  /** Mean without the five best cases. */
  without_best: v.nullable(Figure),
  low: v.nullable(Figure),
  high: v.nullable(Figure),
});
export type StudyFigure = v.InferOutput<typeof StudyFigure>;

/** The same entries in several units: change, multiples of the risk, and against two baselines. */
export const StudyMeasures = v.object({
  change: StudyFigure,
  r: StudyFigure,
  excess_universe: StudyFigure,
  excess_index: StudyFigure,
  /** MFE and MAE. */
  best: StudyFigure,
  worst: StudyFigure,
});
export type StudyMeasures = v.InferOutput<typeof StudyMeasures>;

/** `decided` entries have touched stop or target, or neither within 60 sessions; shares are of them. */
export const StudyTouch = v.object({
  decided: Count,
  open: Count,
  stop: v.nullable(Share),
  target: v.nullable(Share),
  none: v.nullable(Share),
  /** Result of leaving at the first touch or after 60 sessions, in R. */
  r: StudyFigure,
});
export type StudyTouch = v.InferOutput<typeof StudyTouch>;

/** Entries that share one property. */
export const StudyGroup = v.object({
  by: v.picklist(["all", "grade", "contractions", "year", "gate"]),
  key: v.string(),
  entries: Count,
  horizons: byHorizon(StudyMeasures),
  touch: StudyTouch,
});
export type StudyGroup = v.InferOutput<typeof StudyGroup>;

/** One way to enter. `occasions` includes those where an order got nothing. */
export const StudyCohort = v.object({
  cohort: CohortName,
  occasions: Count,
  entries: Count,
  /** Occasions without an entry, by reason; `waiting`: the bars end before it is known. */
  refused: v.record(v.string(), Count),
  groups: listOf(StudyGroup),
});
export type StudyCohort = v.InferOutput<typeof StudyCohort>;

/** Mean excess over the eligible universe of one cohort less that of a baseline. */
export const StudyDifference = v.object({
  cohort: CohortName,
  baseline: CohortName,
  horizon: HorizonName,
  n: Count,
  baseline_n: Count,
  months: Count,
  mean: v.nullable(Figure),
  low: v.nullable(Figure),
  high: v.nullable(Figure),
});
export type StudyDifference = v.InferOutput<typeof StudyDifference>;

/** One entry of a signal; baselines have their figures only. */
export const StudyEntry = v.object({
  cohort: CohortName,
  signal_id: v.string(),
  ticker: v.string(),
  market: v.nullable(MarketName),
  listed_on: SessionDate,
  entered_on: SessionDate,
  grade: v.nullable(GradeName),
  contractions: v.nullable(Count),
  gate: v.picklist(["GREEN", "YELLOW", "RED", "UNKNOWN"]),
  price: Figure,
  stop: Figure,
  target: Figure,
  /** Change over each horizon; `null` while sessions are missing. */
  change: byHorizon(v.nullable(Figure)),
  touch: v.nullable(v.picklist(["stop", "target", "none"])),
});
export type StudyEntry = v.InferOutput<typeof StudyEntry>;

/** What the limits and the first line of a report rest on, for whoever states them in another language. */
export const StudyGrounds = v.object({
  /** Of signals over the baselines: too few cases for a statement, none significant, or at least one. */
  edge: v.picklist(["too_few", "none", "somewhere"]),
  /** Bars that were looked at while thresholds were chosen, and are judged again (EV1j). */
  in_sample: listOf(v.object({ exchange: ExchangeName, from: SessionDate, to: SessionDate })),
  /** Months with an entry of a signal. */
  signal_months: Count,
  with_instruments: v.boolean(),
  made_up: v.boolean(),
});
export type StudyGrounds = v.InferOutput<typeof StudyGrounds>;

/** The file as a whole. */
export const StudyReport = v.object({
  schema: v.literal("vcp-study-1"),
  params_version: v.string(),
  /** The whole parameter object, as it was run. */
  params: v.record(v.string(), v.unknown()),
  seed: Count,
  resamples: Count,
  /** Sets of parameters that were tried until this one, all versions of the law counted (EV1k). */
  trials: Count,
  /** Sessions are those on which some ticker has a row (EV1i). */
  sample: v.object({
    tickers: Count,
    first_session: v.nullable(SessionDate),
    last_session: v.nullable(SessionDate),
    sessions: Count,
    judged_from: v.nullable(SessionDate),
    judged_sessions: Count,
    mean_eligible: v.nullable(Figure),
    /** Tickers whose rows end before the last session. */
    ended_early: Count,
  }),
  cohorts: listOf(StudyCohort),
  differences: listOf(StudyDifference),
  entries: listOf(StudyEntry),
  /** What the figures do not show, in sentences. */
  limits: listOf(v.string()),
  grounds: StudyGrounds,
});
export type StudyReport = v.InferOutput<typeof StudyReport>;
