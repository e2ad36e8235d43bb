/** AL46: what the status of a receiver's answer means for a message. */
import type { SendOutcome } from "../../app/ports/alert-channel.ts";

const DAY_MS = 86_400_000;
/** A receiver that was too slow, is not ready yet, or wants fewer calls. */
const WORTH_RETRY = [408, 425, 429];
/** Discord has parts of seconds. */
const SECONDS = /^\d{1,9}(?:\.\d{1,6})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, .* GMT$/;

/** What `Retry-After` asks for, in seconds or as a date, at most a day; `null` where it cannot be read. */
function retryAfterMs(text: string | null, now: number): number | null {
  if (text === null) {
    return null;
  }
  if (SECONDS.test(text)) {
    return secondsToWait(Number(text));
  }
  const at = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : secondsToWait((at - now) / 1_000);
}

/** In milliseconds, none of them below 0 or above a day. */
export function secondsToWait(seconds: number): number {
  return Math.min(Math.max(Math.ceil(seconds * 1_000), 0), DAY_MS);
}

/** `receiver` names it at the beginning of the reason. */
export function outcomeOfStatus(
  { status, headers }: Pick<Response, "status" | "headers">,
  receiver: string,
  now: number,
): SendOutcome {
  if (status >= 200 && status < 300) {
    return { kind: "sent" };
  }
  if (status === 421 && headers.get("x-radar-outbound") === "inner-address") {
    return { kind: "refused", reason: `${receiver} has an address that is not a public one` };
  }
  if (status >= 500 || WORTH_RETRY.includes(status)) {
    const afterMs = retryAfterMs(headers.get("retry-after"), now);
    return { kind: "retry", reason: `${receiver} answered with status ${status}`, afterMs };
  }
  return status >= 300 && status < 400
    ? { kind: "refused", reason: `${receiver} answered with a redirect (${status}), which is not followed` }
    : { kind: "refused", reason: `${receiver} refused with status ${status}` };
}
