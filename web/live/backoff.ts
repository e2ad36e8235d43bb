/** When to come back after a socket was lost, as a pure function of the code, the failures so far and one draw of chance (WS11). */
import { CLOSE } from "../../worker/protocol/messages/codes.ts";

const BASE_MS = 500;
const CAP_MS = 20_000;

/** A deploy drops every client in one instant: the first return is spread wider than the formula would. */
const FIRST_MS = 5_000;

/** The failures that the formula counts at least for a client that was asked to slow down. */
const SLOWED_FAILURES = 2;

/** Past the cap already; more doublings only make large numbers. */
const MAX_DOUBLINGS = 16;

/** The code a browser gives a socket that died without a close; also for those given up here. */
export const LOST_CODE = 1006;

/** What a close code asks of the client. `lost`: the path broke or the server restarted. */
export type CloseClass = "stop" | "back_off" | "return" | "lost";

/** A socket that ended, or a handshake that did not open. */
export interface Loss {
  readonly code: number;
  /** Failed or short connections in a row before this one. */
  readonly failures: number;
  /** Uniform in [0, 1). */
  readonly chance: number;
}

/** By the classes of the protocol (WS11); a code outside of them asks to return. */
export function closeClass(code: number): CloseClass {
  if ((code >= 4000 && code < 4100) || code === CLOSE.binary.code || code === CLOSE.tooBig.code) {
    return "stop";
  }
  if (code >= 4100 && code < 4200) {
    return "back_off";
  }
  return code === LOST_CODE || code === 1012 ? "lost" : "return";
}

/**
 * Milliseconds to wait; `null`: coming back would meet the same refusal.
 *
 * @example
 * retryDelay({ code: 1006, failures: 0, chance: 0.5 }); // 2500: half of the first window
 * retryDelay({ code: 4003, failures: 0, chance: 0.5 }); // null
 */
export function retryDelay({ code, failures, chance }: Loss): number | null {
  switch (closeClass(code)) {
    case "stop":
      return null;
    case "back_off":
      return chance * windowOf(Math.max(failures, SLOWED_FAILURES));
    case "lost":
      return chance * (failures === 0 ? FIRST_MS : windowOf(failures));
    case "return":
      return chance * windowOf(failures);
  }
}

/** Full jitter: the delay is drawn from all of the window, so that clients that failed together do not return together. */
function windowOf(failures: number): number {
  return Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures, MAX_DOUBLINGS));
}
