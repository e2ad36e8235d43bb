/** A run at its beginning: its id and its row. */
import type { RunRequest } from "../../app/ports/market-book.ts";
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";

/** `at` in milliseconds since the epoch. */
export function idOfRun(exchange: Exchange, at: number): string {
  return `${exchange.toLowerCase()}-${at.toString(36)}`;
}

/** The row before anything is known of its session. */
export function newRun(
  id: string,
  { kind, market, topN, minScore, accept }: RunRequest,
  exchange: Exchange,
  startedAt: number,
): ScanRun {
  return {
    id,
    exchange,
    kind,
    status: "running",
    asOf: null,
    paramsVersion: PARAMS.version,
    startedAt,
    finishedAt: null,
    request: { market, topN, minScore, accept },
    funnel: null,
    rejects: null,
    diff: null,
    saved: 0,
    reason: null,
  };
}
