/** What the owner's routes answer about wrong rows: what was taken out, what is due to be judged again, and what became of it. */
import * as v from "valibot";
import { Count, ExchangeName, listOf, SessionDate } from "../vocabulary.ts";
import { RunBody } from "./scan-run.ts";

/** Rows of one day, of one ticker or index or of all. */
export const RemovalBody = v.object({
  exchange: ExchangeName,
  day: SessionDate,
  /** `null`: every share and index. */
  ticker: v.nullable(v.string()),
  rows: Count,
  index_rows: Count,
  /** `false` where they would be taken out, or where there are none. */
  removed: v.boolean(),
});
export type RemovalBody = v.InferOutput<typeof RemovalBody>;

/** Nothing is left of the exchange. */
export const EmptiedBody = v.object({ exchange: ExchangeName, emptied: v.literal(true) });
export type EmptiedBody = v.InferOutput<typeof EmptiedBody>;

/** Changes that are too old to be judged again by themselves. */
const LeftBody = v.object({
  first_day: SessionDate,
  days: Count,
  /** The first day from which sessions can be judged again when it is asked for; `null` when none can. */
  possible_from: v.nullable(SessionDate),
});

/** What the rows of a book ask for. */
export const DueBody = v.object({
  exchange: ExchangeName,
  due: v.nullable(v.object({ from: SessionDate, sessions: listOf(SessionDate) })),
  left: v.nullable(LeftBody),
});
export type DueBody = v.InferOutput<typeof DueBody>;

/** `run` is `null` when there was nothing to judge again. */
export const CorrectionAnswer = v.object({
  exchange: ExchangeName,
  run: v.nullable(RunBody),
  left: v.nullable(LeftBody),
});
export type CorrectionAnswer = v.InferOutput<typeof CorrectionAnswer>;
