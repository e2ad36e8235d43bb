/** Frames to messages and back. Decoding answers with a result and never throws, whatever arrives (WS1, WS3). */
import * as v from "valibot";
import { ClientMessage } from "./client-message.ts";
import type { ErrorCode } from "./codes.ts";
import { ServerMessage } from "./server-message.ts";

/** WS3: longer frames of a client are not parsed at all; the socket is closed with 1009. */
export const MAX_CLIENT_FRAME = 16_384;
/** The longest frame of a server: a snapshot of 512 KiB and what may travel with it. */
const MAX_SERVER_FRAME = 2_097_152;
/** Messages in one frame of a client. */
const MAX_CLIENT_MESSAGES = 32;

/** Brackets open at once. The deepest message of a client has 4, of a server 6; a deeper text is no message. */
const MAX_DEPTH = 16;

/** One entry a message of the frame: a message, or why it is none. */
export type ClientEntry =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly error: ErrorCode };

/** A frame of a server, as far as this version understands it. */
export interface ServerFrame {
  readonly messages: readonly ServerMessage[];
  /** Entries that are no message of this version: a newer server may send more, so they are counted and passed over. */
  readonly unknown: number;
}

const CLIENT_TYPES: ReadonlySet<unknown> = new Set(["subscribe", "unsubscribe", "ping", "ack"]);

/**
 * At least one entry; a frame that is no JSON is one entry with its error.
 *
 * @example
 * decodeClient('{"type":"ping"}'); // [{ ok: true, message: { type: "ping" } }]
 * decodeClient("{"); // [{ ok: false, error: "bad_json" }]
 */
export function decodeClient(text: string): readonly ClientEntry[] {
  if (text.length > MAX_CLIENT_FRAME || isTooDeep(text)) {
    return [{ ok: false, error: "bad_message" }];
  }
  const frame = parseJson(text);
  if (!frame.ok) {
    return [{ ok: false, error: "bad_json" }];
  }
  const entries: readonly unknown[] = Array.isArray(frame.value) ? frame.value : [frame.value];
  if (entries.length === 0 || entries.length > MAX_CLIENT_MESSAGES) {
    return [{ ok: false, error: "bad_message" }];
  }
  return entries.map(decodeEntry);
}

/** `null` for a frame that is no frame: not JSON, too long or too deep. */
export function decodeServer(text: string): ServerFrame | null {
  if (text.length > MAX_SERVER_FRAME || isTooDeep(text)) {
    return null;
  }
  const frame = parseJson(text);
  if (!frame.ok) {
    return null;
  }
  const entries: readonly unknown[] = Array.isArray(frame.value) ? frame.value : [frame.value];
  const messages: ServerMessage[] = [];
  for (const entry of entries) {
    const parsed = v.safeParse(ServerMessage, entry, { abortEarly: true });
    if (parsed.success) {
      messages.push(parsed.output);
    }
  }
  return { messages, unknown: entries.length - messages.length };
}

/**
 * One frame from fragments that were serialised before: a lone one travels bare (WS1).
 *
 * @example
 * encodeFrame(['{"seq":1}']); // {"seq":1}
 * encodeFrame(['{"seq":1}', '{"seq":2}']); // [{"seq":1},{"seq":2}]
 */
export function encodeFrame(fragments: readonly string[]): string {
  const [only] = fragments;
  return fragments.length === 1 && only !== undefined ? only : `[${fragments.join(",")}]`;
}

/** The last frames with their fragments: sockets that want the same get the same text, joined and copied once. */
let last: { readonly fragments: readonly string[]; readonly frames: readonly string[] } | null = null;

/** Texts together in one frame as long as it stays readable for the other end; one that is longer travels alone. */
export function encodeFrames(fragments: readonly string[]): readonly string[] {
  if (last === null || !isSame(last.fragments, fragments)) {
    last = { fragments, frames: joinedFrames(fragments) };
  }
  return last.frames;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((text, i) => text === other[i]));
}

function joinedFrames(fragments: readonly string[]): readonly string[] {
  const frames: string[] = [];
  let together: string[] = [];
  let length = 0;
  for (const fragment of fragments) {
    if (length + fragment.length > MAX_SERVER_FRAME / 2 && together.length > 0) {
      frames.push(encodeFrame(together));
      together = [];
      length = 0;
    }
    together.push(fragment);
    length += fragment.length + 1;
  }
  return together.length === 0 ? frames : [...frames, encodeFrame(together)];
}

function decodeEntry(entry: unknown): ClientEntry {
  if (typeof entry !== "object" || entry === null || !("type" in entry)) {
    return { ok: false, error: "bad_message" };
  }
  if (!CLIENT_TYPES.has(entry.type)) {
    return { ok: false, error: typeof entry.type === "string" ? "unknown_type" : "bad_message" };
  }
  const parsed = v.safeParse(ClientMessage, entry, { abortEarly: true });
  return parsed.success ? { ok: true, message: parsed.output } : { ok: false, error: "bad_message" };
}

type Json = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

function parseJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

/** Counts the brackets outside of strings, so that the parser never recurses deep. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (isQuoted) {
      if (char === 0x5c) {
        i += 1;
      } else if (char === 0x22) {
        isQuoted = false;
      }
    } else if (char === 0x22) {
      isQuoted = true;
    } else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) {
        return true;
      }
    } else if (char === 0x5d || char === 0x7d) {
      depth -= 1;
    }
  }
  return false;
}
