/** What the machine of the one connection knows. */
import type { Flow } from "./connection-event.ts";

/** The one socket's life. Times in milliseconds on the client's clock. */
export type Phase =
  | { readonly name: "idle" }
  | { readonly name: "connecting"; readonly since: number }
  | {
      readonly name: "open";
      readonly since: number;
      readonly lastFrameAt: number;
      readonly pingAt: number;
      /** A frame must arrive until then. */
      readonly probeUntil: number | null;
    }
  | { readonly name: "waiting"; readonly retryAt: number }
  | { readonly name: "refused"; readonly code: number; readonly reason: string };

/** What a reader is shown after a gap. */
export interface Recovery {
  readonly gapMs: number;
  /** Messages of streams that were made up for. */
  readonly messages: number;
  /** A stream had to begin again: `messages` is not all that happened meanwhile. */
  readonly reset: boolean;
  readonly until: number;
}

/** All that the machine knows; the socket itself is the shell's. */
export interface Connection {
  readonly phase: Phase;
  /** Number of the latest socket; what an earlier one still brings is ignored. */
  readonly socket: number;
  readonly failures: number;
  /** Attempts in a row that ended before they opened. */
  readonly unopened: number;
  readonly isWanted: boolean;
  readonly releasedAt: number | null;
  readonly isOnline: boolean;
  readonly hiddenSince: number | null;
  readonly isPaused: boolean;
  readonly flow: Flow;
  /** `null` also where nobody knows how old the last value is. */
  readonly lastDataAt: number | null;
  /** When the machine was last found to have slept, or to have had its clock set forward. */
  readonly wokeAt: number;
  /** Since when no socket has been open, while one is wanted. */
  readonly downSince: number | null;
  /** The last sign of life before continuity was lost; `null` while it holds. */
  readonly lostAt: number | null;
  readonly recovery: Recovery | null;
}

/** Nothing wanted, no socket yet. */
export const IDLE: Connection = {
  phase: { name: "idle" },
  socket: 0,
  failures: 0,
  unopened: 0,
  isWanted: false,
  releasedAt: null,
  isOnline: true,
  hiddenSince: null,
  isPaused: false,
  flow: "unknown",
  lastDataAt: null,
  wokeAt: -Infinity,
  downSince: null,
  lostAt: null,
  recovery: null,
};
