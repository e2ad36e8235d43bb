/**
 * A session as its socket carries it through hibernation: versioned, about 1 KB with 54 topics, at most 16 KB with 512.
 * What is on its way (asks, pending) is not stored: an object with something on its way does not hibernate.
 */
import * as v from "valibot";
import { seqOf } from "../../app/ports/live.ts";
import { ackedOf, laggingSinceOf, type Session, type SessionCommon } from "./session.ts";

const VERSION = 3;

const StoredSeq = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Stored = v.object({
  v: v.literal(VERSION),
  id: v.string(),
  address: v.nullable(v.string()),
  opened: v.number(),
  subscribed: v.boolean(),
  /** Names with blanks between them: one string is cheaper to clone than an array of them. */
  topics: v.string(),
  open: v.string(),
  places: v.array(v.tuple([v.string(), v.string(), StoredSeq])),
  acks: v.boolean(),
  sent: v.number(),
  acked: v.number(),
  lagging: v.nullable(v.number()),
  heard: v.number(),
  pushed: v.number(),
  flood: v.tuple([v.number(), v.number(), v.number()]),
});
export type Attachment = v.InferOutput<typeof Stored>;

/** A field of `Durable` or `Counts` that is not stored does not compile. */
function nothingLeft(rest: Readonly<Record<string, never>>): object {
  return rest;
}

/** What survives hibernation, in the version that is written now. */
export function encodeAttachment(session: Session): Attachment {
  const { hasSubscribed, topics, positions, incomplete, strikes, ...moreDurable } = session.durable;
  const { sent, lastReceived, lastPush, flood, ...moreCounts } = session.counts;
  return {
    v: VERSION,
    id: session.id,
    address: session.address,
    opened: session.openedAt,
    subscribed: hasSubscribed,
    topics: Array.from(topics).join(" "),
    open: Array.from(incomplete).join(" "),
    places: Array.from(positions, ([topic, { epoch, seq }]) => [topic, epoch, seq]),
    acks: session.reads !== "unacked",
    sent,
    acked: ackedOf(session),
    lagging: laggingSinceOf(session),
    heard: lastReceived,
    pushed: lastPush,
    flood: [flood.since, flood.count, strikes],
    ...nothingLeft(moreDurable),
    ...nothingLeft(moreCounts),
  };
}

/** `null` for the socket of a program with another format: that socket is closed, and its client comes back by itself. */
export function decodeAttachment(value: unknown): Session | null {
  const parsed = v.safeParse(Stored, value);
  if (!parsed.success) {
    return null;
  }
  const stored = parsed.output;
  const [since, count, strikes] = stored.flood;
  const common: SessionCommon = {
    id: stored.id,
    address: stored.address,
    openedAt: stored.opened,
    durable: {
      hasSubscribed: stored.subscribed,
      topics: namesOf(stored.topics),
      positions: new Map(stored.places.map(([topic, epoch, seq]) => [topic, { epoch, seq: seqOf(seq) }])),
      incomplete: namesOf(stored.open),
      strikes,
    },
    counts: {
      sent: stored.sent,
      lastReceived: stored.heard,
      lastPush: stored.pushed,
      flood: { since, count },
    },
    asks: new Map(),
    nextAsk: 1,
  };
  if (!stored.acks) {
    return { ...common, reads: "unacked", pending: [] };
  }
  const { acked, lagging } = stored;
  return lagging === null
    ? { ...common, reads: "acking", acked, pending: [] }
    : { ...common, reads: "lagging", acked, laggingSince: lagging };
}

function namesOf(text: string): ReadonlySet<string> {
  return new Set(text === "" ? [] : text.split(" "));
}
