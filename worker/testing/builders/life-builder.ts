/** What can happen to a signal, in one line each: events of numbered sessions around the pivot of `makeBase`. */
import type {
  LifeBar,
  LifeEvent,
  RevisionCause,
  ScanFinding,
  Step,
} from "../../core/lifecycle/life-event.ts";
import { advance } from "../../core/lifecycle/lifecycle.ts";
import { priceOf } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Verdict } from "../../core/vcp/verdict.ts";
import { type Bare, named } from "./bare.ts";
import { dayOf, makeBase } from "./signal-builder.ts";
import { makeVerdict } from "./verdict-builder.ts";

/** Session 0 is the day on which `makeSignal` was last applied. */
export const DAY_0 = dayOf("2025-05-16");

/** The n-th session after {@link DAY_0}; sessions here are consecutive days. */
export function session(n: number): TradingDay {
  return tradingDayOf(DAY_0 + n);
}

/** A quiet bar under the pivot (50,000) and above L_T (46,000) and the stop (46,100). */
export function lifeBar(overrides: Bare<Partial<LifeBar>> = {}): LifeBar {
  const close = overrides.close ?? 49_000;
  return named<LifeBar>({ high: close, low: close, close, volumeRatio: 1, locked: false, ...overrides });
}

export function barOn(n: number, overrides: Bare<Partial<LifeBar>> = {}): LifeEvent {
  return { type: "bar", day: session(n), bar: lifeBar(overrides) };
}

export function haltOn(n: number, cause = "halted"): LifeEvent {
  return { type: "halt", day: session(n), cause };
}

export function tickOn(n: number, price: number, elapsed = 0.5, runRate: number | null = null): LifeEvent {
  return { type: "tick", day: session(n), tick: { price: priceOf(price), elapsed, runRate } };
}

/** `factor` 0.2 is a split of one share into five. */
export function actionOn(n: number, factor: number): LifeEvent {
  return { type: "action", day: session(n), factor };
}

export function goneOn(n: number): LifeEvent {
  return { type: "no_row", day: session(n) };
}

export function scanOn(n: number, finding: ScanFinding, overrides: Bare<Partial<LifeBar>> = {}): LifeEvent {
  return { type: "scan", day: session(n), bar: lifeBar(overrides), finding };
}

export const ABSENT: ScanFinding = { kind: "absent", rule: "QT1" };
export const SUPERSEDED: ScanFinding = { kind: "superseded" };

export const FROZEN: ScanFinding = { kind: "frozen" };

/** The scan finds the pattern of `makeBase` again, unless the verdict has another; then `cause` is why. */
export function listed(
  overrides: Bare<Partial<Verdict>> = {},
  cause: RevisionCause | null = null,
): ScanFinding {
  return { kind: "belongs", verdict: makeVerdict({ base: makeBase(), ...overrides }), cause };
}

/** The signal's life through the events, with all transitions in order. */
export function live(signal: Signal, events: readonly LifeEvent[]): Step {
  let step: Step = { signal, transitions: [] };
  for (const event of events) {
    const next = advance(step.signal, event, PARAMS);
    step = { signal: next.signal, transitions: [...step.transitions, ...next.transitions] };
  }
  return step;
}

/** `READY>TRIGGERED triggered`: the transitions as a reader of the log sees them. */
export function story(step: Step): readonly string[] {
  return step.transitions.map(({ from, to, reason }) => `${from ?? "-"}>${to} ${reason}`);
}

/** Sessions `from` to `to`, both included, one event each. */
export function each(from: number, to: number, event: (n: number) => LifeEvent): readonly LifeEvent[] {
  return Array.from({ length: to - from + 1 }, (_, k) => event(from + k));
}
