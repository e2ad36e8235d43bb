/**
 * LC: one ticker's signals against one scan. Sessions since the last event are replayed first, then the scan's answer
 * is applied to what is still open, and a pattern that belongs to none of it is born, or reopened.
 */
import { belongs, born, signalId, spanOf } from "./birth.ts";
import type { Exchange } from "../instrument/instrument.ts";
import { causeOf, isOfEarlierLaw } from "./incumbent.ts";
import type { LifeBar, LifeEvent, ScanFinding, Step } from "./life-event.ts";
import { move, still } from "./transition.ts";
import { follow } from "./lifecycle.ts";
import type { Params } from "../params.ts";
import { isOpen, isPreTrigger, type Signal } from "./signal.ts";
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Base, Verdict } from "../vcp/verdict.ts";

/** One ticker on one evening: the scan's verdict on it, its signals, and its sessions since they last moved. */
export interface TickerScan {
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  /** LCI3: the verdict on the pattern that the ticker's signal before its trigger stands on; `null` without one. */
  readonly incumbent: Verdict | null;
  /** Open signals of the ticker: at most one before its trigger and one after. */
  readonly open: readonly Signal[];
  /** Ended signals whose pattern could come back. */
  readonly ended: readonly Signal[];
  /** Sessions after the oldest open signal's last event, up to the as-of day. */
  readonly sessions: readonly LifeEvent[];
  /** The as-of session's bar; `null` when the ticker has none that day. */
  readonly today: LifeBar | null;
  /** Sessions of the exchange since a day, the day itself not counted. */
  readonly sessionsSince: (day: TradingDay) => number;
  readonly params: Params;
}

/**
 * Every signal that was touched, with what happened to it, in a fixed order. Pure: a second call with the same input
 * gives the same steps, and storing them is the caller's.
 *
 * @example
 * // A ticker without signals, detected below its pivot for the first time.
 * const [step] = reconcile({ ...scanOfTicker, open: [], ended: [], sessions: [], incumbent: null });
 * step?.transitions[0]?.reason; // "new"
 * step?.signal.state; // "READY" or "FORMING"
 */
export function reconcile(x: TickerScan): readonly Step[] {
  const { verdict, today, params } = x;
  const replayed = x.sessions.reduce<readonly Step[]>(
    (before, event) =>
      oneRunning(
        before,
        before.map((step) => follow(step, event, params)),
        event.day,
        params,
      ),
    x.open.map(still),
  );
  if (today === null) {
    return replayed;
  }
  const newcomer = arrivalOf(signalsOf(replayed), x);
  const running = signalsOf(replayed).filter(isRunning);
  const scanned = replayed.map((step) => {
    const finding = findingFor(step.signal, running, newcomer !== null, x);
    const event = { type: "scan", day: verdict.asOf, bar: today, finding } as const;
    return follow(step, event, params);
  });
  const steps = oneRunning(replayed, scanned, verdict.asOf, params);
  // What this scan ended keeps no base from coming: a second scan of the session would find it (LC1).
  const arrival = newcomer ?? arrivalOf(signalsOf(steps), x);
  // A suspended signal takes no scan and still counts: at most one signal of a ticker waits for its trigger.
  const waits = signalsOf(steps).some(({ state, prev }) => isOpen(state) && isPreTrigger(prev ?? state));
  return arrival === null || waits ? steps : oneRunning(steps, [...steps, arrival], verdict.asOf, params);
}

function signalsOf(steps: readonly Step[]): readonly Signal[] {
  return steps.map((step) => step.signal);
}

/** The signal of the scan's base: born, or reopened; `null` when it belongs to an open one or must not come back. */
function arrivalOf(signals: readonly Signal[], x: TickerScan): Step | null {
  const { verdict } = x;
  const base = verdict.detected ? verdict.base : null;
  if (base === null) {
    return null;
  }
  const id = signalId(verdict.ticker, base);
  const open = signals.filter((signal) => isOpen(signal.state));
  const stands = x.incumbent?.detected && open.some(({ state, prev }) => isPreTrigger(prev ?? state));
  if (stands || open.some((signal) => signal.id === id || owns(signal, base))) {
    return null;
  }
  // An ended signal keeps its pattern off the list, also when it ended a moment ago. Its id names the pattern that it
  // was born with, and is never given to another.
  const ended = [...x.ended, ...signals.filter((signal) => !isOpen(signal.state))];
  const before = ended.findLast((signal) => signal.id === id || spanOf(signal.base)[1] === spanOf(base)[1]);
  if (before === undefined) {
    return born(verdict, x.exchange, x.params);
  }
  return mayReturn(before, x) ? relist(before, verdict, x) : null;
}

/** LCI5: of several signals past their trigger the newest runs on, the others end. */
function oneRunning(
  before: readonly Step[],
  after: readonly Step[],
  day: TradingDay,
  params: Params,
): readonly Step[] {
  const running = after.filter((step) => isRunning(step.signal));
  if (running.length < 2) {
    return after;
  }
  const ran = new Set(before.filter((step) => isRunning(step.signal)).map((step) => step.signal.id));
  // Without a newcomer a price inside the session has triggered it already; then the trigger's day decides.
  const newest =
    running.find((step) => !ran.has(step.signal.id)) ??
    running.reduce((a, b) => ((b.signal.triggeredOn ?? 0) > (a.signal.triggeredOn ?? 0) ? b : a));
  // A price of today triggered it, and the sessions before are replayed first: they end nothing.
  if ((newest.signal.triggeredOn ?? day) > day) {
    return after;
  }
  return after.map((step) =>
    step !== newest && isRunning(step.signal) ? move(step, "EXPIRED", "superseded", day, {}, params) : step,
  );
}

/** Open and past its trigger, suspended or not. */
function isRunning({ state, prev }: Signal): boolean {
  return isOpen(state) && !isPreTrigger(prev ?? state);
}

/**
 * LCI2: a base belongs to a signal when their spans intersect; to one past its trigger only as long as no contraction has
 * begun since, at the trigger's own high at the earliest: a pivot is used once, and the next one is another signal's.
 */
function owns(signal: Signal, base: Base): boolean {
  const { triggeredOn } = signal;
  return belongs(signal.base, base) && (triggeredOn === null || spanOf(base)[1] < triggeredOn);
}

/** LCI2, LCI3. `arrives`: the scan's base is a signal of its own, and supersedes the others; else it may belong to this one. */
function findingFor(
  signal: Signal,
  running: readonly Signal[],
  arrives: boolean,
  x: TickerScan,
): ScanFinding {
  const { verdict: best, incumbent, params } = x;
  if (arrives) {
    return { kind: "superseded" };
  }
  if (isOfEarlierLaw(signal, params)) {
    return { kind: "frozen" };
  }
  const cause = incumbent && causeOf(signal, incumbent);
  if (incumbent?.detected) {
    return { kind: "belongs", verdict: incumbent, cause };
  }
  const other = best.detected ? best.base : null;
  const takesPlace =
    cause !== null &&
    other !== null &&
    belongs(signal.base, other) &&
    !running.some((one) => owns(one, other));
  return takesPlace
    ? { kind: "belongs", verdict: best, cause }
    : { kind: "absent", rule: incumbent?.nearMiss?.rule ?? best.nearMiss?.rule ?? "LCI4" };
}

/** LCI4: only a signal that left the list in the last ten sessions comes back. */
function mayReturn(signal: Signal, x: TickerScan): boolean {
  return (
    signal.reason.startsWith("left_scan:") &&
    signal.endedOn !== null &&
    signal.endedOn < x.verdict.asOf &&
    x.sessionsSince(signal.endedOn) <= x.params.life.relistSessions
  );
}

/** The ended row is opened again: its identity stays, everything else is as newly born. */
function relist(before: Signal, verdict: Verdict, x: TickerScan): Step {
  const { signal } = born(verdict, x.exchange, x.params);
  const reopened: Signal = {
    ...signal,
    id: before.id,
    bornOn: before.bornOn,
    state: before.state,
    flags: [...signal.flags, "relisted"],
  };
  const values = { footprint: signal.base.footprint, pivot: signal.base.pivot };
  return move(still(reopened), signal.state, "relisted", verdict.asOf, values, x.params);
}
