/** AL47: a message as plain text, within the length that a receiver takes. */
import type { AlertMessage } from "../../app/ports/alert-channel.ts";

/** A longer address would push the text out. */
const MAX_LINK = 500;
const GAP = "…";

/** At most `limit` UTF-16 units, without half of a surrogate pair at the end. */
export function cutText(text: string, limit: number): string {
  const cut = text.slice(0, Math.max(limit, 0));
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The lines of the text without its title, where that is the first of them. */
export function bodyOf({ title, text }: AlertMessage): string {
  return text.startsWith(`${title}\n`) ? text.slice(title.length + 1).trimStart() : text;
}

/** Absolute and short enough to be sent, or `null`. */
export function linkOf({ url }: AlertMessage): string | null {
  return url !== null && url.length <= MAX_LINK ? url : null;
}

/**
 * Title, text, link, and a line with the message's key: whoever receives a message twice sees that the two are one. Of a text that
 * is too long the middle is left out: its last line states that it is no advice.
 */
export function plainText(message: AlertMessage, limit: number): string {
  const body = bodyOf(message);
  const link = linkOf(message);
  const lastBreak = body.lastIndexOf("\n");
  const [head, last] = lastBreak < 0 ? ["", body] : [body.slice(0, lastBreak), body.slice(lastBreak + 1)];
  const foot = [last, ...(link === null || body.includes(link) ? [] : [link]), `ref. ${message.key}`].join(
    "\n",
  );
  const whole = [message.title, ...(head === "" ? [] : [head]), foot].join("\n");
  if (whole.length <= limit) {
    return whole;
  }
  const room = limit - foot.length - GAP.length - 2;
  return `${cutText(`${message.title}\n${head}`, room)}\n${GAP}\n${foot}`;
}
