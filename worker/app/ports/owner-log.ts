/** What the owner did, kept: one entry for each request that changes something. */

/** A request that carried the owner's token and may change something. */
export interface OwnerAction {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** With its query, which never holds a secret; after a blank what {@link OwnerLog.note} added. */
  readonly path: string;
  readonly requestId: string;
  /** The network of the request; `null` when it is not known. */
  readonly network: string | null;
}

/** The action and how it ended. */
export interface RecordedAction extends OwnerAction {
  readonly position: number;
  /** `null` when it did not end, or its end could not be written down. */
  readonly status: number | null;
  readonly endedAt: number | null;
}

/** The record that no action may rewrite. Rejects with a `NeighbourError` when the database is out of reach. */
export interface OwnerLog {
  /** Written before anything is done; resolves with its position, which grows. Old entries leave by the retention. */
  begin(action: OwnerAction): Promise<number>;
  /** Adds to the path what the body asks for beside it, before it is done: a finding that is accepted. */
  note(position: number, text: string): Promise<void>;
  end(position: number, status: number, at: number): Promise<void>;
  /** Newest first. */
  newest(limit: number): Promise<readonly RecordedAction[]>;
}
