/** What has happened to the signals since the last scan: who came, who moved and who went, with the state before and after. */
import type { SignalRow } from "../../../worker/protocol/signal-row.ts";
import type { SignalList } from "./signal-list.ts";

export interface SignalChange {
  readonly kind: "born" | "moved" | "ended";
  readonly id: string;
  readonly ticker: string;
  readonly name: string;
  /** `null`: it was not there. */
  readonly before: SignalRow["state"] | null;
  /** `null`: it has left the active list; its history knows how. */
  readonly after: SignalRow["state"] | null;
  /** When the last part of the change was published, ISO 8601. */
  readonly at: string;
}

export interface SignalChanges {
  /** The scan since which is counted; `null` before the first that was heard of. */
  readonly runId: string | null;
  /** One a signal, in the order of their last movement. */
  readonly byId: ReadonlyMap<string, SignalChange>;
}

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
