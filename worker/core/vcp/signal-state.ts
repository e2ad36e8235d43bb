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

/** One of them; each has its rows in LC. */
export type SignalState = (typeof SIGNAL_STATES)[number];
/** A state that the next session may still move. */
export type OpenState = Exclude<SignalState, "FAILED" | "EXPIRED">;
/** Before the trigger: the pattern may still be revised. */
export type PreState = "FORMING" | "READY";
/** After the trigger: the pattern is frozen. */
export type PostState = Exclude<OpenState, PreState | "SUSPENDED">;
