/** Where a signal stands in the list that is flipped through, and which signals are beside it. */
import type { Accessor } from "solid-js";

export interface FlipPlace {
  /** From 1; `null` for a signal that the list does not hold. */
  readonly position: number | null;
  readonly count: number;
  readonly previous: string | null;
  /** Of a signal outside of the list the first one. */
  readonly next: string | null;
}

export function placeIn(ids: readonly string[], id: string | null): FlipPlace {
  const at = id === null ? -1 : ids.indexOf(id);
  return {
    position: at === -1 ? null : at + 1,
    count: ids.length,
    previous: at === -1 ? null : (ids[at - 1] ?? null),
    next: ids[at + 1] ?? null,
  };
}

/** Signals to fetch ahead, the likeliest first: readers go on more often than back. */
export function aheadOf(ids: readonly string[], id: string): readonly string[] {
  const at = ids.indexOf(id);
  return [at + 1, at - 1, at + 2].flatMap((i) => (at === -1 && i !== 0 ? [] : (ids[i] ?? [])));
}

/** What is flipped through, on a page or beside the list. */
export interface Flip {
  /** The signal that is shown; `null` for none. */
  readonly id: Accessor<string | null>;
  readonly ids: Accessor<readonly string[]>;
  readonly place: Accessor<FlipPlace>;
  /** Counts the steps, so that each is spoken once. */
  readonly steps: Accessor<number>;
  /** To the next signal or back; `false` where there is none. */
  readonly step: (by: 1 | -1) => boolean;
}
