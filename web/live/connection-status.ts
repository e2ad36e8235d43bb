/** The state of the connection as a reader sees it: derived from the time of the last message, never from the socket's state. */
import { isBlocked } from "./connection.ts";
import type { Connection } from "./connection-state.ts";

/** Values younger than this are live. */
const LIVE_MS = 3_000;
/** Older than this within a session, and they are stale. */
const STALE_MS = 15_000;
/** Polling is polling as long as its last round is no older. */
const POLLED_MS = 25_000;
/** Without a socket for this long, "reconnecting" would promise too much. */
const OFFLINE_MS = 120_000;

/**
 * `closed`: connected, and no session runs, so silence is right and never shown as stale. Times in milliseconds on the
 * client's monotonic clock, `lastDataAt` `null` before the first value, and where its age is unknown after a sleep.
 */
export type LiveStatus =
  | { readonly state: "idle" }
  | { readonly state: "connecting" }
  | { readonly state: "live"; readonly lastDataAt: number }
  | { readonly state: "quiet"; readonly lastDataAt: number | null }
  | { readonly state: "stale"; readonly lastDataAt: number | null }
  | { readonly state: "closed"; readonly lastDataAt: number | null }
  /** `retryAt` `null`: an attempt is under way. */
  | {
      readonly state: "reconnecting";
      readonly attempt: number;
      readonly retryAt: number | null;
      readonly lastDataAt: number | null;
    }
  | {
      readonly state: "recovered";
      readonly gapSeconds: number;
      readonly messages: number;
      readonly reset: boolean;
    }
  /** No socket comes through; REST is asked instead, at `lastDataAt` the last time with success. */
  | { readonly state: "polling"; readonly lastDataAt: number }
  | { readonly state: "offline"; readonly retryAt: number | null; readonly lastDataAt: number | null }
  /** `waiting`: changes that arrived and are not shown yet. */
  | { readonly state: "paused"; readonly waiting: number }
  | { readonly state: "refused"; readonly code: number; readonly reason: string };

/** `waiting` counts the changes held back by a pause; `polledAt`: when REST last answered in the place of a socket. */
export function statusOf(
  connection: Connection,
  now: number,
  waiting: number,
  polledAt: number | null = null,
): LiveStatus {
  const { phase, lastDataAt } = connection;
  switch (phase.name) {
    case "refused":
      return { state: "refused", code: phase.code, reason: phase.reason };
    case "idle":
      return { state: "idle" };
    case "connecting":
    case "waiting":
      if (polledAt !== null && now - polledAt <= POLLED_MS && isBlocked(connection)) {
        return { state: "polling", lastDataAt: polledAt };
      }
      return downStatus(connection, now, phase.name === "waiting" ? phase.retryAt : null);
    case "open":
      return connection.lostAt === null || connection.isPaused
        ? openStatus(connection, phase.since, now, waiting)
        : { state: "reconnecting", attempt: connection.failures, retryAt: null, lastDataAt };
  }
}

function downStatus(connection: Connection, now: number, retryAt: number | null): LiveStatus {
  const { lastDataAt, failures, downSince, isOnline, lostAt } = connection;
  if (!isOnline || (downSince !== null && now - downSince > OFFLINE_MS)) {
    return { state: "offline", retryAt, lastDataAt };
  }
  return failures === 0 && lostAt === null
    ? { state: "connecting" }
    : { state: "reconnecting", attempt: failures, retryAt, lastDataAt };
}

function openStatus(connection: Connection, since: number, now: number, waiting: number): LiveStatus {
  const { flow, lastDataAt, recovery, wokeAt } = connection;
  if (connection.isPaused) {
    return { state: "paused", waiting };
  }
  if (recovery !== null && now < recovery.until) {
    const { gapMs, messages, reset } = recovery;
    return { state: "recovered", gapSeconds: Math.round(gapMs / 1000), messages, reset };
  }
  if (flow === "resting") {
    return { state: "closed", lastDataAt };
  }
  // A new socket, or one after a sleep, has brought no value yet: silence counts from there.
  const silence = now - Math.max(lastDataAt ?? -Infinity, since, wokeAt);
  if (flow === "stalled" || (flow === "flowing" && silence > STALE_MS)) {
    return { state: "stale", lastDataAt };
  }
  return lastDataAt !== null && now - lastDataAt <= LIVE_MS
    ? { state: "live", lastDataAt }
    : { state: "quiet", lastDataAt };
}
