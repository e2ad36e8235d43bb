/** The states of a signal's life (LC1): before its trigger, after it, and its two ends. */
export type PreState = "FORMING" | "READY";
export type PostState = "TRIGGERED" | "CONFIRMED" | "UNCONFIRMED" | "SQUAT" | "EXTENDED" | "OVEREXTENDED";
export type OpenState = PreState | PostState | "SUSPENDED";
export type SignalState = OpenState | "FAILED" | "EXPIRED";
