/** One share that is scanned session after session, with a store of its signals and their log: the world of the lifecycle's property tests. */
import type { LifeBar, LifeEvent, Step, Transition } from "../../core/lifecycle/life-event.ts";
import { assert } from "../../core/assert.ts";
import { incumbentsOf } from "../../core/lifecycle/incumbent.ts";
import { type Params, PARAMS } from "../../core/params.ts";
import { reconcile } from "../../core/lifecycle/reconcile.ts";
import { isOpen, isPreTrigger, type Signal } from "../../core/lifecycle/signal.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Base, Contraction, UnmetRule, Verdict } from "../../core/vcp/verdict.ts";
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
  /** What a first scan lists: days of H_1 and H_T before today; `forming` when it is not READY wherever it stands. */
  readonly candidate: {
    readonly age: number;
    readonly span: number;
    readonly pivot: number;
    readonly forming: boolean;
  } | null;
  /** What the scan finds of the base that a waiting signal stands on (LCI3). */
  readonly own: OwnReading;
}

/**
 * It stands as it was, with one contraction more or a lower low; or it does not: by a rule of its own on the same bars, by a
 * high above its start, by a rule of the share, or because its first bar is gone.
 */
export type OwnReading = "stands" | "contraction" | "lower_low" | "rule" | "higher_high" | "share" | "gone";

interface Evening {
  readonly event: LifeEvent;
  readonly today: LifeBar | null;
  readonly verdict: Verdict;
  readonly incumbent: Verdict | null;
}

export class LifeMarket {
  readonly signals = new Map<string, Signal>();
  readonly log = new Map<string, readonly Transition[]>();
  #n = 0;
  #last: Evening | null = null;
  /** Changed between two sessions: another law is in force from then on (LCI6). */
  params: Params = PARAMS;

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
    const incumbent = this.#incumbentOf(day.own, on, bar);
    this.#last = { event, today: bar, verdict: verdictOf(day, on, bar), incumbent };
    return this.scanAgain();
  }

  /** The last session once more: what was applied must not move. */
  scanAgain(): readonly Step[] {
    if (this.#last === null) {
      return [];
    }
    const { event, today, verdict, incumbent } = this.#last;
    const steps = reconcile({
      exchange: "DEMO",
      verdict,
      incumbent,
      open: this.open(),
      ended: [...this.signals.values()].filter(({ state }) => !isOpen(state)),
      sessions: [event],
      today,
      sessionsSince: (since: TradingDay) => session(this.#n) - since,
      params: this.params,
    });
    for (const { signal, transitions } of steps) {
      this.signals.set(signal.id, signal);
      this.log.set(signal.id, [...(this.log.get(signal.id) ?? []), ...transitions]);
    }
    return steps;
  }

  /** As a scan is asked: for the signal that waits before the session, unless another law listed it. */
  #incumbentOf(own: OwnReading, on: TradingDay, bar: LifeBar | null): Verdict | null {
    const waiting = this.open().find(({ state, prev }) => isPreTrigger(prev ?? state));
    return waiting === undefined || bar === null || incumbentsOf([waiting], this.params).size === 0
      ? null
      : ownVerdict(own, waiting.base, on, bar);
  }
}

function ownVerdict(own: OwnReading, before: Base, on: TradingDay, bar: LifeBar): Verdict {
  const stand = (base: Base): Verdict => {
    const distance = bar.close / base.pivot - 1;
    return makeVerdict({
      asOf: on,
      base: { ...base, distance, state: stateAt(distance, false) },
      close: bar.close,
    });
  };
  const fall = (rule: UnmetRule, base: Base | null): Verdict =>
    makeVerdict({
      asOf: on,
      base: null,
      valid: false,
      detected: false,
      grade: "D",
      nearMiss: { rule, value: null, threshold: null, base },
    });
  const lowest = { low: bar.low, lowDay: on };
  switch (own) {
    case "stands":
      return stand(before);
    case "contraction":
      return stand({ ...before, contractions: [...before.contractions, legOn(before, on, lowest)] });
    case "lower_low":
      return stand({
        ...before,
        contractions: [...before.contractions.slice(0, -1), legOn(before, on, lowest)],
      });
    case "rule":
      return fall("QT1", before);
    case "higher_high":
      return fall("BS1", before);
    case "share":
      return fall("TT", null);
    case "gone":
      return fall("BS0", null);
  }
}

/** A contraction that ends today and falls from the last high of the base or from one since. */
function legOn(base: Base, on: TradingDay, lowest: Pick<Contraction, "low" | "lowDay">): Contraction {
  const last = base.contractions.at(-1);
  assert(last !== undefined, "A base has contractions");
  const highDay = tradingDayOf(Math.max(last.highDay, on - 3));
  return { ...last, highDay, ...lowest };
}

/** CT8. */
function stateAt(distance: number, forming: boolean): Base["state"] {
  if (distance > 0) {
    return "UNCONFIRMED";
  }
  return forming || distance < PARAMS.base.ready.distance ? "FORMING" : "READY";
}

function barOf({ close, range, volumeRatio }: NonNullable<LifeDay["bar"]>): LifeBar {
  return lifeBar({ close, high: close * (1 + range), low: close * (1 - range), volumeRatio });
}

function verdictOf({ candidate }: LifeDay, on: TradingDay, bar: LifeBar | null): Verdict {
  const distance = candidate && bar ? bar.close / candidate.pivot - 1 : null;
  if (candidate === null || distance === null || distance > PARAMS.form.PV2.limit) {
    return makeVerdict({ asOf: on, base: null, valid: false, detected: false, grade: null, score: null });
  }
  return makeVerdict({ asOf: on, base: baseOn(on, candidate, distance), close: bar?.close ?? null });
}

function baseOn(on: TradingDay, x: NonNullable<LifeDay["candidate"]>, distance: number): Base {
  const days = [session(on - session(0) - x.age - x.span), session(on - session(0) - x.age)];
  const contractions = makeBase().contractions.map((leg, i) => ({ ...leg, highDay: days[i] ?? leg.highDay }));
  return makeBase({
    contractions,
    pivot: x.pivot,
    entry: x.pivot + 100,
    stop: x.pivot - 3_900,
    distance,
    breakout: distance > 0 ? { day: on, bars: 0 } : null,
    state: stateAt(distance, x.forming),
  });
}
