/** One share that is scanned session after session, with a store of its signals and their log: the world of the lifecycle's property tests. */
import type { LifeBar, LifeEvent, Step, Transition } from "../../core/lifecycle/life-event.ts";
import { PARAMS } from "../../core/params.ts";
import { reconcile } from "../../core/lifecycle/reconcile.ts";
import { isOpen, type Signal } from "../../core/lifecycle/signal.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { type Base, type Verdict } from "../../core/vcp/verdict.ts";
import { lifeBar, session } from "../builders/life-builder.ts";
import { makeBase } from "../builders/signal-builder.ts";
import { makeVerdict } from "../builders/verdict-builder.ts";

/** What a session brings: no bar is a halt. */
export interface LifeDay {
  readonly bar: {
    readonly close: number;
    readonly range: number;
    readonly volumeRatio: number | null;
  } | null;
  /** The scan's best base: days of H_1 and H_T before today, and how good it is. */
  readonly candidate: {
    readonly age: number;
    readonly span: number;
    readonly pivot: number;
    readonly score: number;
    readonly prov: boolean;
  } | null;
}

export class LifeMarket {
  readonly signals = new Map<string, Signal>();
  readonly log = new Map<string, readonly Transition[]>();
  #n = 0;
  #last: { readonly event: LifeEvent; readonly today: LifeBar | null; readonly verdict: Verdict } | null =
    null;

  open(): readonly Signal[] {
    return [...this.signals.values()].filter(({ state }) => isOpen(state));
  }

  /** The next session, closed and scanned. */
  close(day: LifeDay): readonly Step[] {
    this.#n += 1;
    const on = session(this.#n);
    const bar = day.bar && barOf(day.bar);
    const event: LifeEvent =
      bar === null ? { type: "halt", day: on, cause: "halted" } : { type: "bar", day: on, bar };
    this.#last = { event, today: bar, verdict: verdictOf(day, on, bar) };
    return this.scanAgain();
  }

  /** The last session once more: what was applied must not move. */
  scanAgain(): readonly Step[] {
    if (this.#last === null) {
      return [];
    }
    const { event, today, verdict } = this.#last;
    const steps = reconcile({
      exchange: "DEMO",
      verdict,
      incumbent: null,
      open: this.open(),
      ended: [...this.signals.values()].filter(({ state }) => !isOpen(state)),
      sessions: [event],
      today,
      sessionsSince: (since: TradingDay) => session(this.#n) - since,
      params: PARAMS,
    });
    for (const { signal, transitions } of steps) {
      this.signals.set(signal.id, signal);
      this.log.set(signal.id, [...(this.log.get(signal.id) ?? []), ...transitions]);
    }
    return steps;
  }
}

function barOf({ close, range, volumeRatio }: NonNullable<LifeDay["bar"]>): LifeBar {
  return lifeBar({ close, high: close * (1 + range), low: close * (1 - range), volumeRatio });
}

function verdictOf({ candidate }: LifeDay, on: TradingDay, bar: LifeBar | null): Verdict {
  const distance = candidate && bar ? bar.close / candidate.pivot - 1 : null;
  if (candidate === null || distance === null || distance > PARAMS.base.extended) {
    return makeVerdict({ asOf: on, base: null, valid: false, detected: false, grade: null, score: null });
  }
  const { score, prov } = candidate;
  const base = baseOn(on, candidate, distance);
  return makeVerdict({
    asOf: on,
    base,
    score,
    detected: score >= 50,
    flags: prov ? ["prov"] : [],
    close: bar?.close ?? null,
  });
}

function baseOn(on: TradingDay, x: NonNullable<LifeDay["candidate"]>, distance: number): Base {
  const days = [session(on - session(0) - x.age - x.span), session(on - session(0) - x.age)];
  const contractions = makeBase().contractions.map((leg, i) => ({ ...leg, highDay: days[i] ?? leg.highDay }));
  const under = x.prov || distance < PARAMS.life.ready ? "FORMING" : "READY";
  return makeBase({
    contractions,
    pivot: x.pivot,
    entry: x.pivot + 100,
    stop: x.pivot - 3_900,
    distance,
    breakout: distance > 0 ? { day: on, bars: 0 } : null,
    state: distance > 0 ? "UNCONFIRMED" : under,
  });
}
