/** The sessions of readers that have logged in, so that one can be ended before it expires. No secret is kept: see `http/request/reader-cookie.ts`. */

/** How many there are at most. One more ends the oldest. */
export const MAX_READER_SESSIONS = 32;

/** Times in milliseconds since the epoch. Each call rejects with a `NeighbourError` when the database is out of reach. */
export interface ReaderSessions {
  /** Also forgets what has expired at `at`, and of more than {@link MAX_READER_SESSIONS} the ones that expire first. */
  open(id: string, until: number, at: number): Promise<void>;
  /** Of one that is not open: nothing happens. */
  end(id: string): Promise<void>;
  /** Those of `ids` that are open and have not expired at `at`. */
  living(ids: readonly string[], at: number): Promise<ReadonlySet<string>>;
}
