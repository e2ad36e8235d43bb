/** RT23: limits for each address, so that one client cannot make all others wait. */
import type { Context, MiddlewareHandler } from "hono";
import { addressBlock, clientAddress } from "../../protocol/address-block.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { HttpEnv, LimitKind, Limits } from "./ports.ts";
import { Refusal } from "./problem-response.ts";

/** Without `limits` everybody passes. */
interface LimitPorts {
  readonly limits?: Limits;
  readonly log: Log;
}

/** The lengths of the windows in `wrangler.toml`, in seconds: a limited address may ask again after as long. */
const WINDOW_S: Readonly<Record<LimitKind, number>> = {
  read: 10,
  upgrade: 10,
  guess: 60,
  login: 60,
  push: 60,
};

/** A request that opens a socket counts in a budget of its own, so that a page that polls can still reconnect. */
export function limitRequests(ports: LimitPorts): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const isUpgrade = c.req.header("Upgrade")?.toLowerCase() === "websocket";
    await takeOrRefuse(c, ports, isUpgrade ? "upgrade" : "read");
    await next();
  };
}

/** Throws a Refusal with 429. Without an address, or with a limiter that fails, everybody passes. */
export async function takeOrRefuse(
  c: Context<HttpEnv>,
  { limits, log }: LimitPorts,
  kind: LimitKind,
): Promise<void> {
  const address = clientAddress(c.req.raw.headers);
  if (limits === undefined || address === null) {
    return;
  }
  const isFree = await limits.take(kind, addressBlock(address)).catch((error: unknown) => {
    logFailure(log, "rate_limit_failed", error, { limit: kind, neighbour: "RateLimit" });
    return true;
  });
  if (!isFree) {
    const seconds = WINDOW_S[kind];
    throw new Refusal(
      "too-many-requests",
      { detail: `This address asks too often. Ask again in ${seconds} seconds.` },
      { "Retry-After": String(seconds) },
    );
  }
}
