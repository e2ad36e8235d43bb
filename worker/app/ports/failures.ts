/** What an object remembers of the neighbours that failed it. */
import type { Neighbour } from "./neighbour-error.ts";

/** The last failure of one neighbour. `at` in milliseconds since the epoch, on the clock of the object that met it. */
export interface NeighbourFailure {
  readonly neighbour: Neighbour;
  readonly at: number;
  /** The log's name of what failed, `outbox_drain_failed`. */
  readonly event: string;
  readonly detail: string;
}

/** The newest failure of each neighbour among what several objects remember, by name of the neighbour. */
export function newestFailures(all: readonly NeighbourFailure[]): readonly NeighbourFailure[] {
  const newest = new Map<Neighbour, NeighbourFailure>();
  for (const failure of all) {
    if (failure.at >= (newest.get(failure.neighbour)?.at ?? Number.NEGATIVE_INFINITY)) {
      newest.set(failure.neighbour, failure);
    }
  }
  return Array.from(newest.values()).toSorted((a, b) => (a.neighbour < b.neighbour ? -1 : 1));
}
