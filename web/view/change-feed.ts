/**
 * What changed since the last scan, from both who know it: the scan's own diff, and what has moved live since. The live word
 * is the later one, so it wins; of the scan's ids only the kind is known, the rest is asked for.
 */
import type { RunBody } from "../../worker/protocol/run.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { SignalChange } from "../store/signal-changes.ts";

type Diff = NonNullable<RunBody["diff"]>;

export interface Change {
  readonly kind: SignalChange["kind"];
  readonly id: string;
  /** Live changes know the states; for the scan's own `null`. */
  readonly before: SignalRow["state"] | null;
  readonly after: SignalRow["state"] | null;
}

export interface ChangeCounts {
  readonly born: number;
  readonly moved: number;
  readonly ended: number;
}

const KINDS = ["born", "moved", "ended"] as const;

/** The latest first; of the scan's own first what ended or moved, because that asks for a decision, then the newly born. */
export function mergeChanges(diff: Diff | null, live: readonly SignalChange[]): readonly Change[] {
  const changes = live.toReversed().map(({ kind, id, before, after }) => ({ kind, id, before, after }));
  const known = new Set(changes.map(({ id }) => id));
  const ofScan = (["moved", "ended", "born"] as const).flatMap((kind) =>
    (diff?.[kind] ?? [])
      .filter((id) => !known.has(id))
      .map((id) => ({ kind, id, before: null, after: null })),
  );
  return [...changes, ...ofScan];
}

export function countKinds(changes: readonly Change[]): ChangeCounts {
  const [born = 0, moved = 0, ended = 0] = KINDS.map(
    (kind) => changes.filter((change) => change.kind === kind).length,
  );
  return { born, moved, ended };
}

/** Whether there is anything new to say; a new scan that begins its count at nothing is not. */
export function changedSince(told: ChangeCounts, now: ChangeCounts): boolean {
  return now.born + now.moved + now.ended > 0 && KINDS.some((kind) => told[kind] !== now[kind]);
}

/** `005930.20250210.20250415`: of a signal that nobody can tell more of, the id still says the ticker. */
export function tickerOf(id: string): string {
  return id.split(".")[0] ?? id;
}
