/** What became of one signal that passed its trigger: whether an order there was filled, and what followed. */
import { fillAtTrigger } from "../../core/trigger-fill.ts";
import { type History } from "../../core/history.ts";
import { gradeIn } from "../../core/life-step.ts";
import { type FirstTouch, type Horizon, HORIZONS, type Outcome, outcomeOf } from "../../core/outcome.ts";
import type { Params } from "../../core/params.ts";
import type { GateStatus } from "../../core/gate.ts";
import type { OutcomeFill, OutcomeResult, SignalOutcome, TriggeredSignal } from "../ports/outcome-store.ts";
import { type Baseline, holdingKey } from "./outcomes-baseline.ts";

export interface Followed {
  readonly triggered: TriggeredSignal;
  readonly history: History;
  /** Place of the session of the entry, and of the last session to which the signal's own prices are adjusted. */
  readonly entered: number;
  readonly applied: number;
  readonly gate: GateStatus | null;
  /** In won of the session of the entry. */
  readonly fill: Exclude<OutcomeFill, "filled"> | { readonly entry: number; readonly stop: number };
  /** `null` unless filled. */
  readonly outcome: Outcome | null;
}

/** The plan was frozen at the trigger; a split since then moves it with the prices. */
export function follow(
  triggered: TriggeredSignal,
  history: History,
  entered: number,
  applied: number,
  gate: GateStatus | null,
): Followed {
  const known = { triggered, history, entered, applied, gate };
  const { base } = triggered.signal;
  const scale = history.factor[applied] ?? Number.NaN;
  const order = { trigger: base.entry * scale, pivot: base.pivot * scale };
  const price = triggered.foreknown ? fillAtTrigger(history, entered, order) : "late";
  if (typeof price === "string") {
    return { ...known, fill: price, outcome: null };
  }
  const stop = base.stop * scale;
  const outcome = outcomeOf({
    entry: price,
    stop,
    target: price + 2 * (price - stop),
    bars: history,
    from: entered,
  });
  const then = history.factor[entered] ?? Number.NaN;
  return { ...known, fill: { entry: price / then, stop: stop / then }, outcome };
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
