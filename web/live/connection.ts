/** The life of the one connection as a pure machine: events in, effects out. The socket's own state is never asked. */
import { assertNever } from "../../worker/core/assert.ts";
import { LOST_CODE, retryDelay } from "./backoff.ts";
import type { ConnectionEffect, ConnectionEvent } from "./connection-event.ts";
import type { Connection, Phase, Recovery } from "./connection-state.ts";

/** Milliseconds (WS10), as all that follow. */
const PING_MS = 25_000;
const SILENCE_MS = 33_000;
const HIDDEN_MS = 300_000;

/** A probe that brings nothing in this time has found a dead socket. */
const PROBE_MS = 8_000;
/** A handshake that takes longer is given up. */
const OPEN_MS = 15_000;
/** Up for this long, and earlier failures are forgotten; a shorter life counts as one more. */
const STEADY_MS = 30_000;
/** How long a recovery is shown. */
const RECOVERED_MS = 4_000;
/** After so many attempts in a row that did not open, the page polls REST. */
const BLOCKED_AFTER = 3;
/** How long a socket without a subscriber is kept: from one page to the next. */
const LINGER_MS = 10_000;

/** The state afterwards, and what the shell must do, in order. */
export type Step = readonly [Connection, readonly ConnectionEffect[]];

/**
 * The next state. Pure: moments and chance come with the event, and an event of an earlier socket changes nothing.
 *
 * @example
 * const [state, effects] = step(IDLE, { type: "want", at: 0 });
 * effects; // [{ type: "open", socket: 1 }]
 * step(state, { type: "opened", at: 80, socket: 1 })[0].phase.name; // "open"
 */
export function step(state: Connection, event: ConnectionEvent): Step {
  switch (event.type) {
    case "want":
      return wake({ ...state, isWanted: true, releasedAt: null }, event.at, false);
    case "release":
      return [{ ...state, isWanted: false, releasedAt: event.at }, []];
    case "opened":
    case "frame":
    case "closed":
      return event.socket === state.socket ? onSocket(state, event) : [state, []];
    case "caught_up":
      return [caughtUp(state, event), []];
    case "flow":
      return [{ ...state, flow: event.flow }, []];
    case "online":
      return wake({ ...state, isOnline: true }, event.at, true);
    case "offline":
      return probe({ ...state, isOnline: false }, event.at);
    case "hidden":
      return [{ ...state, hiddenSince: state.hiddenSince ?? event.at }, []];
    case "shown":
      return wake({ ...state, hiddenSince: null }, event.at, true);
    case "awake":
      return wake(state, event.at, true);
    case "leapt":
      return wake({ ...state, lastDataAt: null, wokeAt: event.at }, event.at, true);
    case "slept":
      return [slept(state, event.ms), []];
    case "pause":
      return [{ ...state, isPaused: true }, []];
    case "resume":
      return [{ ...state, isPaused: false }, []];
    case "retry":
      return retry(state, event.at);
    case "tick":
      return onTick(state, event.at, event.chance);
    default:
      return assertNever(event);
  }
}

/** Whether several attempts brought no socket though the page is online: a proxy, a firewall, a server that is down. */
export function isBlocked({ phase, unopened, isOnline }: Connection): boolean {
  return isOnline && unopened >= BLOCKED_AFTER && (phase.name === "waiting" || phase.name === "connecting");
}

/** When the machine wants its next `tick`; `null`: nothing is due. */
export function nextTickAt(state: Connection): number | null {
  const { phase } = state;
  const due: number[] = [];
  if (phase.name === "connecting") {
    due.push(phase.since + OPEN_MS);
  } else if (phase.name === "waiting") {
    due.push(phase.retryAt);
  } else if (phase.name === "open") {
    due.push(phase.pingAt, deadlineOf(phase));
  }
  if (phase.name !== "idle" && phase.name !== "refused") {
    if (state.hiddenSince !== null) {
      due.push(state.hiddenSince + HIDDEN_MS);
    }
    if (state.releasedAt !== null) {
      due.push(state.releasedAt + LINGER_MS);
    }
  }
  return due.length === 0 ? null : Math.min(...due);
}

function deadlineOf(phase: Extract<Phase, { name: "open" }>): number {
  return Math.min(phase.lastFrameAt + SILENCE_MS, phase.probeUntil ?? Infinity);
}

function onSocket(
  state: Connection,
  event: Extract<ConnectionEvent, { type: "opened" | "frame" | "closed" }>,
): Step {
  const { phase } = state;
  if (event.type === "closed") {
    return phase.name === "connecting" || phase.name === "open"
      ? lose(state, event.at, event.code, event.reason, event.chance)
      : [state, []];
  }
  if (event.type === "opened") {
    if (phase.name !== "connecting") {
      return [state, []];
    }
    const { at } = event;
    const open: Phase = { name: "open", since: at, lastFrameAt: at, pingAt: at + PING_MS, probeUntil: null };
    return [{ ...state, phase: open, downSince: null, unopened: 0 }, []];
  }
  if (phase.name !== "open") {
    return [state, []];
  }
  const heard: Phase = { ...phase, lastFrameAt: event.at, probeUntil: null };
  return [{ ...state, phase: heard, lastDataAt: event.data ? event.at : state.lastDataAt }, []];
}

function caughtUp(state: Connection, event: Extract<ConnectionEvent, { type: "caught_up" }>): Connection {
  const { at, messages, reset } = event;
  if (state.phase.name !== "open" || state.lostAt === null) {
    return state;
  }
  const recovery: Recovery = { gapMs: at - state.lostAt, messages, reset, until: at + RECOVERED_MS };
  return { ...state, lostAt: null, recovery };
}

/** The gap of a socket that was lost before or in the sleep began earlier than the monotonic clock shows. */
function slept(state: Connection, ms: number): Connection {
  const { lostAt, wokeAt } = state;
  return lostAt !== null && lostAt <= wokeAt ? { ...state, lostAt: lostAt - ms } : state;
}

/** Connects when a socket is wanted and none is there; looks at once whether an open one still lives. */
function wake(state: Connection, at: number, isUrgent: boolean): Step {
  const { phase } = state;
  const isSleeping = state.hiddenSince !== null && at - state.hiddenSince >= HIDDEN_MS;
  if (phase.name === "open") {
    return isUrgent ? probe(state, at) : [state, []];
  }
  const mayConnect = phase.name === "idle" || (phase.name === "waiting" && isUrgent);
  return mayConnect && state.isWanted && !isSleeping ? connect(state, at) : [state, []];
}

function probe(state: Connection, at: number): Step {
  const { phase } = state;
  if (phase.name !== "open" || phase.probeUntil !== null) {
    return [state, []];
  }
  return [{ ...state, phase: { ...phase, probeUntil: at + PROBE_MS } }, [{ type: "ping" }]];
}

function connect(state: Connection, at: number): Step {
  const socket = state.socket + 1;
  const phase: Phase = { name: "connecting", since: at };
  return [{ ...state, phase, socket, downSince: state.downSince ?? at }, [{ type: "open", socket }]];
}

function retry(state: Connection, at: number): Step {
  const { phase } = state;
  if (phase.name === "open") {
    return probe(state, at);
  }
  return state.isWanted && phase.name !== "connecting" ? connect(state, at) : [state, []];
}

function lose(state: Connection, at: number, code: number, reason: string, chance: number): Step {
  const { phase } = state;
  const wasSteady = phase.name === "open" && at - phase.since >= STEADY_MS;
  const failures = wasSteady ? 0 : state.failures;
  const lost: Connection = {
    ...state,
    failures: failures + 1,
    unopened: phase.name === "open" ? 0 : state.unopened + 1,
    downSince: state.downSince ?? at,
    lostAt: lostSince(state),
    recovery: null,
  };
  const delay = retryDelay({ code, failures, chance });
  return delay === null
    ? [{ ...lost, phase: { name: "refused", code, reason } }, []]
    : [{ ...lost, phase: { name: "waiting", retryAt: at + delay } }, []];
}

/** The last sign of life; of a socket that never opened its beginning, because what the page shows by then nobody keeps up. */
function lostSince({ lostAt, phase }: Connection): number | null {
  const since = phase.name === "open" ? phase.lastFrameAt : phase.name === "connecting" ? phase.since : null;
  return lostAt ?? since;
}

/** No socket until one is wanted again. Nothing counts as missed after a release; after a long sleep it does. */
function rest(state: Connection): Step {
  const { phase } = state;
  const isSocket = phase.name === "open" || phase.name === "connecting";
  return [
    {
      ...state,
      phase: { name: "idle" },
      failures: 0,
      downSince: null,
      recovery: null,
      lostAt: state.isWanted ? lostSince(state) : null,
    },
    isSocket ? [{ type: "close", socket: state.socket }] : [],
  ];
}

function onTick(state: Connection, at: number, chance: number): Step {
  const { phase } = state;
  if (phase.name === "idle" || phase.name === "refused") {
    return [state, []];
  }
  const isAsleep = state.hiddenSince !== null && at >= state.hiddenSince + HIDDEN_MS;
  if (isAsleep || (state.releasedAt !== null && at >= state.releasedAt + LINGER_MS)) {
    return rest(state);
  }
  if (phase.name === "waiting") {
    return at >= phase.retryAt ? connect(state, at) : [state, []];
  }
  const isDead = at >= (phase.name === "open" ? deadlineOf(phase) : phase.since + OPEN_MS);
  if (isDead) {
    const [lost] = lose(state, at, LOST_CODE, "silent", chance);
    return [lost, [{ type: "close", socket: state.socket }]];
  }
  return phase.name === "open" && at >= phase.pingAt
    ? [{ ...state, phase: { ...phase, pingAt: at + PING_MS } }, [{ type: "ping" }]]
    : [state, []];
}
