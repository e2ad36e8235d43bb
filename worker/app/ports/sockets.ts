/** What is counted of the sockets, as the routes see it. */

/** What one object behind a door holds. */
export interface HubLoad {
  readonly connections: number;
  readonly subscriptions: Readonly<Record<string, number>>;
  /** Milliseconds since its birth; `null`: a stream's own door, which is no gateway. */
  readonly uptimeMs: number | null;
}
