/**
 * What changed since the last scan, from what every page can ask for: the scan's own diff, and the rows that a session has
 * moved since. So a page that was just opened and one that was open all day count the same. A signal that ended since is in no
 * list any more: only an open page has seen it, so it is counted apart.
 */
import type { RunBody } from "../../../worker/protocol/rest/scan-run.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { SignalChange } from "../../store/signals/signal-list.ts";

/** One line of what is new. */
export interface Change {
  /** `left`: ended after the scan, while this page was open. */
  readonly kind: "born" | "moved" | "ended" | "corrected" | "left";
  readonly id: string;
}

interface Known {
  /** `null` before it is known. */
  readonly run: Pick<RunBody, "diff" | "started_at" | "finished_at"> | null;
  readonly rows: readonly SignalRow[];
  /** What this page has seen since the scan. */
  readonly seen: readonly SignalChange[];
}

/**
 * Between two scans prices move a signal to TRIGGERED or end it, nothing else (LC rows 6 and 16); another flag alone is no
 * movement.
 */
function movedSince(rows: readonly SignalRow[], at: number): readonly Change[] {
  return rows
    .filter((row) => row.state === "TRIGGERED" && Date.parse(row.updated_at) > at)
    .toSorted((a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => ({ kind: "moved", id }));
}

/**
 * What moved since the scan first, the latest first; then what a correction set right and what the scan ended or moved, because
 * that asks for a decision, then the newly born.
 */
export function changesSince({ run, rows, seen }: Known): readonly Change[] {
  if (run === null) {
    return [];
  }
  const ofScan = (["corrected", "moved", "ended", "born"] as const).flatMap((kind) =>
    (run.diff?.[kind] ?? []).map((id): Change => ({ kind, id })),
  );
  const endedByScan = new Set(run.diff?.ended);
  const left = seen
    .filter(({ kind, id }) => kind === "ended" && !endedByScan.has(id))
    .map(({ id }): Change => ({ kind: "left", id }))
    .toReversed();
  const all = [...left, ...movedSince(rows, Date.parse(run.finished_at ?? run.started_at)), ...ofScan];
  // Each signal once, by its latest change.
  return all.filter(({ id }, i) => all.findIndex((change) => change.id === id) === i);
}

/** `005930.20250210.20250415`: the id holds the ticker also of a signal that is in no list any more. */
export function tickerOf(id: string): string {
  return id.split(".")[0] ?? id;
}
