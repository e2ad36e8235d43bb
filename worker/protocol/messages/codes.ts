/** The numbers and codes with which a server ends a socket or refuses a message. */

/**
 * Why a socket was closed, by number. The class is what the client does next: below 4000 and 40xx stop and show it to the
 * reader, 41xx come back later, 42xx come back at once (WS11).
 */
export const CLOSE = {
  binary: { code: 1003, reason: "text frames only" },
  tooBig: { code: 1009, reason: "at most 16384 characters a frame" },
  version: { code: 4000, reason: "another version of the protocol" },
  idle: { code: 4001, reason: "nothing subscribed within 30 s" },
  forbidden: { code: 4003, reason: "this origin may not connect" },
  login: { code: 4005, reason: "log in at /login" },
  rate: { code: 4100, reason: "too many messages" },
  slow: { code: 4101, reason: "too slow, or silent" },
  full: { code: 4103, reason: "full, come back later" },
  drain: { code: 4201, reason: "moving, come back" },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly reason: string }>>;

/** The name by which code asks for a close; the number travels. */
export type CloseName = keyof typeof CLOSE;

/** Every `error` of a socket: fixed codes with fixed texts, so that nothing of the inside leaks (WS3). */
const CODES = [
  "bad_json",
  "bad_message",
  "unknown_type",
  "too_many_topics",
  "topic_limit",
  "unknown_topic",
  "other_door",
  "cancelled",
  "rate",
  "unavailable",
] as const;

/** A code of `error`. Clients branch on it, so it never changes its meaning. */
export type ErrorCode = (typeof CODES)[number];

/** Apart from the codes: the page knows the codes and shows texts of its own. */
export const ERRORS: Readonly<Record<ErrorCode, string>> = {
  bad_json: "The frame is not JSON.",
  bad_message: "The message has a missing, wrong or oversized field.",
  unknown_type: "There is no message of this type.",
  too_many_topics: "A message names at most 256 topics.",
  topic_limit: "A socket has at most 512 topics, and one address at most 4096 over its sockets here.",
  unknown_topic: "There is no topic of this name, or no share with this ticker.",
  other_door: "This socket serves its own topic only; the others are at /ws.",
  cancelled: "The topic was given up, or asked for again, before its answer.",
  rate: "Too much at once; this message was not read. Send it again later.",
  unavailable: "The topic is out of reach; ask again later.",
};

/** For a message that may come from another version. */
export function isErrorCode(text: string): text is ErrorCode {
  return CODES.some((code) => code === text);
}
