/** What is counted of the sockets, as the routes see it. */
import type { NeighbourFailure } from "./failures.ts";

/** What one object behind a door holds. */
export interface HubLoad {
  readonly connections: number;
  readonly subscriptions: Readonly<Record<string, number>>;
  /** Milliseconds since its birth; `null`: a stream's own door, which is no gateway. */
  readonly uptimeMs: number | null;
  /** The last failure of each neighbour that this object met. */
  readonly failures: readonly NeighbourFailure[];
}
