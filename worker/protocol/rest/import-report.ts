/** What an import did: every row of the file is either accepted or counted under the reason of its refusal. */
import * as v from "valibot";
import { Count, ExchangeName, listOf, SessionDate } from "../vocabulary.ts";

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
  first_day: v.nullable(SessionDate),
  last_day: v.nullable(SessionDate),
});
export type ImportReportBody = v.InferOutput<typeof ImportReportBody>;

/** Where a chunked import stands. */
export const ImportPosition = v.object({ exchange: ExchangeName, import: v.string(), next_chunk: Count });
export type ImportPosition = v.InferOutput<typeof ImportPosition>;
