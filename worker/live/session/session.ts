/** One socket as data: what it wants, where it stands, how fast it reads. The object keeps it, the session machine decides over it. */
import type { Fragment, Position } from "../../app/ports/live.ts";
import type { RequestId } from "../../protocol/messages/client-message.ts";

/** A subscription on its way to its sequencer. Nothing of the topic is sent before the answer. */
export interface Ask {
  readonly topic: string;
  readonly isStream: boolean;
  readonly id: RequestId | undefined;
  /** Asked by the session machine, not by the client, to close a gap: answered without `subscribed`. */
  readonly isQuiet: boolean;
}

/** What decides what the socket gets next. Replaced when it changes, and written to the attachment at once (WS12d). */
export interface Durable {
  readonly hasSubscribed: boolean;
  /** Topics whose subscription was answered. */
  readonly topics: ReadonlySet<string>;
  /** The last position sent in each stream among them. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Topics of which something may be missing, because the sequencer was out of reach: asked again. */
  readonly incomplete: ReadonlySet<string>;
  /** Windows in which the client sent too much. */
  readonly strikes: number;
}

/** What only counts: written to the attachment when it is quiet. Sizes are UTF-16 units of frames, times milliseconds since the epoch. */
export interface Counts {
  readonly sent: number;
  readonly lastReceived: number;
  readonly lastPush: number;
  readonly flood: Flood;
}

/** Messages within the window that began at `since`. */
export interface Flood {
  readonly since: number;
  readonly count: number;
}

/** What a session has in every state. */
export interface SessionCommon {
  readonly id: string;
  /** The address that the socket counts for (WS13); `null` when it came from a page of our own. */
  readonly address: string | null;
  readonly openedAt: number;
  readonly durable: Durable;
  readonly counts: Counts;
  /** By number; at most one of a topic. */
  readonly asks: ReadonlyMap<number, Ask>;
  readonly nextAsk: number;
}

/** The client never announced or sent `ack`: it gets few frames, and what it has read is unknown. */
export interface UnackedSession extends SessionCommon {
  readonly reads: "unacked";
  /** Waits for the next frame; at most one fragment a latest value. */
  readonly pending: readonly Fragment[];
}

/** The client confirms what it has read, and keeps up. */
export interface AckingSession extends SessionCommon {
  readonly reads: "acking";
  readonly acked: number;
  readonly pending: readonly Fragment[];
}

/** The client confirms, and has too much before it: nothing is sent and nothing waits until it has caught up. */
export interface LaggingSession extends SessionCommon {
  readonly reads: "lagging";
  readonly acked: number;
  readonly laggingSince: number;
}

/** A socket is in one state of reading; each has only what it needs. */
export type Session = UnackedSession | AckingSession | LaggingSession;

/** `at` in milliseconds since the epoch. Unacked until its first `ack`. */
export function newSession(id: string, address: string | null, at: number): UnackedSession {
  return {
    reads: "unacked",
    id,
    address,
    openedAt: at,
    durable: {
      hasSubscribed: false,
      topics: new Set(),
      positions: new Map(),
      incomplete: new Set(),
      strikes: 0,
    },
    counts: { sent: 0, lastReceived: at, lastPush: 0, flood: { since: at, count: 0 } },
    asks: new Map(),
    nextAsk: 1,
    pending: [],
  };
}

function commonOf(session: Session): SessionCommon {
  const { id, address, openedAt, durable, counts, asks, nextAsk } = session;
  return { id, address, openedAt, durable, counts, asks, nextAsk };
}

/** What waits is given up: from here on the session's positions stand for what it missed. */
export function toLagging(session: AckingSession, at: number): LaggingSession {
  return { ...commonOf(session), reads: "lagging", acked: session.acked, laggingSince: at };
}

/** The client has confirmed, or announced that it will. */
export function toAcking(session: Session): AckingSession {
  return session.reads === "acking"
    ? session
    : { ...commonOf(session), reads: "acking", acked: ackedOf(session), pending: pendingOf(session) };
}

/** Of what was sent, how much the client has confirmed. */
export function ackedOf(session: Session): number {
  return session.reads === "unacked" ? 0 : session.acked;
}

/** What waits for the next frame; nothing waits for a reader that lags. */
export function pendingOf(session: Session): readonly Fragment[] {
  return session.reads === "lagging" ? [] : session.pending;
}

/** `null`: it keeps up. */
export function laggingSinceOf(session: Session): number | null {
  return session.reads === "lagging" ? session.laggingSince : null;
}

/** Replaces what waits, where something can. */
export function withPending(session: Session, pending: readonly Fragment[]): Session {
  return session.reads === "lagging" ? session : { ...session, pending };
}

/** Neither what the socket wants nor where it stands is another: a frame went out, waits, or was confirmed. */
export function isOnlyCounted(before: Session, next: Session): boolean {
  return before.reads === next.reads && before.durable === next.durable && before.asks === next.asks;
}

/** Every topic that the session wants: answered or on its way. */
export function wantedTopics({ asks, durable }: Session): ReadonlySet<string> {
  if (asks.size === 0) {
    return durable.topics;
  }
  return new Set([...durable.topics, ...Array.from(asks.values(), ({ topic }) => topic)]);
}

/** To be looked at again, also when nothing else happens. */
export function isUnsettled({ reads, durable }: Session): boolean {
  return !durable.hasSubscribed || reads === "lagging" || durable.incomplete.size > 0;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Topics with an ask on its way. */
export function askedTopics({ asks }: Session): ReadonlySet<string> {
  return asks.size === 0 ? NOTHING : new Set(Array.from(asks.values(), ({ topic }) => topic));
}
