/** AL61: what a service worker is given of a message. */
import type { AlertMessage } from "../../app/ports/alert-channel.ts";
import { bodyOf, cutText, linkOf } from "./message-text.ts";

/** UTF-8 bytes: a push service takes 4,096 encrypted ones. */
const MAX_PAYLOAD = 3_000;
/** Of UTF-8 a unit has three bytes at most, and of JSON six (an escape). */
const STEP = 6;

/**
 * JSON of at most 3,000 bytes, with `{key, title, body, url, tag, kind, at, ids}`; of a body that is too long the end is left out. By
 * `ids`, of its events, a browser knows what it has shown already and what a correction takes back.
 */
export function pushPayload(message: AlertMessage): Uint8Array {
  const { key, kind, title, at } = message;
  const ids = message.events.map(({ id }) => id);
  let body = bodyOf(message);
  for (;;) {
    const text = JSON.stringify({ key, title, body, url: linkOf(message), tag: key, kind, at, ids });
    const bytes = new TextEncoder().encode(text);
    if (bytes.length <= MAX_PAYLOAD || body === "") {
      return bytes;
    }
    const over = Math.ceil((bytes.length - MAX_PAYLOAD) / STEP) + 1;
    body = cutText(body, body.length - over);
  }
}
