/** One topic as the client keeps it: what has been asked of the server, and the last message that was applied. */
import { STREAMS } from "../../worker/protocol/messages/topic.ts";
import type { PositionText } from "../../worker/protocol/messages/client-message.ts";
import type { ErrorMessage } from "../../worker/protocol/messages/session-message.ts";
import * as stream from "./stream-place.ts";
import type { Update } from "./update.ts";

/** A `subscribe` without an answer is sent again; also the pause after "unavailable". */
export const ANSWER_MS = 10_000;

/** What has been asked of the server. `refused`: the same request would get the same error. */
type Ask =
  | { readonly state: "needed"; readonly notBefore: number }
  | { readonly state: "asked"; readonly id: number; readonly at: number }
  | { readonly state: "held" }
  | { readonly state: "refused"; readonly code: ErrorMessage["code"] };

/** The position of a topic of latest values; `position` `null` before the first. */
interface LatestPlace extends Pick<stream.StreamPlace, "position" | "retired"> {
  /** The position came on this socket: what follows in another epoch is later. Another gateway may not have come so far yet. */
  readonly isOfSocket: boolean;
}

type Place =
  | { readonly kind: "stream"; readonly at: stream.StreamPlace }
  | { readonly kind: "latest"; readonly at: LatestPlace; readonly last: Update | null };

/** `releasedAt` is when the last reference went; the topic is unsubscribed a little later. */
export interface TopicEntry {
  references: number;
  releasedAt: number | null;
  ask: Ask;
  place: Place;
}

/** What the topic's listeners get of a message. */
export type Judgement = "apply" | "drop" | "reset";

/** Acknowledged by the server. */
export const HELD: Ask = { state: "held" };
/** To be asked for as soon as a socket is open. */
export const NEEDED: Ask = { state: "needed", notBefore: -Infinity };

const STREAM_NAMES: ReadonlySet<string> = new Set(STREAMS);

/** With one reference, and nothing asked yet. */
export function newEntry(topic: string): TopicEntry {
  const place: Place = STREAM_NAMES.has(topic)
    ? { kind: "stream", at: stream.NOWHERE }
    : { kind: "latest", at: { position: null, retired: [], isOfSocket: false }, last: null };
  return { references: 1, releasedAt: null, ask: NEEDED, place };
}

/** When the entry has a `subscribe` to send; `null`: not before another event. */
export function dueAt({ ask }: TopicEntry): number | null {
  switch (ask.state) {
    case "needed":
      return ask.notBefore;
    case "asked":
      return ask.at + ANSWER_MS;
    case "held":
    case "refused":
      return null;
  }
}

/** Whether what was applied is the server's state, as far as its messages show. */
export function isCurrent({ ask, place }: TopicEntry): boolean {
  return ask.state === "held" && (place.kind === "latest" || place.at.due.what === "nothing");
}

/** Whether the answer to a `subscribe`, or a snapshot that it announced, is still to come. */
export function isPending(entry: TopicEntry): boolean {
  const { ask } = entry;
  return (
    ask.state === "asked" ||
    (ask.state === "needed" && ask.notBefore === -Infinity) ||
    (ask.state === "held" && !isCurrent(entry))
  );
}

/** The judgement of a value or a message of a stream; an applied one is the new place. */
export function judgeUpdate(entry: TopicEntry, update: Update): Judgement {
  const { place } = entry;
  if (place.kind === "latest") {
    const next = onLatest(place.at, update);
    entry.place = next === null ? place : { kind: "latest", at: next, last: update };
    return next === null ? "drop" : "apply";
  }
  const snapshot = "snapshot" in update && update.snapshot === true;
  const { epoch, seq } = update;
  return settle(entry, stream.onStreamMessage(place.at, { epoch, seq, snapshot }));
}

/** The place after a value (WS5): forward within an epoch, and a new epoch replaces; `null` for a late or known value. */
function onLatest(place: LatestPlace, at: PositionText): LatestPlace | null {
  const { position, retired } = place;
  if (retired.includes(at.epoch) || (position?.epoch === at.epoch && at.seq <= position.seq)) {
    return null;
  }
  return {
    position: { epoch: at.epoch, seq: at.seq },
    retired: place.isOfSocket ? stream.retire(place, at.epoch) : retired,
    isOfSocket: true,
  };
}

/** The place once its socket is gone: the server is asked again, perhaps by another gateway. */
export function lostPlace(place: Place): Place {
  return place.kind === "stream"
    ? { kind: "stream", at: stream.awaitAnswer(place.at) }
    : { ...place, at: { ...place.at, isOfSocket: false } };
}

/** Keeps the stream's next place; the verdict `ask` becomes a need. */
export function settle(entry: TopicEntry, [at, verdict]: stream.StreamStep): Judgement {
  entry.place = { kind: "stream", at };
  if (verdict === "ask") {
    entry.ask = NEEDED;
    return "drop";
  }
  // Until the announced snapshot is here the topic counts as asked, so that one that never comes is asked for again.
  if (entry.ask.state === "asked" && at.due.what === "nothing") {
    entry.ask = HELD;
  }
  return verdict;
}
