/** AL64: what a webhook and a push message go out by: on the owner's own machine by a way that judges each connection's address. */
import { originsIn } from "./alert-target.ts";

interface Outbound {
  fetch(request: Request): Promise<Response>;
}

function isOutbound(value: unknown): value is Outbound {
  return typeof value === "object" && value !== null && "fetch" in value;
}

/**
 * `env` has `PUBLIC_OUTBOUND` where `npm start` runs the Worker; at Cloudflare the platform's own fetch reaches no inner network.
 * `exempt` is `ALERT_TARGETS`.
 */
export function publicFetch(env: object, exempt: string): (request: Request) => Promise<Response> {
  const outbound = "PUBLIC_OUTBOUND" in env ? env.PUBLIC_OUTBOUND : null;
  const origins = originsIn(exempt);
  return (request) =>
    isOutbound(outbound) && !origins.includes(new URL(request.url).origin)
      ? outbound.fetch(request)
      : fetch(request);
}
