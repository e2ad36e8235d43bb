/** The counts of the sockets, as the routes see them. */
import type { NeighbourFailure } from "./failures.ts";

/** The sockets of one object. */
export interface HubLoad {
  readonly connections: number;
  readonly subscriptions: Readonly<Record<string, number>>;
  /** Milliseconds since its birth; `null` for the sockets of a single stream, which has no gateway. */
  readonly uptimeMs: number | null;
  /** The last failure of each neighbour that this object met. */
  readonly failures: readonly NeighbourFailure[];
}
