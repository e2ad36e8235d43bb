/** The active signals as one immutable list, what a message of `signal:vcp` does to it, and what has changed since the last scan. */
import type { SignalUpdate } from "../../../worker/protocol/messages/stream-update.ts";
import type { SignalsBody } from "../../../worker/protocol/rest/signal-list.ts";
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";

/** What became of one signal since the last scan, however many messages it took. */
export interface SignalChange {
  readonly kind: "born" | "moved" | "ended";
  readonly id: string;
  readonly ticker: string;
  readonly name: string;
  /** `null`: the signal is new. */
  readonly before: SignalRow["state"] | null;
  /** `null`: the signal has left the active list; its history has the reason. */
  readonly after: SignalRow["state"] | null;
  /** When the last part of the change was published, ISO 8601. */
  readonly at: string;
}

/** The changes of one run, and of the session after it. */
export interface SignalChanges {
  /** The scan since which is counted; `null` before the first that a message named. */
  readonly runId: string | null;
  /** One a signal, in the order of their last movement. */
  readonly byId: ReadonlyMap<string, SignalChange>;
}

/** Before the first message. */
export const NO_CHANGES: SignalChanges = { runId: null, byId: new Map() };

/**
 * The changes after `before` has become `after`. A new run begins a new count; a change between scans (`runId` null) adds to
 * it. Without a complete list before, a new signal cannot be known from an unlisted one: then nothing is counted.
 */
export function countChanges(
  changes: SignalChanges,
  before: SignalList | null,
  after: SignalList,
  runId: string | null,
): SignalChanges {
  const isNewRun = runId !== null && runId !== changes.runId;
  const byId = new Map(isNewRun ? [] : changes.byId);
  if (before !== null) {
    for (const row of after.rows.values()) {
      note(byId, before.rows.get(row.id) ?? null, row, before.isComplete, after.at);
    }
    for (const row of before.rows.values()) {
      if (!after.rows.has(row.id)) {
        end(byId, row, after.at);
      }
    }
  }
  return { runId: runId ?? changes.runId, byId };
}

/** Several movements of one signal are one change from the first state to the last; back where it was is none. */
function note(
  byId: Map<string, SignalChange>,
  before: SignalRow | null,
  after: SignalRow,
  isComparable: boolean,
  at: string,
): void {
  const { id, ticker, name, state } = after;
  if (before?.state === state || (before === null && !isComparable)) {
    return;
  }
  const earlier = byId.get(id);
  const from = earlier === undefined ? (before?.state ?? null) : earlier.before;
  byId.delete(id);
  if (from !== state) {
    byId.set(id, {
      kind: from === null ? "born" : "moved",
      id,
      ticker,
      name,
      before: from,
      after: state,
      at,
    });
  }
}

function end(byId: Map<string, SignalChange>, { id, ticker, name, state }: SignalRow, at: string): void {
  const earlier = byId.get(id);
  const before = earlier === undefined ? state : (earlier.before ?? state);
  byId.delete(id);
  byId.set(id, { kind: "ended", id, ticker, name, before, after: null, at });
}

/** The active list, as REST and the stream make it. */
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
  return { rows: rowsById(signals), count, at: generated_at, isComplete: next_cursor === null };
}

/** Upserts are whole rows; a snapshot replaces; a removed id that is not listed changes nothing. */
export function applyUpdate(list: SignalList | null, update: SignalUpdate): SignalList {
  const { signals, removed, count, timestamp, omitted } = update.data;
  if (update.snapshot === true || list === null) {
    const isComplete = update.snapshot === true && (omitted ?? 0) === 0;
    return { rows: rowsById(signals), count, at: timestamp, isComplete };
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

function rowsById(rows: readonly SignalRow[]): ReadonlyMap<string, SignalRow> {
  return new Map(rows.map((row) => [row.id, row]));
}
