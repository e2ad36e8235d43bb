/** CR3: what a correction must write of each signal, so that only what differs is taken back and logged anew. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { isOpen, type Signal, type SignalEvent } from "../../core/lifecycle/signal.ts";
import type { EventPlace } from "../ports/correction-ledger.ts";
import type { RunDiff, StoredEvent, StoredSignal } from "../ports/scan-ledger.ts";

/** One signal before and after its sessions were judged again. */
export interface JudgedAgain {
  /** The row that stands; `null` for a signal that nobody knew, or that an earlier correction took back. */
  readonly before: Signal | null;
  /** Its newest version: the row without what prices have moved since the last scan. */
  readonly scanned: Signal | null;
  /** `null` when it was never born on the rows of today. */
  readonly after: Signal | null;
  /** Events since the restored evening that count, by `seq`. */
  readonly logged: readonly StoredEvent[];
  readonly events: readonly SignalEvent[];
  /** Events in its log, superseded ones included. */
  readonly count: number;
  /** The last session that was judged again. */
  readonly last: TradingDay | null;
}

/** What becomes of one signal. */
export interface Rewriting {
  readonly kind: "born" | "ended" | "corrected";
  readonly signal: Signal;
  readonly isWithdrawn: boolean;
  readonly superseded: readonly EventPlace[];
  readonly events: readonly SignalEvent[];
}

/** `null` when the signal and its log stand as they should: then prices of a running session keep what they moved. */
export function rewrite(x: JudgedAgain): Rewriting | null {
  const shared = sharedEvents(x.logged, x.events);
  const rest = x.logged.slice(shared);
  const superseded = rest.map(({ signalId, seq }) => ({ signalId, seq }));
  if (x.after === null) {
    return (
      x.before && { kind: "ended", signal: withdrawn(x.before), isWithdrawn: true, superseded, events: [] }
    );
  }
  if (shared === x.events.length && isStanding(x.after, x, rest)) {
    return null;
  }
  const events = x.events.slice(shared).map((event, i) => ({ ...event, seq: x.count + i + 1 }));
  return { kind: kindOf(x.before, x.after), signal: x.after, isWithdrawn: false, superseded, events };
}

/** `rest`: what the log has beyond the events that were found again; only a session that is not judged yet may have written it. */
function isStanding(
  after: Signal,
  { before, scanned, last }: JudgedAgain,
  rest: readonly StoredEvent[],
): boolean {
  if (rest.length === 0 && isSame(before, after)) {
    return true;
  }
  const isLater = rest.every(({ day }) => last !== null && day > last);
  return before !== null && isLater && isSame(scanned, after);
}

function kindOf(before: Signal | null, after: Signal): Rewriting["kind"] {
  if (before === null) {
    return isOpen(after.state) ? "born" : "corrected";
  }
  return isOpen(before.state) && !isOpen(after.state) ? "ended" : "corrected";
}

/** It stands in no list; its page shows why. */
function withdrawn(signal: Signal): Signal {
  return {
    ...signal,
    state: "EXPIRED",
    prev: null,
    endedOn: signal.endedOn ?? signal.bornOn,
    reason: "withdrawn",
  };
}

function sharedEvents(logged: readonly StoredEvent[], events: readonly SignalEvent[]): number {
  const differs = events.findIndex((event, i) => {
    const stored = logged[i];
    return stored === undefined || factsOf(stored) !== factsOf(event);
  });
  return differs < 0 ? events.length : differs;
}

function factsOf({ day, from, to, reason, values }: SignalEvent): string {
  return canonical({ day, from, to, reason, values });
}

function isSame(a: Signal | null, b: Signal): boolean {
  return a !== null && canonical(a) === canonical(b);
}

/** Equal texts mean equal values, in whatever order their fields were written. */
function canonical(value: object): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** JB3 of a correction: each signal once. */
export function diffOfCorrection(rewritings: readonly Rewriting[]): RunDiff {
  const ids = (kind: Rewriting["kind"]): readonly string[] =>
    rewritings.filter((one) => one.kind === kind).map(({ signal }) => signal.id);
  return { born: ids("born"), revised: [], moved: [], ended: ids("ended"), corrected: ids("corrected") };
}

/** Entered on or after a day, before or after the correction: its outcome belongs to rows that are gone. */
export function isReentered(one: Rewriting, before: Signal | null, from: TradingDay): boolean {
  return [before, one.signal].some(
    (signal) =>
      signal !== null && signal.triggeredOn !== null && Math.max(signal.triggeredOn, signal.bornOn) >= from,
  );
}

/** Every row that stands after the correction, and is open. */
export function countOpen(stored: readonly StoredSignal[], rewritings: readonly Rewriting[]): number {
  const rewritten = new Set(rewritings.map(({ signal }) => signal.id));
  const standing = stored.filter(({ signal }) => !rewritten.has(signal.id)).map(({ signal }) => signal);
  return [...standing, ...rewritings.map(({ signal }) => signal)].filter(({ state }) => isOpen(state)).length;
}
