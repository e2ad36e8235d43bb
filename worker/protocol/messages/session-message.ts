/** The messages about the socket itself: the greeting, answers, errors, and a loss of continuity. */
import * as v from "valibot";
import { type ErrorCode, ERRORS, isErrorCode } from "./codes.ts";
import type { RequestId } from "./client-message.ts";
import { Count, ExchangeName, KstTime } from "../vocabulary.ts";

/** A different number is another protocol: close 4000. */
export const PROTOCOL_VERSION = 1;

const Id = v.optional(v.union([v.string(), v.number()]));

/** Always the first frame's first message (WS2). */
export const Connected = v.object({
  type: v.literal("connected"),
  client_id: v.string(),
  protocol: v.literal(PROTOCOL_VERSION),
  build: v.string(),
  exchange: ExchangeName,
  server_time: KstTime,
  heartbeat_ms: Count,
  tick_ms: Count,
  max_topics: Count,
  /** WS9e: after how many UTF-16 units a client that acks has to confirm. An older server does not state it. */
  ack_after: v.optional(Count),
});
export type Connected = v.InferOutput<typeof Connected>;

/** `epoch` `null` and `seq` 0: a latest value that nobody has produced yet. */
export const Subscribed = v.object({
  type: v.literal("subscribed"),
  topic: v.string(),
  epoch: v.nullable(v.string()),
  seq: Count,
  /** WS6: what follows are exactly the missed messages; otherwise a snapshot. */
  recovered: v.boolean(),
  id: Id,
});
export type Subscribed = v.InferOutput<typeof Subscribed>;

/** The last message of the topic has been sent. */
export const Unsubscribed = v.object({ type: v.literal("unsubscribed"), topic: v.string(), id: Id });

/** Replace what you have by the snapshot that follows. */
export const Reset = v.object({
  type: v.literal("reset"),
  topic: v.string(),
  epoch: v.string(),
  seq: Count,
});

/** A refused message; the socket stays open. */
export const ErrorMessage = v.object({
  type: v.literal("error"),
  code: v.custom<ErrorCode>((code) => typeof code === "string" && isErrorCode(code)),
  message: v.string(),
  topic: v.optional(v.string()),
  id: Id,
});
export type ErrorMessage = v.InferOutput<typeof ErrorMessage>;

/** The answer to `ping`: the path is alive in both directions. */
export const Pong = v.object({ type: v.literal("pong") });

/** Longest echo of a name that is no topic. */
const MAX_ECHO = 64;

/** What every `error` of a code begins with. A client that asks for what it does not get is answered 256 times a message. */
const errorHeads = new Map<ErrorCode, string>();

/** An `error` as JSON; a `topic` of any length is cut to {@link MAX_ECHO}, and `id` is that of the request. */
export function encodeError(code: ErrorCode, topic?: string, id?: RequestId): string {
  let head = errorHeads.get(code);
  if (head === undefined) {
    const error = { type: "error", code, message: ERRORS[code] } satisfies ErrorMessage;
    head = JSON.stringify(error).slice(0, -1);
    errorHeads.set(code, head);
  }
  const echo = topic === undefined ? "" : `,"topic":${JSON.stringify(topic.slice(0, MAX_ECHO))}`;
  return `${head}${echo}${id === undefined ? "" : `,"id":${JSON.stringify(id)}`}}`;
}

/** An `unsubscribed` as JSON; `id` is that of the request. */
export function encodeUnsubscribed(topic: string, id?: RequestId): string {
  return JSON.stringify({
    type: "unsubscribed",
    topic,
    ...(id !== undefined && { id }),
  } satisfies v.InferOutput<typeof Unsubscribed>);
}

/** A `reset` as JSON; `place` is where the state that follows stands. */
export function encodeReset(topic: string, place: { readonly epoch: string; readonly seq: number }): string {
  return JSON.stringify({ type: "reset", topic, epoch: place.epoch, seq: place.seq } satisfies v.InferOutput<
    typeof Reset
  >);
}
