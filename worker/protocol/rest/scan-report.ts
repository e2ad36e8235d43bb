/** What a scan found, verdict by verdict: as `npm run scan -- --json` writes it, and as the route answers that runs one. */
import * as v from "valibot";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { encodeVerdict, VerdictBody } from "../verdict.ts";
import { Count, ExchangeName, KstTime, listOf, SessionDate } from "../vocabulary.ts";

/** One line, the same bytes for the same files and options. Strict, because scripts compare its bytes. */
export const ScanReport = v.strictObject({
  as_of: SessionDate,
  params_version: v.string(),
  /** Tickers that passed each stage, each within the one before (SN2). */
  funnel: v.strictObject({ universe: Count, eligible: Count, template: Count, base: Count, detected: Count }),
  /** The detected that the options let through, best score first, then by ticker. */
  results: listOf(VerdictBody),
  /** With `--all`: every ticker, in ticker order. */
  all: v.optional(listOf(VerdictBody)),
});
export type ScanReport = v.InferOutput<typeof ScanReport>;

/** `shown` becomes `results`; with `all` every verdict of the scan follows, in ticker order. */
export function encodeScanReport(
  { asOf, paramsVersion, funnel, verdicts }: ScanResult,
  shown: readonly Verdict[],
  all: boolean,
): ScanReport {
  return {
    as_of: formatTradingDay(asOf),
    params_version: paramsVersion,
    funnel,
    results: shown.map(encodeVerdict),
    ...(all && { all: verdicts.map(encodeVerdict) }),
  };
}

/** The answer to POST `/scan`. `count` is the length of `results`; `saved` counts the signals that the run wrote. */
export const ScanAnswer = v.object({
  exchange: ExchangeName,
  results: listOf(VerdictBody),
  count: Count,
  scanned_at: KstTime,
  saved: Count,
  run_id: v.string(),
});
export type ScanAnswer = v.InferOutput<typeof ScanAnswer>;
