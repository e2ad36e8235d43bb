/** DR5: which names one connection follows and which are asked for by turns, because a vendor grants a program some forty. */
import { INDEX_CODES } from "../../core/instrument/instrument.ts";
import { indexOfKey, type LiveKey } from "../../app/ports/live-upstream.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";

export interface SlotPlan {
  /** In the order in which they are taken. */
  readonly followed: readonly LiveKey[];
  /** Asked for by turns. */
  readonly polled: readonly Ticker[];
  /** For which there is no room in a turn either. */
  readonly dropped: number;
}

/** Ten calls of thirty: a turn that takes some seconds, beside the vendor's other calls. */
const MOST_POLLED = 300;

/**
 * Indices first, for they move every share's standing; then shares with an open signal, the nearest to its trigger first as the book
 * names them; then those that somebody looks at, in the order of their coming.
 */
export function planSlots(slots: number, signals: readonly Ticker[], watched: readonly Ticker[]): SlotPlan {
  const shares = [...new Set([...signals, ...watched])];
  const indices = INDEX_CODES.slice(0, slots);
  const rest = shares.slice(slots - indices.length);
  return {
    followed: [...indices, ...shares.slice(0, slots - indices.length)],
    polled: rest.slice(0, MOST_POLLED),
    dropped: Math.max(0, rest.length - MOST_POLLED),
  };
}

/** Shares whose prices somebody wants, by the names of topics. */
export function sharesIn(topics: Iterable<string>): readonly Ticker[] {
  return Array.from(topics).flatMap((name) => {
    const topic = parseTopic(name);
    return topic?.kind === "price" ? [tickerOf(topic.ticker)] : [];
  });
}

/** Where the price of a key is published. */
export function topicOf(key: LiveKey): string {
  return `${indexOfKey(key) === null ? "price" : "index"}:${key}`;
}
