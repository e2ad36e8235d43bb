/** What follows from a run's own numbers. */
import { FINDING_KINDS } from "../../../worker/core/session/finding.ts";
import type { RunBody, ScanStatus } from "../../../worker/protocol/rest/scan-run.ts";

/** The scan that the lists are of: a row of a step, or a scan without a new session, has judged nothing. */
export function judgedRun(status: ScanStatus | null): RunBody | null {
  return status?.last_done ?? status?.last_run ?? null;
}

/** `null` while it runs. */
export function tookSeconds({ started_at, finished_at }: RunBody): number | null {
  return finished_at === null ? null : (Date.parse(finished_at) - Date.parse(started_at)) / 1_000;
}

/** UI45: why the scan that would be the newest is missing, as its run states it; `null` when the last run is no skipped one or had nothing to scan. */
export function missingScan(run: RunBody | null): string | null {
  const code = run?.reason?.split(":", 1)[0];
  return run?.status === "skipped" && FINDING_KINDS.some((kind) => kind === code) ? run.reason : null;
}

/** A bar of the rejects by rule. */
export interface Reject {
  readonly rule: string;
  readonly count: number;
  /** Of the most frequent rule's count, a fraction. */
  readonly share: number;
}

/** The most frequent first; equals by rule. */
export function rejectsOf(rejects: RunBody["rejects"]): readonly Reject[] {
  const entries = Object.entries(rejects ?? {});
  const most = Math.max(1, ...entries.map(([, count]) => count));
  return entries
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([rule, count]) => ({ rule, count, share: count / most }));
}
