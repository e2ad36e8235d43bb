/** A stored scan run as the routes show it; not in the protocol, which does not see the stores. */
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import { formatKst } from "../../protocol/kst-time.ts";
import type { RunBody } from "../../protocol/rest/scan-run.ts";
import { formatDay } from "../../protocol/vocabulary.ts";

export function encodeRun(run: ScanRun): RunBody {
  return {
    id: run.id,
    exchange: run.exchange,
    kind: run.kind,
    status: run.status,
    as_of: formatDay(run.asOf),
    params_version: run.paramsVersion,
    started_at: formatKst(run.startedAt),
    finished_at: run.finishedAt === null ? null : formatKst(run.finishedAt),
    request: { market: run.request.market, top_n: run.request.topN, min_score: run.request.minScore },
    funnel: run.funnel,
    rejects: run.rejects === null ? null : { ...run.rejects },
    diff: run.diff,
    saved: run.saved,
    reason: run.reason === null ? null : encodeReason(run.reason),
  };
}

/** The first line: a reason may be the text of an error, and a stack never leaves the program (RT2). */
export function encodeReason(reason: string): string {
  return (reason.split("\n", 1)[0] ?? "").slice(0, 300);
}
