/** What `npm run scan -- --json` writes: one line, the same bytes for the same files and options. */
import * as v from "valibot";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { encodeVerdict, VerdictBody } from "../verdict.ts";
import { Count, listOf, SessionDate } from "../vocabulary.ts";

/** Strict, because scripts compare its bytes. */
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
