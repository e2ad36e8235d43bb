/** AL: what happened on an exchange that somebody may want to be told: one row of the alert log, in the order in which it was saved. */
import type { TradingDay } from "../calendar/trading-day.ts";
import type { Exchange, Market } from "../instrument/instrument.ts";
import type { GateStatus } from "../scan/gate.ts";
import type { SignalState } from "../vcp/signal-state.ts";
import type { Grade } from "../vcp/verdict.ts";

/** Of one signal. `near`: a price before the trigger came within a step of the pivot. */
export const SIGNAL_ALERT_KINDS = [
  "new",
  "near",
  "touched",
  "confirmed",
  "squat",
  "failed",
  "extended",
] as const;
/** Of an exchange as a whole. */
export const MARKET_ALERT_KINDS = ["gate", "scan_overdue", "feed_stale"] as const;

export type SignalAlertKind = (typeof SIGNAL_ALERT_KINDS)[number];
export type AlertKind = SignalAlertKind | (typeof MARKET_ALERT_KINDS)[number];

export const ALERT_KINDS: readonly AlertKind[] = [...SIGNAL_ALERT_KINDS, ...MARKET_ALERT_KINDS];

/** Percent below the pivot at which a price begins to be near. */
export const NEAR_STEPS = [5, 3, 2, 1] as const;
export type NearStep = (typeof NEAR_STEPS)[number];

/** What every event has. */
interface AlertBase {
  /** Of one event alone, and equal when it is saved again: its key, and after an `@` the correction that logged it anew. */
  readonly id: string;
  readonly exchange: Exchange;
  /** The session that it belongs to. */
  readonly day: TradingDay;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Of one signal. Prices in won of the session. */
export interface SignalAlert extends AlertBase {
  readonly kind: SignalAlertKind;
  readonly signalId: string;
  readonly ticker: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly market: Market | null;
  readonly grade: Grade;
  readonly state: SignalState;
  readonly price: number;
  readonly pivot: number;
  readonly entry: number;
  readonly stop: number;
  /** The step that was crossed; `null` but for `near`. */
  readonly within: NearStep | null;
  /** As in the log of the signal: `new`, `PIVOT_FAIL`, ... */
  readonly reason: string;
}

/** The gate of the exchange changed its colour between two sessions. */
export interface GateAlert extends AlertBase {
  readonly kind: "gate";
  readonly from: GateStatus;
  readonly to: GateStatus;
}

/** The scan of a session did not come, or live prices stopped. */
export interface OperationAlert extends AlertBase {
  readonly kind: "scan_overdue" | "feed_stale";
}

/** A correction took back what an earlier event stated. */
export interface WithdrawnAlert extends AlertBase {
  readonly kind: "withdrawn";
  /** The key of that event, or the id of a signal of which nothing stands any more. */
  readonly of: string;
}

/** What a rule can ask for. */
export type ToldAlert = SignalAlert | GateAlert | OperationAlert;
export type AlertEvent = ToldAlert | WithdrawnAlert;

/** The part of an id that is equal for whatever states the same: signal, kind and session. */
export function keyOf(id: string): string {
  return id.split("@", 1)[0] ?? id;
}

/** The events of one signal, whose kinds the other events do not have. */
export function isSignalAlert(event: AlertEvent): event is SignalAlert {
  return "signalId" in event;
}

/** AL10: whether the correction takes this event back. */
export function isTakenBack({ of }: Pick<WithdrawnAlert, "of">, event: ToldAlert): boolean {
  return keyOf(event.id) === of || (isSignalAlert(event) && event.signalId === of);
}
