/**
 * How fast a socket may be written to. The platform does not show what a client has read, so a client that acks has a window,
 * and one that does not gets few frames and has to send something now and then (WS9, WS10).
 */
import { MAX_TOPICS_A_SOCKET } from "../../protocol/messages/client-message.ts";
import { encodeFrames } from "../../protocol/messages/codec.ts";
import { type SendBudget, WINDOW } from "./send-budget.ts";
import type { SessionEffect, SessionEvent, Step } from "./session-event.ts";
import {
  type AckingSession,
  ackedOf,
  type Ask,
  askedTopics,
  type Session,
  toAcking,
  toLagging,
  type UnackedSession,
} from "./session.ts";
import { type Fragment, type Position, RING_SIZE } from "../../app/ports/live.ts";

const LAGGING_MS = 30_000;
/** WS9: a client that never acks gets at most one pushed frame in this time... */
const PUSH_EVERY_MS = 1_000;
/** ...and is closed at the next push when it sent nothing for this long. */
const UNACKED_SILENT_MS = 60_000;
/** WS9d: how many fragments wait for a reader that is held back: a value of each topic, and as much of its streams as a ring holds. */
const MAX_WAITING = MAX_TOPICS_A_SOCKET + RING_SIZE;
/** WS10: the client sent nothing for this long, not even a ping that the platform answered. */
const SILENT_MS = 180_000;

/** Sends an answer at once, whatever the socket's pace, and counts it. Without texts there is no frame. */
export function reply(before: Session, texts: readonly string[], at: number): Step {
  if (texts.length === 0) {
    return { session: before, effects: [] };
  }
  const frames = encodeFrames(texts);
  const sent = frames.reduce((sum, frame) => sum + frame.length, before.counts.sent);
  const session = { ...before, counts: { ...before.counts, sent } };
  const send: SessionEffect = { kind: "send", frames };
  if (session.reads !== "acking" || sent - session.acked <= WINDOW) {
    return { session, effects: [send] };
  }
  // All topics are asked about anew when the client confirms, and what waits would come after newer values.
  return { session: toLagging(session, at), effects: [send, { kind: "watch", at: at + LAGGING_MS }] };
}

/** Sends what the socket's topics brought. A lagging socket is passed over, and catches up from its positions when it acks. */
export function due(before: Session, event: SessionEvent & { kind: "due" }): Step {
  const { at } = event;
  if (isPlain(before, event)) {
    return reply({ ...before, counts: { ...before.counts, lastPush: at } }, textsOf(event.fragments), at);
  }
  const session = pinged(before, event.pinged);
  if (session.reads === "lagging") {
    return {
      session,
      effects: at - session.laggingSince > LAGGING_MS ? [{ kind: "close", close: "slow" }] : [],
    };
  }
  if (isBeyond(session, event.sendBudget)) {
    return { session, effects: [{ kind: "close", close: "slow" }] };
  }
  const waiting = conflate(session, event.fragments);
  const { lastPush } = session.counts;
  const isHeldBack =
    session.reads === "acking"
      ? outstandingOf(session) > event.sendBudget.window
      : at - lastPush < PUSH_EVERY_MS;
  if (isHeldBack) {
    return holdBack(session, waiting, at);
  }
  const { texts, positions, gaps } = take(session, waiting);
  const moved = {
    ...session,
    pending: [],
    durable: positions === session.durable.positions ? session.durable : { ...session.durable, positions },
    counts: texts.length > 0 ? { ...session.counts, lastPush: at } : session.counts,
  };
  const pushed = reply(moved, texts, at);
  const mended = askQuietly(pushed.session, gaps);
  const effects = [...pushed.effects, ...mended.effects];
  const isUnackedSilent =
    session.reads === "unacked" && texts.length > 0 && at - session.counts.lastReceived > UNACKED_SILENT_MS;
  return {
    session: mended.session,
    effects: isUnackedSilent ? [...effects, { kind: "close", close: "slow" }] : effects,
  };
}

function holdBack(session: UnackedSession | AckingSession, waiting: readonly Fragment[], at: number): Step {
  const { lastReceived, lastPush } = session.counts;
  const isSilent = session.reads === "acking" && at - Math.max(lastReceived, lastPush) > LAGGING_MS;
  const effects: SessionEffect[] = isSilent ? [{ kind: "close", close: "slow" }] : [];
  if (session.reads === "acking" && waiting.length > MAX_WAITING) {
    // Such a client may confirm one unit at a time for ever: from here on it lags, and its positions stand for what it missed.
    return {
      session: toLagging(session, at),
      effects: [...effects, { kind: "watch", at: at + LAGGING_MS }],
    };
  }
  return { session: { ...session, pending: waiting }, effects };
}

/** Counts a ping that the platform answered at `at`; `null`: it answered none. */
function pinged<S extends Session>(session: S, at: number | null): S {
  return at === null || at <= session.counts.lastReceived
    ? session
    : { ...session, counts: { ...session.counts, lastReceived: at } };
}

/** True of nearly every frame: a reader who keeps up gets what its whole group gets. */
function isPlain(
  session: Session,
  { fragments, chosenBy, sendBudget }: SessionEvent & { kind: "due" },
): boolean {
  return (
    chosenBy === session.durable.topics &&
    session.reads === "acking" &&
    session.pending.length === 0 &&
    session.asks.size === 0 &&
    fragments.length > 0 &&
    outstandingOf(session) <= sendBudget.window
  );
}

/** The texts of a group's share of a tick, one list for one share, so that the frame made of them is found again. */
const joint = new WeakMap<readonly Fragment[], readonly string[]>();

function textsOf(fragments: readonly Fragment[]): readonly string[] {
  const known = joint.get(fragments);
  if (known !== undefined) {
    return known;
  }
  const list = fragments.map(({ text }) => text);
  joint.set(fragments, list);
  return list;
}

/** WS9d: a client that never acks was sent more than may stand unconfirmed, or would be with `more` UTF-16 units. */
export function isBeyond(session: Session, { unconfirmed }: SendBudget, more = 0): boolean {
  return session.reads === "unacked" && outstandingOf(session) + more > unconfirmed;
}

function outstandingOf(session: Session): number {
  return session.counts.sent - ackedOf(session);
}

/** `bytes` is the client's own count of everything it received; a count beyond what was sent is taken for all of it. */
export function acknowledge(before: Session, bytes: number, at: number): Step {
  const acked = Math.max(ackedOf(before), Math.min(bytes, before.counts.sent));
  const counts = { ...before.counts, lastReceived: at };
  const session = { ...toAcking(before), acked, counts };
  if (before.reads !== "lagging") {
    return { session, effects: [] };
  }
  return outstandingOf(session) > WINDOW
    ? { session: { ...before, acked, counts }, effects: [] }
    : askQuietly(session, session.durable.topics);
}

/** Called now and then, and by an alarm while a session is not settled. */
export function looked(before: Session, event: SessionEvent & { kind: "looked" }, handshakeMs: number): Step {
  const { at } = event;
  const session = pinged(before, event.pinged);
  if (!session.durable.hasSubscribed && at - session.openedAt >= handshakeMs) {
    return { session, effects: [{ kind: "close", close: "idle" }] };
  }
  const isSlow = session.reads === "lagging" && at - session.laggingSince >= LAGGING_MS;
  const isGone = at - session.counts.lastReceived > SILENT_MS;
  if (isSlow || isGone) {
    return { session, effects: [{ kind: "close", close: "slow" }] };
  }
  return session.reads === "lagging"
    ? { session, effects: [] }
    : askQuietly(session, session.durable.incomplete);
}

/** Learns the state of topics again without a message to the client: streams from where it stands, values as they are. */
function askQuietly(before: Session, topics: Iterable<string>): Step {
  const asks = new Map(before.asks);
  const effects: SessionEffect[] = [];
  const asked = askedTopics(before);
  let { nextAsk } = before;
  for (const topic of topics) {
    if (asked.has(topic)) {
      continue;
    }
    const since = before.durable.positions.get(topic) ?? null;
    const ask: Ask = { topic, isStream: since !== null, id: undefined, isQuiet: true };
    asks.set(nextAsk, ask);
    effects.push({ kind: "ask", ask: nextAsk, topic, since });
    nextAsk += 1;
  }
  return { session: effects.length > 0 ? { ...before, asks, nextAsk } : before, effects };
}

/** A later value of a topic replaces an earlier one; messages of streams all stay, in their order. */
function conflate(
  { pending, durable }: UnackedSession | AckingSession,
  fragments: readonly Fragment[],
): readonly Fragment[] {
  if (pending.length === 0) {
    return fragments;
  }
  const all = [...pending, ...fragments];
  const last = new Map(all.map((fragment) => [fragment.topic, fragment]));
  return all.filter(
    (fragment) => durable.positions.has(fragment.topic) || last.get(fragment.topic) === fragment,
  );
}

interface Taken {
  readonly texts: readonly string[];
  readonly positions: ReadonlyMap<string, Position>;
  readonly gaps: ReadonlySet<string>;
}

/**
 * The texts that continue what the client has. A stream's message that the client has is dropped (the sequencer sends again
 * when it is not sure), one that does not follow leaves a gap, and nothing of that stream passes a gap (WS5, WS7).
 */
function take(session: Session, fragments: readonly Fragment[]): Taken {
  const texts: string[] = [];
  const positions = new Map(session.durable.positions);
  const gaps = new Set<string>();
  const asked = askedTopics(session);
  for (const { topic, epoch, seq, text } of fragments) {
    if (!session.durable.topics.has(topic) || gaps.has(topic)) {
      continue;
    }
    const position = positions.get(topic);
    if (position === undefined) {
      texts.push(text);
    } else if (asked.has(topic)) {
      // The answer on its way reflects at least this much, and the object keeps what overtakes the answer.
      continue;
    } else if (position.epoch === epoch && seq === position.seq + 1) {
      positions.set(topic, { epoch, seq });
      texts.push(text);
    } else if (position.epoch !== epoch || seq > position.seq) {
      gaps.add(topic);
    }
  }
  const isMoved = Array.from(positions).some(
    ([topic, position]) => position !== session.durable.positions.get(topic),
  );
  return { texts, positions: isMoved ? positions : session.durable.positions, gaps };
}
