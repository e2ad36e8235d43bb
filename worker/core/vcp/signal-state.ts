/** The states of a signal, in the order of its life (LC1): before its trigger, after it, suspended, and its two ends. */
export const SIGNAL_STATES = [
  "FORMING",
  "READY",
  "TRIGGERED",
  "CONFIRMED",
  "UNCONFIRMED",
  "SQUAT",
  "EXTENDED",
  "OVEREXTENDED",
  "SUSPENDED",
  "FAILED",
  "EXPIRED",
] as const;

export type SignalState = (typeof SIGNAL_STATES)[number];
export type OpenState = Exclude<SignalState, "FAILED" | "EXPIRED">;
export type PreState = "FORMING" | "READY";
export type PostState = Exclude<OpenState, PreState | "SUSPENDED">;
