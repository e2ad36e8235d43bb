/** `/study`: the historical study that a deployment makes of the bars it holds, and where the next one stands. */
import * as v from "valibot";
import { ExchangeName, KstTime, SessionDate } from "../vocabulary.ts";
import { StudyReport } from "./study-report.ts";

/** Where the studies of an exchange stand. */
export const StudyStatus = v.object({
  exchange: ExchangeName,
  /** One begins within seconds. */
  is_due: v.boolean(),
  /** The one that goes on: the last session of its bars, and the share that is done. */
  running: v.nullable(
    v.object({
      as_of: SessionDate,
      started_at: KstTime,
      done: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    }),
  ),
  /** The last one that ended. */
  made: v.nullable(
    v.object({
      as_of: SessionDate,
      params_version: v.string(),
      started_at: KstTime,
      ended_at: KstTime,
    }),
  ),
  /** Why the last one was given up; the next scan begins another. `bars_changed`: rows of its sessions came or left. */
  stopped: v.nullable(
    v.object({ at: KstTime, reason: v.picklist(["bars_changed", "failed", "interrupted"]) }),
  ),
  generated_at: KstTime,
});
export type StudyStatus = v.InferOutput<typeof StudyStatus>;

/** The report of `npm run study` without its entries and its parameters. */
export const StudySummary = v.omit(StudyReport, ["entries", "params"]);
export type StudySummary = v.InferOutput<typeof StudySummary>;

/** `report` is `null` before the first study has ended. */
export const StudyBody = v.object({ ...StudyStatus.entries, report: v.nullable(StudySummary) });
export type StudyBody = v.InferOutput<typeof StudyBody>;
