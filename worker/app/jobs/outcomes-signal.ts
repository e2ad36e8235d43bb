/** The outcome of one signal that passed its trigger: whether an order there was filled, and the prices after it. */
import type { GateStatus } from "../../core/scan/gate.ts";
import type { History } from "../../core/outcome/history.ts";
import { gradeIn } from "../../core/lifecycle/transition.ts";
import {
  type FirstTouch,
  type Horizon,
  HORIZONS,
  type Outcome,
  outcomeOf,
} from "../../core/outcome/outcome.ts";
import { profileOf } from "../../core/instrument/exchange-profile.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { priceOf } from "../../core/nominal.ts";
import type { Params } from "../../core/params.ts";
import { planOf } from "../../core/vcp/plan.ts";
import { fillAtTrigger } from "../../core/outcome/trigger-fill.ts";
import type { Base } from "../../core/vcp/verdict.ts";
import type { OutcomeFill, OutcomeResult, SignalOutcome, TriggeredSignal } from "../ports/outcome-store.ts";
import { type Baseline, holdingKey } from "./outcomes-baseline.ts";

/** Factors of a session and of itself differ by rounding only; the smallest corporate action is larger. */
const SAME = 1e-9;

/** A signal at its entry, placed among the sessions. */
export interface Followed {
  readonly triggered: TriggeredSignal;
  /** Place of the session of the entry. */
  readonly entered: number;
  readonly gate: GateStatus | null;
  /** In won of the session of the entry. */
  readonly fill: Exclude<OutcomeFill, "filled"> | { readonly entry: number; readonly stop: number };
  /** `null` unless filled. */
  readonly outcome: Outcome | null;
}

/** `applied`: place of the session in whose shares the signal's own prices are. */
export function follow(
  triggered: TriggeredSignal,
  history: History,
  entered: number,
  applied: number,
  gate: GateStatus | null,
  params: Params,
): Followed {
  const known = { triggered, entered, gate };
  const then = history.factor[entered] ?? Number.NaN;
  const plan = planThen(triggered.signal, (history.factor[applied] ?? Number.NaN) / then, params);
  const order = { trigger: plan.entry * then, pivot: plan.pivot * then };
  const price = triggered.foreknown ? fillAtTrigger(history, entered, order) : "late";
  if (typeof price === "string") {
    return { ...known, fill: price, outcome: null };
  }
  const stop = plan.stop * then;
  const target = price + 2 * (price - stop);
  const outcome = outcomeOf({ entry: price, stop, target, bars: history, from: entered });
  return { ...known, fill: { entry: price / then, stop: plan.stop }, outcome };
}

/**
 * The plan as it was frozen at the trigger, in won of that session. A corporate action since then moved it by `1 / scale`
 * and onto the grid of other prices; the pattern itself was only moved, so the plan is made of it again.
 */
function planThen(
  { base, exchange }: Signal,
  scale: number,
  params: Params,
): Pick<Base, "pivot" | "entry" | "stop"> {
  const low = base.contractions.at(-1)?.low;
  if (low === undefined || Math.abs(scale - 1) < SAME) {
    return base;
  }
  const pivot = priceOf(base.pivot * scale);
  return { pivot, ...planOf(pivot, priceOf(low * scale), profileOf(exchange).grid, params.plan) };
}

/** The rows of a followed signal. */
export function rowsOf(
  followed: Followed,
  baselines: ReadonlyMap<string, Baseline>,
  params: Params,
): readonly SignalOutcome[] {
  const { triggered, gate, entered, fill, outcome } = followed;
  const { signal, enteredOn } = triggered;
  const filled = typeof fill === "string" ? null : fill;
  return HORIZONS.map((horizon) => ({
    signalId: signal.id,
    exchange: signal.exchange,
    ticker: signal.ticker,
    horizon,
    enteredOn,
    grade: gradeIn(signal, "READY", params),
    contractions: signal.base.contractions.length,
    gate,
    paramsVersion: signal.paramsVersion,
    fill: typeof fill === "string" ? fill : "filled",
    entry: filled?.entry ?? null,
    stop: filled?.stop ?? null,
    result: outcome && resultOf(outcome, horizon, baselines.get(holdingKey({ entered, horizon }))),
  }));
}

function resultOf(outcome: Outcome, horizon: Horizon, baseline: Baseline | undefined): OutcomeResult | null {
  const measured = outcome.horizons[horizon];
  return (
    measured && {
      ...measured,
      touch: touchWithin(outcome.touch, horizon),
      baseline: baseline?.mean ?? null,
      peers: baseline?.peers ?? 0,
    }
  );
}

function touchWithin(touch: FirstTouch | null, horizon: Horizon): OutcomeResult["touch"] {
  return touch === null || touch.kind === "none" || touch.session > horizon ? "none" : touch.kind;
}
