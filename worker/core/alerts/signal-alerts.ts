/** AL1..AL4: from what moved a signal to what there is to tell of it. */
import type { TradingDay } from "../calendar/trading-day.ts";
import { isPreTrigger, type Signal, type SignalEvent } from "../lifecycle/signal.ts";
import type { Params } from "../params.ts";
import type { SignalState } from "../vcp/signal-state.ts";
import { NEAR_STEPS, type NearStep, type SignalAlert, type SignalAlertKind } from "./alert-event.ts";

/** What a row of the log does not have and an alert shows. */
export interface AlertFacts {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly nameEn: string | null;
}

/** What moved one signal. `before` is `null` at its birth. */
export interface SignalMove {
  readonly before: Signal | null;
  readonly after: Signal;
  /** Its new rows of the log. */
  readonly events: readonly Pick<SignalEvent, "day" | "from" | "to" | "reason" | "values">[];
  /** The session of the prices that `after` has. */
  readonly day: TradingDay;
}

/** AL1: equal for whatever states the same of a signal in a session, so that it is told once. */
export function alertKey(signalId: string, kind: string, day: TradingDay): string {
  return `${signalId}:${kind}:${day}`;
}

/** In the order in which they happened; of one session each kind once. */
export function signalAlerts(move: SignalMove, facts: AlertFacts, params: Params): readonly SignalAlert[] {
  const { after, day } = move;
  const told = new Map<string, SignalAlert>();
  const add = (
    kind: SignalAlertKind,
    on: TradingDay,
    more: Partial<SignalAlert>,
    name: string = kind,
  ): void => {
    const id = alertKey(after.id, name, on);
    if (!told.has(id)) {
      told.set(id, { ...factsOf(after, facts), id, kind, day: on, within: null, ...more });
    }
  };
  for (const event of move.events) {
    for (const kind of kindsOf(event, params)) {
      add(kind, event.day, { state: event.to, reason: event.reason, price: priceOf(event, after) });
    }
  }
  if (after.flags.includes("extended_live") && move.before?.flags.includes("extended_live") !== true) {
    add("extended", day, {});
  }
  for (const within of nearSteps(move)) {
    add("near", day, { within }, `near${within}`);
  }
  return [...told.values()];
}

function factsOf(
  after: Signal,
  { at, nameEn }: AlertFacts,
): Omit<SignalAlert, "id" | "kind" | "day" | "within"> {
  const { exchange, ticker, name, market, grade, state, close, reason } = after;
  const { pivot, entry, stop } = after.base;
  return {
    exchange,
    at,
    signalId: after.id,
    ticker,
    name,
    nameEn,
    market,
    grade,
    state,
    price: close,
    pivot,
    entry,
    stop,
    reason,
  };
}

/** The price that moved it: a tick's, else the session's close; the last known one where the log has neither. */
function priceOf({ values }: Pick<SignalEvent, "values">, after: Signal): number {
  const { price, close } = values;
  return typeof price === "number" ? price : typeof close === "number" ? close : after.close;
}

const EXTENDED: readonly (SignalState | null)[] = ["EXTENDED", "OVEREXTENDED"];

/** AL2: what a row of the log states. A revision, a halt or an end without a loss states nothing that is told. */
export function kindsOf(
  { from, to, reason, values }: Pick<SignalEvent, "from" | "to" | "reason" | "values">,
  params: Params,
): readonly SignalAlertKind[] {
  const kinds: SignalAlertKind[] = [];
  if (from === null || reason === "relisted") {
    kinds.push("new");
  }
  if (reason === "triggered") {
    kinds.push("touched");
  }
  const hasVolume = Number(values["volume_ratio"] ?? 0) >= params.life.breakoutVolume;
  if (reason === "volume" || ((reason === "breakout" || reason === "recovered") && hasVolume)) {
    kinds.push("confirmed");
  }
  if (to === "SQUAT" && from !== "SQUAT" && from !== "SUSPENDED") {
    kinds.push("squat");
  }
  if (to === "FAILED") {
    kinds.push("failed");
  }
  if (EXTENDED.includes(to) && !EXTENDED.includes(from) && from !== "SUSPENDED") {
    kinds.push("extended");
  }
  return kinds;
}

/** AL3: the steps that the price came into from outside; none once the trigger was touched. */
function nearSteps({ before, after }: SignalMove): readonly NearStep[] {
  const { distance } = after.base;
  if (!isPreTrigger(after.state)) {
    return [];
  }
  const was = before !== null && isPreTrigger(before.state) ? before.base.distance : Number.NEGATIVE_INFINITY;
  return NEAR_STEPS.filter((step) => isWithin(distance, step) && !isWithin(was, step));
}

/** A price of exactly the step is within it, whatever its quotient is rounded to. */
function isWithin(distance: number, step: NearStep): boolean {
  return distance >= -step / 100 - 1e-9;
}
