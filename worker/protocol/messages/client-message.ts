/** What a client may send on a socket. Unknown fields are ignored: a newer client may send more. */
import * as v from "valibot";

/** WS9: topics one message may name, and topics one socket may have. */
export const MAX_TOPICS_A_MESSAGE = 256;
/** A topic beyond it is answered with `topic_limit`. */
export const MAX_TOPICS_A_SOCKET = 512;

/**
 * WS13d: topics that the sockets of one address may have together on one object, counted socket by socket. Eight full sockets:
 * more than an exchange has shares (about 2,700), so that one script can follow all of them.
 */
export const MAX_TOPICS_AN_ADDRESS = 4_096;

/** Longest name that can be a topic is 14 UTF-16 units; a longer text is echoed in part and never parsed. */
const TopicText = v.pipe(v.string(), v.maxLength(256));
const TopicList = v.pipe(v.array(TopicText), v.readonly());
const RequestId = v.union([v.pipe(v.string(), v.maxLength(64)), v.pipe(v.number(), v.safeInteger())]);

/** Where a client stands in a stream, by the last message it took. */
export const PositionText = v.object({
  epoch: v.pipe(v.string(), v.maxLength(64)),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});
export type PositionText = v.InferOutput<typeof PositionText>;

// Written out in both, not spread: a page, which sends them and reads none, then leaves both schemas out.
const SomeTopic = v.optional(TopicText);
const SomeTopics = v.optional(TopicList);
const SomeId = v.optional(RequestId);

/** One topic or several; each is answered by itself, with `subscribed` or with `error`. */
export const Subscribe = v.object({
  type: v.literal("subscribe"),
  topic: SomeTopic,
  topics: SomeTopics,
  id: SomeId,
  /** By stream. A latest value has no past: an entry for one is ignored. */
  since: v.optional(v.record(v.string(), PositionText)),
  /** The client will send `ack` (WS9). It holds for the rest of the session. */
  ack: v.optional(v.boolean()),
});
export type Subscribe = v.InferOutput<typeof Subscribe>;

/** A topic that is not subscribed to is answered all the same: the client's aim is reached. */
export const Unsubscribe = v.object({
  type: v.literal("unsubscribe"),
  topic: SomeTopic,
  topics: SomeTopics,
  id: SomeId,
});
export type Unsubscribe = v.InferOutput<typeof Unsubscribe>;

const Ping = v.object({ type: v.literal("ping") });

/** `bytes`: the lengths of all frames received on this socket, the sum of the `length` of their texts. */
export const Ack = v.object({
  type: v.literal("ack"),
  bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

/** All four messages; anything else is `unknown_type`. */
export const ClientMessage = v.variant("type", [Subscribe, Unsubscribe, Ping, Ack]);
export type ClientMessage = v.InferOutput<typeof ClientMessage>;
export type RequestId = v.InferOutput<typeof RequestId>;

/** The topics a message names, each once, in its order. */
export function topicsOf(message: Subscribe | Unsubscribe): readonly string[] {
  const names = message.topics ?? [];
  return Array.from(new Set(message.topic === undefined ? names : [message.topic, ...names]));
}

/** The ping that the platform answers without waking the object; any other spelling is answered too. */
export const PING_TEXT = '{"type":"ping"}';
/** The answer to it, byte for byte, so that platform and program cannot differ. */
export const PONG_TEXT = '{"type":"pong"}';
