/** From a scan's verdicts to what must be saved: signals, their log, the run's diff and the messages to publish. */
import type { Columns } from "../../core/bars/columns.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange, Instrument } from "../../core/instrument/instrument.ts";
import type { Step } from "../../core/lifecycle/life-event.ts";
import { reconcile } from "../../core/lifecycle/reconcile.ts";
import { lifeSessions } from "../../core/lifecycle/session-events.ts";
import { isOpen, type Signal, type SignalEvent } from "../../core/lifecycle/signal.ts";
import type { Params } from "../../core/params.ts";
import type { ScanResult } from "../../core/scan/scan-result.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import type { RunDiff, StoredSignal } from "../ports/scan-ledger.ts";

interface Settling {
  readonly exchange: Exchange;
  /** Of the whole market, or of any tickers of it: no ticker's signals depend on another's. */
  readonly result: Pick<ScanResult, "verdicts" | "incumbents">;
  readonly open: readonly StoredSignal[];
  readonly ended: readonly StoredSignal[];
  /** Events already in the log, by signal. */
  readonly eventCounts: ReadonlyMap<string, number>;
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Ascending, up to the as-of day. */
  readonly sessions: readonly TradingDay[];
  readonly rowsOf: (ticker: string) => Columns | null;
  readonly params: Params;
}

/** What one scan did to the signals, ready to be saved. */
export interface Settled {
  readonly signals: readonly Signal[];
  readonly events: readonly SignalEvent[];
  readonly diff: RunDiff;
}

/** Pure: the same scan over the same signals settles the same way. */
export function settleScan(x: Settling): Settled {
  const open = byTicker(x.open);
  const ended = byTicker(x.ended);
  const steps = x.result.verdicts
    .filter((verdict) => verdict.detected || open.has(verdict.ticker))
    .flatMap((verdict) =>
      settleTicker(verdict, open.get(verdict.ticker) ?? [], ended.get(verdict.ticker) ?? [], x),
    );
  return {
    signals: steps.map((step) => step.signal),
    events: steps.flatMap((step) => numberEvents(step, x.eventCounts.get(step.signal.id) ?? 0)),
    diff: diffOf(steps),
  };
}

function byTicker(stored: readonly StoredSignal[]): ReadonlyMap<string, readonly Signal[]> {
  return Map.groupBy(
    stored.map(({ signal }) => signal),
    (signal) => signal.ticker,
  );
}

function settleTicker(
  verdict: Verdict,
  open: readonly Signal[],
  ended: readonly Signal[],
  x: Settling,
): readonly Step[] {
  const rows = x.rowsOf(verdict.ticker);
  if (rows === null) {
    return [];
  }
  const since = open.reduce((day, signal) => (signal.appliedOn < day ? signal.appliedOn : day), verdict.asOf);
  const notice = x.instruments.get(verdict.ticker)?.notice ?? null;
  // One session earlier than needed, so that the as-of session's own bar is there on a repeated scan.
  const before = x.sessions.findLast((session) => session < since) ?? since;
  const { events, today } = lifeSessions(rows, x.sessions, before, notice, x.params);
  return reconcile({
    exchange: x.exchange,
    verdict,
    incumbent: x.result.incumbents.get(verdict.ticker) ?? null,
    open,
    ended,
    sessions: events,
    today,
    sessionsSince: (day) => x.sessions.filter((session) => session > day).length,
    params: x.params,
  });
}

function isEnded({ signal, transitions }: Step): boolean {
  return transitions.length > 0 && !isOpen(signal.state);
}

function isBorn({ transitions }: Step): boolean {
  return transitions.some(({ from, reason }) => from === null || reason === "relisted");
}

function isRevised({ transitions }: Step): boolean {
  return transitions.some(({ reason }) => reason === "revised");
}

/** JB3: each touched signal once, under the first kind in the order of the rule. */
function diffOf(steps: readonly Step[]): RunDiff {
  const touched = steps.filter(({ transitions }) => transitions.length > 0);
  const kinds = Map.groupBy(touched, (step) =>
    isEnded(step) ? "ended" : isBorn(step) ? "born" : isRevised(step) ? "revised" : "moved",
  );
  const ids = (kind: Exclude<keyof RunDiff, "corrected">): readonly string[] =>
    (kinds.get(kind) ?? []).map(({ signal }) => signal.id);
  return { born: ids("born"), revised: ids("revised"), moved: ids("moved"), ended: ids("ended") };
}

/** LC2: the step's transitions as events that follow the `before` ones already in the log; a scan and a tick number alike. */
export function numberEvents({ signal, transitions }: Step, before: number): readonly SignalEvent[] {
  return transitions.map((transition, i) => ({ signalId: signal.id, seq: before + i + 1, ...transition }));
}
