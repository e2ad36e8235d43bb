/** The log of what can be told, as its readers see it: each has a position of its own, and reads on from there. */
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

/** Positions grow in the order of saving, over all exchanges, and none is given twice. */
export interface LoggedAlert {
  readonly position: number;
  readonly event: AlertEvent;
}

/** A row that this program cannot read: one of another version, or one that was damaged. Its reader goes on behind it. */
export interface UnreadAlert {
  readonly position: number;
  readonly event: null;
  readonly fault: string;
}

/** Rejects with a `NeighbourError` when the database is out of reach. */
export interface AlertLog {
  /** In one write; an event whose id stands already is not written again. What moved a signal is not written here but with its save. */
  append(events: readonly AlertEvent[]): Promise<void>;
  /** Oldest first, those after the position, at most `limit`; of every exchange without one. */
  after(
    position: number,
    limit: number,
    exchange?: Exchange,
  ): Promise<readonly (LoggedAlert | UnreadAlert)[]>;
  /** The newest of an exchange, oldest first, at most `limit`; rows that cannot be read are left out. */
  newest(exchange: Exchange, limit: number): Promise<readonly LoggedAlert[]>;
  /** No event that stands has a later position; 0 without one. */
  last(): Promise<number>;
}
