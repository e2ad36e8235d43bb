/** The signals behind a row of `/performance` and of `/study`: each with what it was bought at and what became of it. */
import * as v from "valibot";
import { LatinName } from "../latin-name.ts";
import { Count, ExchangeName, Figure, GradeName, KstTime, listOf, SessionDate } from "../vocabulary.ts";
import { StudyEntry } from "./study-report.ts";

const HorizonDays = v.picklist([5, 10, 20, 60]);

/** What both lists state of their row. */
const ROW = {
  exchange: ExchangeName,
  params_version: v.nullable(v.string()),
  /** The last session whose bars are in it; `null` before the first measuring. */
  as_of: v.nullable(SessionDate),
  key: v.string(),
  /** Sessions held, that of the entry counted. */
  horizon: HorizonDays,
  /** All of the row, on this page or not; `closed`: those whose horizon has closed. */
  count: Count,
  closed: Count,
  /** `null` on the last page. */
  next_cursor: v.nullable(v.string()),
  generated_at: KstTime,
} as const;

const GateName = v.picklist(["GREEN", "YELLOW", "RED", "UNKNOWN"]);

/** One signal of this deployment over one horizon; per cent of the entry. */
export const PerformanceSignal = v.object({
  signal_id: v.string(),
  ticker: v.string(),
  name: v.string(),
  ...LatinName,
  entered_on: SessionDate,
  /** As listed before the trigger. */
  grade: GradeName,
  contractions: Count,
  /** Of the evening before the entry. */
  gate: GateName,
  fill: v.picklist(["filled", "late", "untouched", "locked", "beyond_zone"]),
  /** `null` unless filled. */
  entry: v.nullable(Figure),
  stop: v.nullable(Figure),
  /** `null` while the horizon is open, and always unless filled. */
  result: v.nullable(
    v.object({
      change_pct: Figure,
      r: Figure,
      best_pct: Figure,
      worst_pct: Figure,
      /** The first of stop and target (2R) within the horizon. */
      touch: v.picklist(["stop", "target", "none"]),
      baseline_pct: v.nullable(Figure),
    }),
  ),
});
export type PerformanceSignal = v.InferOutput<typeof PerformanceSignal>;

/** `/performance/signals`, the latest entry first. */
export const PerformanceSignalsBody = v.object({
  ...ROW,
  by: v.picklist(["all", "grade", "contractions", "gate", "fill"]),
  /** As in the row: `null` below its least number of cases. */
  mean_pct: v.nullable(Figure),
  signals: listOf(PerformanceSignal),
});
export type PerformanceSignalsBody = v.InferOutput<typeof PerformanceSignalsBody>;

/** One entry of the study with the names of its share. */
export const StudyEntryRow = v.object({ ...StudyEntry.entries, name: v.string(), ...LatinName });
export type StudyEntryRow = v.InferOutput<typeof StudyEntryRow>;

/** `/study/entries`, the latest entry first; changes are fractions, as in the report. */
export const StudyEntriesBody = v.object({
  ...ROW,
  cohort: v.picklist(["signal_open", "signal_trigger"]),
  by: v.picklist(["all", "grade", "contractions", "year", "gate"]),
  /** As in the row: `null` below 30. */
  mean: v.nullable(Figure),
  entries: listOf(StudyEntryRow),
});
export type StudyEntriesBody = v.InferOutput<typeof StudyEntriesBody>;
