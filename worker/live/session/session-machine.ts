/**
 * The rules of a socket as one pure function, the same for `/ws` and `/ws/{topic}`: `(session, event) -> [session, effects]`.
 * The objects only perform the effects (WS2, WS3, WS9 are decided here).
 */
import { assertNever } from "../../core/assert.ts";
import { decodeClient, MAX_CLIENT_FRAME, type ClientEntry } from "../../protocol/messages/codec.ts";
import { encodeError } from "../../protocol/messages/session-message.ts";
import { PONG_TEXT } from "../../protocol/messages/client-message.ts";
import type { SessionEvent, SessionRules, Step } from "./session-event.ts";
import { answered, failed, refused } from "./answers.ts";
import { acknowledge, due, isBeyond, looked, reply } from "./flow-control.ts";
import { subscribe, unsubscribe } from "./subscriptions.ts";
import { ackedOf, type Session } from "./session.ts";

/** WS3: nothing subscribed within this time closes the socket. */
export const HANDSHAKE_MS = 30_000;

/** WS3: a window with more messages is a strike, and the third strike closes. */
const FLOOD_MESSAGES = 30;
const FLOOD_WINDOW_MS = 10_000;
const FLOOD_STRIKES = 3;

/** An ack for at least so much was earned by what was sent, and does not count as a message. */
const EARNED_ACK = 16_384;

/** What is known of the socket's surroundings at the moment of a message. */
type Asked = Extract<SessionEvent, { kind: "opened" | "text" }>;

/**
 * Everything a client sends is answered or closes the socket; after a close nothing more is done.
 *
 * @example
 * const event = { kind: "text", at, text: '{"type":"ping"}', maxTopics: 512, sendBudget } as const;
 * const { session, effects } = step(newSession("a", null, at), event, rules);
 * effects; // [{ kind: "send", frames: ['{"type":"pong"}'] }]
 */
export function step(session: Session, event: SessionEvent, rules: SessionRules): Step {
  switch (event.kind) {
    case "opened":
      return opened(session, event, rules);
    case "text":
      return text(session, event, rules);
    case "binary":
      return { session, effects: [{ kind: "close", close: "binary" }] };
    case "answered":
      return answered(session, event);
    case "failed":
      return failed(session, event);
    case "refused":
      return refused(session, event);
    case "due":
      return due(session, event);
    case "looked":
      return looked(session, event, HANDSHAKE_MS);
    default:
      return assertNever(event);
  }
}

/** Runs one step after another; a close ends it. */
function chain(first: Step, ...rest: readonly ((session: Session) => Step)[]): Step {
  let last = first;
  const effects = Array.from(first.effects);
  for (const next of rest) {
    if (last.effects.some(({ kind }) => kind === "close")) {
      break;
    }
    last = next(last.session);
    effects.push(...last.effects);
  }
  return { session: last.session, effects };
}

function opened(session: Session, event: SessionEvent & { kind: "opened" }, rules: SessionRules): Step {
  const hello = reply(session, [JSON.stringify(event.hello)], event.at);
  if (event.topics.length === 0) {
    return {
      session: hello.session,
      effects: [...hello.effects, { kind: "watch", at: event.at + HANDSHAKE_MS }],
    };
  }
  const first = { type: "subscribe", topics: event.topics } as const;
  return chain(hello, (now) => subscribe(now, first, event, rules));
}

function text(before: Session, event: SessionEvent & { kind: "text" }, rules: SessionRules): Step {
  if (event.text.length > MAX_CLIENT_FRAME) {
    return { session: before, effects: [{ kind: "close", close: "tooBig" }] };
  }
  const session = { ...before, counts: { ...before.counts, lastReceived: event.at } };
  if (event.isTooMuch === true) {
    return unread(session, event.at);
  }
  const entries = decodeClient(event.text);
  return chain(
    { session, effects: [] },
    ...entries.map((entry) => (now: Session) => {
      const isAck = entry.ok && entry.message.type === "ack";
      // A client that asks and reads no answer fills the object as surely as one that is pushed to.
      return !isAck && isBeyond(now, event.sendBudget)
        ? { session: now, effects: [{ kind: "close", close: "slow" } as const] }
        : oneMessage(now, entry, event, rules);
    }),
  );
}

/** A frame that is not read counts as a message all the same. */
function unread(before: Session, at: number): Step {
  const { session } = countMessage(before, at);
  return session.durable.strikes >= FLOOD_STRIKES
    ? { session, effects: [{ kind: "close", close: "rate" }] }
    : reply(session, [encodeError("rate")], at);
}

function oneMessage(before: Session, entry: ClientEntry, event: Asked, rules: SessionRules): Step {
  const { at } = event;
  if (entry.ok && entry.message.type === "ack") {
    const { bytes } = entry.message;
    // An ack that claims more than was sent earns no more than what was sent.
    if (Math.min(bytes, before.counts.sent) - ackedOf(before) >= EARNED_ACK) {
      return acknowledge(before, bytes, at);
    }
  }
  const { session, isOver } = countMessage(before, at);
  if (session.durable.strikes >= FLOOD_STRIKES) {
    return { session, effects: [{ kind: "close", close: "rate" }] };
  }
  if (isOver) {
    return reply(session, [encodeError("rate")], at);
  }
  if (!entry.ok) {
    return reply(session, [encodeError(entry.error)], at);
  }
  const { message } = entry;
  switch (message.type) {
    case "subscribe":
      return subscribe(session, message, event, rules);
    case "unsubscribe":
      return unsubscribe(session, message, at, rules);
    case "ping":
      return reply(session, [PONG_TEXT], at);
    case "ack":
      return acknowledge(session, message.bytes, at);
    default:
      return assertNever(message);
  }
}

function countMessage(session: Session, at: number): { readonly session: Session; readonly isOver: boolean } {
  const { since, count } = session.counts.flood;
  const isNew = at - since >= FLOOD_WINDOW_MS;
  const inWindow = isNew ? 1 : count + 1;
  const isOver = inWindow > FLOOD_MESSAGES;
  const flood = isOver ? { since: at, count: 0 } : { since: isNew ? at : since, count: inWindow };
  const { durable, counts } = session;
  return {
    session: {
      ...session,
      durable: isOver ? { ...durable, strikes: durable.strikes + 1 } : durable,
      counts: { ...counts, flood },
    },
    isOver,
  };
}
