/**
 * A session as its socket carries it through hibernation: versioned, about 1 KB with 54 topics, at most 16 KB with 512.
 * What is on its way (asks, pending) is not kept: an object with something on its way does not hibernate.
 */
import * as v from "valibot";
import { newSession, type Session } from "./session.ts";

const VERSION = 3;

const Stored = v.object({
  v: v.literal(VERSION),
  id: v.string(),
  address: v.nullable(v.string()),
  opened: v.number(),
  subscribed: v.boolean(),
  /** Names with blanks between them: one string is cheaper to clone than an array of them. */
  topics: v.string(),
  open: v.string(),
  places: v.array(v.tuple([v.string(), v.string(), v.number()])),
  acks: v.boolean(),
  sent: v.number(),
  acked: v.number(),
  lagging: v.nullable(v.number()),
  heard: v.number(),
  pushed: v.number(),
  flood: v.tuple([v.number(), v.number(), v.number()]),
});
export type Attachment = v.InferOutput<typeof Stored>;

export function encodeAttachment(session: Session): Attachment {
  const { since, count, strikes } = session.flood;
  return {
    v: VERSION,
    id: session.id,
    address: session.address,
    opened: session.openedAt,
    subscribed: session.hasSubscribed,
    topics: Array.from(session.topics).join(" "),
    open: Array.from(session.open).join(" "),
    places: Array.from(session.places, ([topic, { epoch, seq }]) => [topic, epoch, seq]),
    acks: session.acks,
    sent: session.sent,
    acked: session.acked,
    lagging: session.laggingSince,
    heard: session.lastHeard,
    pushed: session.lastPush,
    flood: [since, count, strikes],
  };
}

/** `null` for a socket of another version of the program: it is closed and comes back by itself. */
export function decodeAttachment(value: unknown): Session | null {
  const parsed = v.safeParse(Stored, value);
  if (!parsed.success) {
    return null;
  }
  const stored = parsed.output;
  const [since, count, strikes] = stored.flood;
  return {
    ...newSession(stored.id, stored.address, stored.opened),
    hasSubscribed: stored.subscribed,
    topics: namesOf(stored.topics),
    open: namesOf(stored.open),
    places: new Map(stored.places.map(([topic, epoch, seq]) => [topic, { epoch, seq }])),
    acks: stored.acks,
    sent: stored.sent,
    acked: stored.acked,
    laggingSince: stored.lagging,
    lastHeard: stored.heard,
    lastPush: stored.pushed,
    flood: { since, count, strikes },
  };
}

function namesOf(text: string): ReadonlySet<string> {
  return new Set(text === "" ? [] : text.split(" "));
}
