/** What leaves the stores after its time, so that they stop growing while nobody looks after them (decision 028). */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

export interface RetentionBounds {
  /** Messages that were published before this time leave; milliseconds since the epoch. */
  readonly publishedBefore: number;
  /** The newest published messages of each topic that stay. */
  readonly messagesKept: number;
  /** Actions of the owner that began before this time leave; milliseconds since the epoch. */
  readonly actionsBefore: number;
  /** Sessions from this day on can be judged again; what only earlier ones need leaves. `null` keeps every version. */
  readonly versionsBefore: TradingDay | null;
  /** `null` where the record of scans stays whole. */
  readonly record: RecordBounds | null;
}

export interface RecordBounds {
  /** Runs and gates of earlier sessions leave, and signals that ended before it, with their events and outcomes. */
  readonly firstSession: TradingDay;
  /** The newest runs that stay: a run that fails again and again has no session. */
  readonly runsKept: number;
}

/** Rows that were deleted, by kind. */
export interface Pruned {
  readonly messages: number;
  readonly actions: number;
  readonly runs: number;
  readonly gates: number;
  readonly signals: number;
  readonly events: number;
  readonly outcomes: number;
  /** Of signals, as they stood after a session. */
  readonly versions: number;
}

export interface PruneResult {
  readonly deleted: Pruned;
  /** Rows beyond the bounds are left for the next call. */
  readonly more: boolean;
}

export interface Retention {
  /** One batch, and at most `limit` rows of each kind; a signal leaves with all its events and outcomes. Idempotent. */
  prune(exchange: Exchange, bounds: RetentionBounds, limit: number): Promise<PruneResult>;
  /** One batch: the whole record of the exchange leaves, its master included; of others, and of the owner, nothing. */
  empty(exchange: Exchange): Promise<void>;
}
