/** The demo's clock: sessions and breaks of fixed length that advance only while a feed runs, and never catch up. */
import type { FeedState } from "../../app/ports/live.ts";

/** In milliseconds of real time. */
export interface SessionLengths {
  readonly sessionMs: number;
  readonly breakMs: number;
}

/** Where the demo stands: in a session or in the break after it. */
export interface SessionClock {
  readonly phase: "open" | "break";
  readonly elapsedMs: number;
  readonly paused: boolean;
}

/** The beginning of a session. */
export const OPENING: SessionClock = { phase: "open", elapsedMs: 0, paused: false };

/** What the passing of time brought about. */
export type ClockTurn = "none" | "close" | "open";

/** What happens when `ms` more have passed: at most one turn, because nothing is ever caught up. */
export function pass(
  clock: SessionClock,
  ms: number,
  lengths: SessionLengths,
): readonly [SessionClock, ClockTurn] {
  if (clock.paused) {
    return [clock, "none"];
  }
  const elapsedMs = clock.elapsedMs + Math.max(0, ms);
  const length = clock.phase === "open" ? lengths.sessionMs : lengths.breakMs;
  if (elapsedMs < length) {
    return [{ ...clock, elapsedMs }, "none"];
  }
  return clock.phase === "open"
    ? [{ ...clock, phase: "break", elapsedMs: 0 }, "close"]
    : [{ ...clock, phase: "open", elapsedMs: 0 }, "open"];
}

/** Share of the session that has passed; 1 in the break after it. */
export function elapsedShare(clock: SessionClock, { sessionMs }: SessionLengths): number {
  return clock.phase === "open" ? Math.min(1, clock.elapsedMs / sessionMs) : 1;
}

/** Milliseconds until the clock turns by itself; `null` while it is paused. */
export function untilTurn(clock: SessionClock, { sessionMs, breakMs }: SessionLengths): number | null {
  return clock.paused ? null : Math.max(0, (clock.phase === "open" ? sessionMs : breakMs) - clock.elapsedMs);
}

/** The same states as a real feed has, so that the page needs no case of its own. */
export function feedStateOf(clock: SessionClock): FeedState {
  return clock.paused ? "paused" : clock.phase === "open" ? "live" : "closed";
}
