/**
 * LC: the life of a signal as one pure reducer over ticks, bars and scans. Replaying the stored events of a signal over its
 * birth gives its stored state.
 */
import { assertNever } from "../assert.ts";
import { rebase } from "./corporate-action.ts";
import { onBar } from "./on-bar.ts";
import type { LifeEvent, Step } from "./life-event.ts";
import { onScan } from "./on-scan.ts";
import { move, still } from "./transition.ts";
import { onTick } from "./on-tick.ts";
import type { Params } from "../params.ts";
import { isOpen, isPreTrigger, type Signal } from "./signal.ts";

/**
 * A corporate action comes before a session's first price; then its ticks, by the share of it that has passed; then its
 * bar, halt or absence; then its scan.
 */
function seqOf(event: LifeEvent): number {
  switch (event.type) {
    case "action":
      return -1;
    case "tick":
      return event.tick.elapsed;
    case "bar":
    case "halt":
    case "no_row":
      return 1;
    case "scan":
      return 2;
  }
}

/** An event at or before the last applied one is ignored, and so is anything after the end (LC1). */
export function advance(signal: Signal, event: LifeEvent, params: Params): Step {
  const seq = seqOf(event);
  const isOld = event.day < signal.appliedOn || (event.day === signal.appliedOn && seq <= signal.appliedSeq);
  if (isOld || !isOpen(signal.state)) {
    return still(signal);
  }
  const applied: Signal = { ...signal, appliedOn: event.day, appliedSeq: seq };
  switch (event.type) {
    case "action":
      return rebase(applied, event.factor, event.day, params);
    case "tick":
      return applied.state === "SUSPENDED" ? still(signal) : onTick(applied, event.tick, event.day, params);
    case "bar":
      return applied.state === "SUSPENDED"
        ? resume(applied, event, params)
        : onBar(applied, event.bar, event.day, params);
    case "halt":
      return suspend(applied, event, params);
    case "no_row":
      return move(still(applied), "EXPIRED", "delisted", event.day, {}, params);
    case "scan":
      return isPreTrigger(applied.state) ? onScan(applied, event, params) : still(applied);
    default:
      return assertNever(event);
  }
}

/** `before`, with the event applied and its transitions appended. */
export function follow(before: Step, event: LifeEvent, params: Params): Step {
  const { signal, transitions } = advance(before.signal, event, params);
  return { signal, transitions: [...before.transitions, ...transitions] };
}

/** Rows 2 and 4. */
function suspend(signal: Signal, event: Extract<LifeEvent, { type: "halt" }>, params: Params): Step {
  const { state } = signal;
  if (state !== "SUSPENDED" && state !== "FAILED" && state !== "EXPIRED") {
    const halted: Signal = { ...signal, prev: state, suspended: 1 };
    return move(still(halted), "SUSPENDED", event.cause, event.day, {}, params);
  }
  const suspended = signal.suspended + 1;
  const waiting = still({ ...signal, suspended });
  return suspended > params.life.suspendedSessions
    ? move(waiting, "EXPIRED", "suspended", event.day, { sessions: suspended }, params)
    : waiting;
}

/** Row 3: back to the state before, and the bar is applied to that. */
function resume(signal: Signal, event: Extract<LifeEvent, { type: "bar" }>, params: Params): Step {
  const back: Signal = { ...signal, prev: null, suspended: 0 };
  const resumed = move(still(back), signal.prev ?? "READY", "resumed", event.day, {}, params);
  const step = onBar(resumed.signal, event.bar, event.day, params);
  return { signal: step.signal, transitions: [...resumed.transitions, ...step.transitions] };
}
