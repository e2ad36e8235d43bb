/** One socket as data: what it wants, where it stands, how fast it reads. The object keeps it; `room` decides over it. */
import type { Fragment, Position } from "../../app/ports/live.ts";
import type { RequestId } from "../../protocol/messages/client-message.ts";

/** A subscription on its way to its sequencer. Until the answer is here nothing of the topic is sent. */
export interface Ask {
  readonly topic: string;
  readonly isStream: boolean;
  readonly id: RequestId | undefined;
  /** Asked by the room, not by the client, to close a gap: answered without `subscribed`. */
  readonly isQuiet: boolean;
}

/** Times are milliseconds since the epoch; sizes are the lengths of frames' texts. */
export interface Session {
  readonly id: string;
  /** Whom to count it for (WS13); `null` when it came from a page of our own. */
  readonly address: string | null;
  readonly openedAt: number;
  readonly hasSubscribed: boolean;
  /** Topics whose subscription was answered. */
  readonly topics: ReadonlySet<string>;
  /** The last place sent in each stream among them. */
  readonly places: ReadonlyMap<string, Position>;
  readonly asks: ReadonlyMap<number, Ask>;
  readonly nextAsk: number;
  /** Topics of which something may be missing, because the sequencer was out of reach: asked again. */
  readonly open: ReadonlySet<string>;
  /** Waits for the next frame this socket may get; at most one fragment a latest value. */
  readonly pending: readonly Fragment[];
  /** The client announced `ack`. */
  readonly acks: boolean;
  readonly sent: number;
  readonly acked: number;
  readonly laggingSince: number | null;
  readonly lastHeard: number;
  readonly lastPush: number;
  readonly flood: Flood;
}

/** Messages within the window that began at `since`, and the windows that overflowed. */
export interface Flood {
  readonly since: number;
  readonly count: number;
  readonly strikes: number;
}

export function newSession(id: string, address: string | null, at: number): Session {
  return {
    id,
    address,
    openedAt: at,
    hasSubscribed: false,
    topics: new Set(),
    places: new Map(),
    asks: new Map(),
    nextAsk: 1,
    open: new Set(),
    pending: [],
    acks: false,
    sent: 0,
    acked: 0,
    laggingSince: null,
    lastHeard: at,
    lastPush: 0,
    flood: { since: at, count: 0, strikes: 0 },
  };
}

/** Everything a session listens for: answered or on its way. */
export function wantedTopics(session: Session): ReadonlySet<string> {
  if (session.asks.size === 0) {
    return session.topics;
  }
  return new Set([...session.topics, ...Array.from(session.asks.values(), ({ topic }) => topic)]);
}

/** To be looked at again, also when nothing else happens. */
export function isUnsettled({ hasSubscribed, laggingSince, open }: Session): boolean {
  return !hasSubscribed || laggingSince !== null || open.size > 0;
}

export function isAsking(session: Session, topic: string): boolean {
  for (const ask of session.asks.values()) {
    if (ask.topic === topic) {
      return true;
    }
  }
  return false;
}
