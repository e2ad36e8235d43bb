/**
 * LC: one ticker's signals against one scan. Sessions since the last event are replayed first, then the scan's answer
 * is applied to what is still open, and a pattern that belongs to none of it is born, or reopened.
 */
import { belongs, born, spanOf } from "./birth.ts";
import type { Exchange } from "./instrument.ts";
import type { LifeBar, LifeEvent, ScanFinding, Step } from "./life-event.ts";
import { move, still } from "./life-step.ts";
import { advance } from "./lifecycle.ts";
import type { Params } from "./params.ts";
import { isOpen, isPreTrigger, type Signal } from "./signal.ts";
import type { TradingDay } from "./trading-day.ts";
import type { Verdict } from "./verdict.ts";

export interface TickerScan {
  readonly exchange: Exchange;
  readonly verdict: Verdict;
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

/** Every signal that was touched, with what happened to it, in a fixed order. */
export function reconcile(x: TickerScan): readonly Step[] {
  const { verdict, today } = x;
  const replayed = x.open.map((signal) => replay(signal, x.sessions, x.params));
  if (today === null) {
    return replayed;
  }
  const steps = replayed.map((step) => then(step, scanEvent(step.signal, today, x), x.params));
  // An ended signal keeps its pattern off the list, also when it ended a moment ago.
  const ended = [...x.ended, ...steps.map((step) => step.signal).filter((signal) => !isOpen(signal.state))];
  const open = steps.map((step) => step.signal).filter((signal) => isOpen(signal.state));
  const base = verdict.detected ? verdict.base : null;
  if (base === null || open.some((signal) => belongs(signal.base, base) || isPreTrigger(signal.state))) {
    return steps;
  }
  const before = ended.findLast((signal) => spanOf(signal.base)[1] === spanOf(base)[1]);
  if (before === undefined) {
    const birth = born(verdict, x.exchange, x.params);
    return [...steps, birth];
  }
  return mayReturn(before, x) ? [...steps, relist(before, verdict, x)] : steps;
}

function replay(signal: Signal, sessions: readonly LifeEvent[], params: Params): Step {
  return sessions.reduce((step, event) => then(step, event, params), still(signal));
}

function then(step: Step, event: LifeEvent, params: Params): Step {
  const next = advance(step.signal, event, params);
  return { signal: next.signal, transitions: [...step.transitions, ...next.transitions] };
}

function scanEvent(signal: Signal, bar: LifeBar, x: TickerScan): LifeEvent {
  return { type: "scan", day: x.verdict.asOf, bar, finding: findingFor(signal, x) };
}

/** SC10: a listed signal keeps its listing down to score 45 and 5 of 8. */
function findingFor(signal: Signal, { verdict, params }: TickerScan): ScanFinding {
  const { base, score, passed, eligibility } = verdict;
  if (base !== null && belongs(signal.base, base)) {
    const { keep } = params.grades;
    const kept =
      eligibility.ok &&
      (score ?? 0) >= keep.score &&
      (passed >= keep.passed || verdict.flags.includes("young"));
    return { kind: "belongs", verdict, listed: verdict.detected || kept };
  }
  return verdict.detected
    ? { kind: "superseded" }
    : { kind: "absent", rule: verdict.nearMiss?.rule ?? "no_legs" };
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
