/** What the owner's routes answer: the report of an import, and the log of actions. */
import * as v from "valibot";
import { BackfillFacts } from "./backfill.ts";
import { Count, ExchangeName, FindingName, KstTime, listOf, SessionDate } from "../vocabulary.ts";

/** What an import did: every row of the file is either accepted or counted under the reason of its refusal. */
export const ImportReportBody = v.object({
  exchange: ExchangeName,
  rows: Count,
  accepted: Count,
  added: Count,
  replaced: Count,
  unchanged: Count,
  halted: Count,
  rejected: v.record(v.string(), Count),
  /** The first of the refused rows; `line` counts from 1, the header included. */
  rejects: listOf(
    v.object({ line: Count, key: v.nullable(v.string()), date: v.nullable(v.string()), reason: v.string() }),
  ),
  tickers: Count,
  /** Tickers of accepted rows without an entry in the master; none while the exchange has no master. */
  unlisted: v.optional(listOf(v.string()), []),
  first_day: v.nullable(SessionDate),
  last_day: v.nullable(SessionDate),
});
export type ImportReportBody = v.InferOutput<typeof ImportReportBody>;

/** What a scan of the last session would be refused by (DY4). */
export const FindingsBody = v.object({
  exchange: ExchangeName,
  /** The last session of the bars; `null` without one. */
  day: v.nullable(SessionDate),
  findings: listOf(
    v.object({
      reason: FindingName,
      /** What was found, with its figures, as a sentence in English. */
      text: v.string(),
      remedy: v.string(),
      figures: v.record(v.string(), v.union([v.number(), v.string()])),
    }),
  ),
  /** What the calendar does not know of the session; `null` when it knows it. */
  warning: v.nullable(v.string()),
});
export type FindingsBody = v.InferOutput<typeof FindingsBody>;

/** How far the past of an exchange has been fetched from its vendors. */
export const BackfillBody = v.object({ exchange: ExchangeName, ...BackfillFacts.entries });
export type BackfillBody = v.InferOutput<typeof BackfillBody>;

/** Where a chunked import stands. */
export const ImportPosition = v.object({ exchange: ExchangeName, import: v.string(), next_chunk: Count });
export type ImportPosition = v.InferOutput<typeof ImportPosition>;

/** What the owner did, as the owner may read it. */
export const OwnerActionBody = v.object({
  at: KstTime,
  method: v.string(),
  path: v.string(),
  request_id: v.string(),
  /** The address it came from, of IPv6 its network; `null` when it is not known. */
  network: v.nullable(v.string()),
  /** What was answered; `null` while it is under way, or when it did not come to its end. */
  status: v.nullable(Count),
  ended_at: v.nullable(KstTime),
});
export type OwnerActionBody = v.InferOutput<typeof OwnerActionBody>;

/** Newest first. */
export const OwnerActionsBody = v.object({ actions: listOf(OwnerActionBody), count: Count });
export type OwnerActionsBody = v.InferOutput<typeof OwnerActionsBody>;
