/**
 * What became of the signals of this deployment (EV3): by grade, contractions and gate, over four horizons. Percentages
 * are numbers of per cent, before fees and taxes; below n = `least_n` a cell has its number and nothing else.
 */
import * as v from "valibot";
import { Count, ExchangeName, Figure, KstTime, listOf, SessionDate } from "../vocabulary.ts";

/** 95 %, from resamples of whole months; `null` with fewer than six months. */
const Interval = v.nullable(v.object({ low: Figure, high: Figure }));

/** Per cent of the entry, `r` in multiples of the risk. */
export const PerformanceFigures = v.object({
  mean_pct: Figure,
  mean_interval_pct: Interval,
  median_pct: Figure,
  /** Share of signals above their entry. */
  win_rate_pct: Figure,
  win_rate_interval_pct: Interval,
  /** In multiples of what was risked. */
  mean_r: Figure,
  /** Medians of the furthest that prices went for and against the entry (MFE, MAE). */
  best_median_pct: Figure,
  worst_median_pct: Figure,
  /** Shares that touched 2R or the stop first within the horizon; both in one session is the stop. */
  target_first_pct: Figure,
  stop_first_pct: Figure,
  /** Mean of the eligible shares over the same sessions, and what the signals had beyond it; `null` below `least_n`. */
  baseline_mean_pct: v.nullable(Figure),
  excess_mean_pct: v.nullable(Figure),
  excess_interval_pct: Interval,
});
export type PerformanceFigures = v.InferOutput<typeof PerformanceFigures>;

/** One group over one horizon. */
export const PerformanceCell = v.object({
  /** Sessions held, that of the entry counted. */
  horizon: v.picklist([5, 10, 20, 60]),
  /** Signals whose horizon has closed; `open`: those whose has not. */
  n: Count,
  open: Count,
  figures: v.nullable(PerformanceFigures),
});
export type PerformanceCell = v.InferOutput<typeof PerformanceCell>;

/** The signals that share one property, over every horizon. */
export const PerformanceGroup = v.object({
  by: v.picklist(["all", "grade", "contractions", "gate"]),
  /** `all`; a grade as listed before the trigger; a number of contractions; the gate of the evening before. */
  key: v.string(),
  horizons: listOf(PerformanceCell),
});
export type PerformanceGroup = v.InferOutput<typeof PerformanceGroup>;

/** `/performance`. `as_of` and `params_version` are `null` before the first measuring. */
export const PerformanceBody = v.object({
  exchange: ExchangeName,
  params_version: v.nullable(v.string()),
  as_of: v.nullable(SessionDate),
  least_n: Count,
  /** Signals that passed their trigger, by what an order there would have got. Only `filled` are measured. */
  signals: v.object({
    filled: Count,
    late: Count,
    untouched: Count,
    locked: Count,
    beyond_zone: Count,
  }),
  groups: listOf(PerformanceGroup),
  generated_at: KstTime,
});
export type PerformanceBody = v.InferOutput<typeof PerformanceBody>;
