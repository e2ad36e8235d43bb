/** How many signals changed in which way, for one line of the page and for one sentence that is spoken. */
import type { Change } from "./change-feed.ts";

/** The short form, for a folded card. */
export type ChangeCounts = Readonly<Record<Change["kind"], number>>;

const KINDS = ["born", "moved", "ended", "corrected", "left"] as const;

/** Every kind has its count, also 0. */
export function countKinds(changes: readonly Pick<Change, "kind">[]): ChangeCounts {
  const of = (kind: Change["kind"]): number => changes.filter((change) => change.kind === kind).length;
  return {
    born: of("born"),
    moved: of("moved"),
    ended: of("ended"),
    corrected: of("corrected"),
    left: of("left"),
  };
}

/** Whether there is a change to announce; a new scan that begins its count at nothing is none. */
export function changedSince(before: ChangeCounts, now: ChangeCounts): boolean {
  return KINDS.some((kind) => now[kind] > 0) && KINDS.some((kind) => before[kind] !== now[kind]);
}
