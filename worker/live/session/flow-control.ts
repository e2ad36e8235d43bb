/**
 * How fast a socket may be written to. The platform tells nothing of what a client has read, so a client that acks has a
 * window, and one that does not gets few frames and must be heard of (WS9, WS10).
 */
import type { Fragment, Position } from "../../app/ports/live.ts";
import { MAX_TOPICS_A_SOCKET } from "../../protocol/messages/client-message.ts";
import { encodeFrames } from "../../protocol/messages/codec.ts";
import { type SendBudget, WINDOW } from "./send-budget.ts";
import type { SessionEffect, SessionEvent, Step } from "./session-event.ts";
import { isAsking, type Ask, type Session } from "./session.ts";
import { RING_SIZE } from "./ring-size.ts";

const LAGGING_MS = 30_000;
/** WS9: a client that never acks gets at most one pushed frame in this time... */
const PUSH_EVERY_MS = 1_000;
/** ...and is closed at the next push when it was not heard of for this long. */
const UNHEARD_MS = 60_000;
/** WS9d: what is kept for a reader that is held back. A value of each topic, and of its streams as much as a ring holds. */
const MAX_WAITING = MAX_TOPICS_A_SOCKET + RING_SIZE;
/** WS10: nothing at all was heard, not even a ping that the platform answered. */
const SILENT_MS = 180_000;

/** An answer goes at once, whatever the socket's pace. Counts what is sent; no texts, no frame. */
export function reply(before: Session, texts: readonly string[], at: number): Step {
  if (texts.length === 0) {
    return { session: before, effects: [] };
  }
  const frames = encodeFrames(texts);
  const sent = frames.reduce((sum, frame) => sum + frame.length, before.sent);
  const isLagging = before.acks && sent - before.acked > WINDOW;
  const begins = isLagging && before.laggingSince === null;
  const effects: SessionEffect[] = [{ kind: "send", frames }];
  if (begins) {
    effects.push({ kind: "watch", at: at + LAGGING_MS });
  }
  // Who is behind is asked for everything anew when it confirms: what waits would come after newer values.
  const behind = begins ? { laggingSince: at, pending: [] } : {};
  return { session: { ...before, sent, ...behind }, effects };
}

/** What its topics brought. A lagging socket is passed over: it catches up from its places when it acks. */
export function due(before: Session, event: SessionEvent & { kind: "due" }): Step {
  const { at } = event;
  if (isPlain(before, event)) {
    return reply({ ...before, lastPush: at }, textsOf(event.fragments), at);
  }
  const session = { ...before, lastHeard: Math.max(before.lastHeard, event.pinged ?? 0) };
  if (session.laggingSince !== null) {
    return {
      session,
      effects: at - session.laggingSince > LAGGING_MS ? [{ kind: "close", close: "slow" }] : [],
    };
  }
  if (isBeyond(session, event.sendBudget)) {
    return { session, effects: [{ kind: "close", close: "slow" }] };
  }
  const waiting = conflate(session, event.fragments);
  const isHeldBack = session.acks
    ? outstandingOf(session) > event.sendBudget.window
    : at - session.lastPush < PUSH_EVERY_MS;
  if (isHeldBack) {
    const isSilent = session.acks && at - Math.max(session.lastHeard, session.lastPush) > LAGGING_MS;
    const effects: SessionEffect[] = isSilent ? [{ kind: "close", close: "slow" }] : [];
    if (session.acks && waiting.length > MAX_WAITING) {
      // Word by word it may confirm for ever: from here on it is behind, and its places stand for what it missed.
      const behind = { ...session, laggingSince: at, pending: [] };
      return { session: behind, effects: [...effects, { kind: "watch", at: at + LAGGING_MS }] };
    }
    return { session: { ...session, pending: waiting }, effects };
  }
  const { texts, places, gaps } = take(session, waiting);
  const pushed = reply(
    { ...session, pending: [], places, lastPush: texts.length > 0 ? at : session.lastPush },
    texts,
    at,
  );
  const mended = askQuietly(pushed.session, gaps);
  const effects = [...pushed.effects, ...mended.effects];
  const isUnheard = !session.acks && texts.length > 0 && at - session.lastHeard > UNHEARD_MS;
  return {
    session: mended.session,
    effects: isUnheard ? [...effects, { kind: "close", close: "slow" }] : effects,
  };
}

/** Nearly every frame: a reader who keeps up gets what its whole group gets. */
function isPlain(
  session: Session,
  { fragments, chosenBy, sendBudget }: SessionEvent & { kind: "due" },
): boolean {
  return (
    chosenBy === session.topics &&
    session.acks &&
    session.laggingSince === null &&
    session.pending.length === 0 &&
    session.asks.size === 0 &&
    fragments.length > 0 &&
    outstandingOf(session) <= sendBudget.window
  );
}

/** A group's share of a tick is one list, and its texts are another, so that the frame made of them is found again. */
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

/** WS9d: it never acks and was sent more than may stand unconfirmed. */
export function isBeyond(session: Session, { unconfirmed }: SendBudget): boolean {
  return !session.acks && outstandingOf(session) > unconfirmed;
}

function outstandingOf({ sent, acked }: Session): number {
  return sent - acked;
}

/** `bytes` in the client's own count of everything it received; more than was sent is taken for all of it. */
export function acknowledge(before: Session, bytes: number, at: number): Step {
  const acked = Math.max(before.acked, Math.min(bytes, before.sent));
  const session = { ...before, acks: true, acked, lastHeard: at };
  if (session.laggingSince === null || session.sent - acked > WINDOW) {
    return { session, effects: [] };
  }
  return askQuietly({ ...session, laggingSince: null }, session.topics);
}

/** Asked now and then, and by an alarm while a session is not settled. */
export function looked(before: Session, event: SessionEvent & { kind: "looked" }, handshakeMs: number): Step {
  const { at } = event;
  const session = { ...before, lastHeard: Math.max(before.lastHeard, event.pinged ?? 0) };
  if (!session.hasSubscribed && at - session.openedAt >= handshakeMs) {
    return { session, effects: [{ kind: "close", close: "idle" }] };
  }
  const isSlow = session.laggingSince !== null && at - session.laggingSince >= LAGGING_MS;
  const isGone = at - session.lastHeard > SILENT_MS;
  if (isSlow || isGone) {
    return { session, effects: [{ kind: "close", close: "slow" }] };
  }
  return session.laggingSince === null ? askQuietly(session, session.open) : { session, effects: [] };
}

/** Learns the state of topics again without a word to the client: streams from where it stands, values as they are. */
function askQuietly(before: Session, topics: Iterable<string>): Step {
  const asks = new Map(before.asks);
  const effects: SessionEffect[] = [];
  let { nextAsk } = before;
  for (const topic of topics) {
    if (isAsking(before, topic)) {
      continue;
    }
    const since = before.places.get(topic) ?? null;
    const ask: Ask = { topic, isStream: since !== null, id: undefined, isQuiet: true };
    asks.set(nextAsk, ask);
    effects.push({ kind: "ask", ask: nextAsk, topic, since });
    nextAsk += 1;
  }
  return { session: { ...before, asks, nextAsk }, effects };
}

/** A later value of a topic takes the place of an earlier one; messages of streams all stay, in their order. */
function conflate(session: Session, fragments: readonly Fragment[]): readonly Fragment[] {
  if (session.pending.length === 0) {
    return fragments;
  }
  const all = [...session.pending, ...fragments];
  const last = new Map(all.map((fragment) => [fragment.topic, fragment]));
  return all.filter(
    (fragment) => session.places.has(fragment.topic) || last.get(fragment.topic) === fragment,
  );
}

interface Taken {
  readonly texts: readonly string[];
  readonly places: ReadonlyMap<string, Position>;
  readonly gaps: ReadonlySet<string>;
}

/**
 * The texts that continue what the client has. A stream's message that it has is dropped (the sequencer sends again when
 * it was not sure), one that does not follow leaves a gap, and nothing of that stream passes a gap (WS5, WS7).
 */
function take(session: Session, fragments: readonly Fragment[]): Taken {
  const texts: string[] = [];
  const places = new Map(session.places);
  const gaps = new Set<string>();
  for (const { topic, epoch, seq, text } of fragments) {
    if (!session.topics.has(topic) || gaps.has(topic)) {
      continue;
    }
    const place = places.get(topic);
    if (place === undefined) {
      texts.push(text);
    } else if (isAsking(session, topic)) {
      // The answer on its way reflects at least this much; the object keeps what overtakes it.
      continue;
    } else if (place.epoch === epoch && seq === place.seq + 1) {
      places.set(topic, { epoch, seq });
      texts.push(text);
    } else if (place.epoch !== epoch || seq > place.seq) {
      gaps.add(topic);
    }
  }
  return { texts, places, gaps };
}
