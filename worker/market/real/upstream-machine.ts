/**
 * DR2: where the connection to a vendor of live prices stands. Pure: what happened goes in, what is to be done comes out. It is never
 * live before a snapshot has brought what the time without a connection hid.
 */
import type { Denial } from "../../app/ports/market-sources.ts";

/** Failures in a row, and refusals because the key is in use; a trade forgets both. */
interface Attempts {
  readonly failed: number;
  readonly refused: number;
}

/** Instants in milliseconds since the epoch. `heardAt`: when anything at all last arrived. */
export type UpstreamState =
  | { readonly name: "asleep" }
  | { readonly name: "connecting"; readonly since: number; readonly attempts: Attempts }
  | {
      readonly name: "snapshot";
      readonly heardAt: number;
      readonly askAt: number;
      readonly attempts: Attempts;
    }
  | { readonly name: "live"; readonly heardAt: number; readonly attempts: Attempts }
  | { readonly name: "waiting"; readonly until: number; readonly attempts: Attempts }
  | { readonly name: "denied"; readonly why: Denial; readonly until: number };

export type UpstreamChange =
  /** Time has passed; `isAwake`: a connection should stand now. */
  | { readonly kind: "time"; readonly isAwake: boolean }
  /** `missedNothing`: the session has not opened yet. */
  | { readonly kind: "up"; readonly missedNothing: boolean }
  | { readonly kind: "frame" }
  /** A trade of the session was admitted. */
  | { readonly kind: "trade" }
  /** The prices that the connection did not show have been asked for and applied. */
  | { readonly kind: "snapshot" }
  | { readonly kind: "down"; readonly denied: Denial | null };

export type UpstreamAction = "open" | "close" | "snapshot";

export interface UpstreamStep {
  readonly state: UpstreamState;
  readonly action: UpstreamAction | null;
}

/** A connection that does not stand by then never will. */
const CONNECT_MS = 20_000;
/** The vendor sends heartbeats also while nothing is traded: a line without any is dead. */
const SILENCE_MS = 90_000;
const ASK_AGAIN_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A vendor takes a session for alive for some seconds after its end: also one of this program, before it died. */
const IN_USE_PAUSES_MS: readonly number[] = [5_000, 15_000, 30_000];
const DENIED_MS = 3_600_000;

const NONE: Attempts = { failed: 0, refused: 0 };

export const ASLEEP: UpstreamState = { name: "asleep" };

const still = (state: UpstreamState): UpstreamStep => ({ state, action: null });

function connect(now: number, attempts: Attempts): UpstreamStep {
  return { state: { name: "connecting", since: now, attempts }, action: "open" };
}

/** Full jitter: many programs that lost one vendor do not come back at once. `random` in [0, 1). */
function pause({ failed }: Attempts, random: number): number {
  return (
    FIRST_PAUSE_MS + random * (Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failed) - FIRST_PAUSE_MS)
  );
}

function fail(attempts: Attempts, now: number, random: number, action: "close" | null): UpstreamStep {
  const more = { ...attempts, failed: attempts.failed + 1 };
  return { state: { name: "waiting", until: now + pause(more, random), attempts: more }, action };
}

function down(attempts: Attempts, denied: Denial | null, now: number, random: number): UpstreamStep {
  if (denied === null) {
    return fail(attempts, now, random, null);
  }
  const refused = attempts.refused + 1;
  const rest = denied === "key_in_use" ? IN_USE_PAUSES_MS[attempts.refused] : undefined;
  if (rest !== undefined) {
    return still({ name: "waiting", until: now + rest, attempts: { ...attempts, refused } });
  }
  return still({ name: "denied", why: denied, until: now + DENIED_MS });
}

function pass(state: UpstreamState, isAwake: boolean, now: number, random: number): UpstreamStep {
  if (!isAwake) {
    const stands = state.name === "connecting" || state.name === "snapshot" || state.name === "live";
    return { state: ASLEEP, action: stands ? "close" : null };
  }
  switch (state.name) {
    case "asleep":
      return connect(now, NONE);
    case "connecting":
      return now - state.since > CONNECT_MS ? fail(state.attempts, now, random, "close") : still(state);
    case "snapshot":
      if (now - state.heardAt > SILENCE_MS) {
        return fail(state.attempts, now, random, "close");
      }
      return now >= state.askAt
        ? { state: { ...state, askAt: now + ASK_AGAIN_MS }, action: "snapshot" }
        : still(state);
    case "live":
      return now - state.heardAt > SILENCE_MS ? fail(state.attempts, now, random, "close") : still(state);
    case "waiting":
      return now >= state.until ? connect(now, state.attempts) : still(state);
    case "denied":
      return now >= state.until ? connect(now, NONE) : still(state);
  }
}

/** Changes that do not fit the state, as an event of a connection that was given up, change nothing. `random` in [0, 1). */
export function advance(
  state: UpstreamState,
  change: UpstreamChange,
  now: number,
  random: number,
): UpstreamStep {
  if (change.kind === "time") {
    return pass(state, change.isAwake, now, random);
  }
  if (state.name === "asleep" || state.name === "waiting" || state.name === "denied") {
    return still(state);
  }
  const { attempts } = state;
  switch (change.kind) {
    case "down":
      return down(attempts, change.denied, now, random);
    case "up":
      if (state.name !== "connecting") {
        return still(state);
      }
      return still(
        change.missedNothing
          ? { name: "live", heardAt: now, attempts }
          : { name: "snapshot", heardAt: now, askAt: now, attempts },
      );
    case "frame":
      return still(state.name === "connecting" ? state : { ...state, heardAt: now });
    case "trade":
      return still({ ...state, attempts: NONE });
    case "snapshot":
      return still(state.name === "snapshot" ? { name: "live", heardAt: state.heardAt, attempts } : state);
  }
}
