/**
 * The key between `npm start` and its Worker: the dev server listens on a port of its own, where it would answer any page that
 * finds the port. A deployment has no key: the platform hands it requests for its own names only (decision 029).
 */
import { FRONT_KEY_HEADER } from "../../protocol/front-key-header.ts";

/** `key`: as the Worker was started with; empty where there is no front. */
export function isFromFront(headers: Headers, key: string): boolean {
  return key === "" || headers.get(FRONT_KEY_HEADER) === key;
}

export function notFromFront(): Response {
  return new Response("This is the inner port of npm start; the address that it printed leads here.\n", {
    status: 421,
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}

/** The dev server fires a Cron Trigger for whoever asks; the cron of one that `npm start` fires is the key. */
export function isCronFromFront(cron: string, key: string): boolean {
  return key === "" || cron === key;
}
