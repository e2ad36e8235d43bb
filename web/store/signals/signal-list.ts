/** The active signals as one immutable list, and what a message of `signal:vcp` does to it. */
import type { SignalsBody } from "../../../worker/protocol/rest/signal-list.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { SignalUpdate } from "../../../worker/protocol/messages/signal-update.ts";

export interface SignalList {
  readonly rows: ReadonlyMap<string, SignalRow>;
  /** Active signals in all, listed here or not. */
  readonly count: number;
  /** The server's time of the list, ISO 8601. */
  readonly at: string;
  /** Every active signal is here: what is not listed does not exist. */
  readonly isComplete: boolean;
}

/** One page of REST is complete only when no page follows. */
export function listOfBody({ signals, count, generated_at, next_cursor }: SignalsBody): SignalList {
  return { rows: byId(signals), count, at: generated_at, isComplete: next_cursor === null };
}

/** Upserts are whole rows; a snapshot replaces; a removed id that is not here is nothing. */
export function applyUpdate(list: SignalList | null, update: SignalUpdate): SignalList {
  const { signals, removed, count, timestamp, omitted } = update.data;
  if (update.snapshot === true || list === null) {
    const isComplete = update.snapshot === true && (omitted ?? 0) === 0;
    return { rows: byId(signals), count, at: timestamp, isComplete };
  }
  const rows = new Map(list.rows);
  for (const row of signals) {
    rows.set(row.id, row);
  }
  for (const id of removed) {
    rows.delete(id);
  }
  return { rows, count, at: timestamp, isComplete: list.isComplete };
}

function byId(rows: readonly SignalRow[]): ReadonlyMap<string, SignalRow> {
  return new Map(rows.map((row) => [row.id, row]));
}
