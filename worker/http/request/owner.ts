/** RT3: who may use the owner's routes. The token is compared in constant time; without a secret the routes stay closed. */
import type { Context, MiddlewareHandler, Next } from "hono";
import { logFailure } from "../../app/ports/log.ts";
import { addressBlock, clientAddress } from "../../protocol/address-block.ts";
import { takeOrRefuse } from "./limits.ts";
import type { HttpEnv, HttpPorts } from "./ports.ts";
import { Refusal } from "./problem-response.ts";

/** Where the owner finds the token; the token itself is in no answer. */
const WHERE =
  "It is the value of OWNER_TOKEN: in the file .dev.vars that npm start writes, on Cloudflare the secret of that name.";

const BEARER = /^Bearer +(\S+) *$/i;

type OwnerPorts = Pick<HttpPorts, "ownerToken" | "limits" | "ownerLog" | "clock" | "log">;

/** A longer query is cut in the log: no route needs one. */
const PATH_KEPT = 300;

/** Guards one route. Everything but GET and HEAD is recorded before it is done (RT25). */
export function ownerOnly(ports: OwnerPorts): MiddlewareHandler<HttpEnv> {
  const { ownerToken: token } = ports;
  return async (c, next) => {
    if (token === null || token === "") {
      throw new Refusal("owner-not-configured", {
        detail: `Configure OWNER_TOKEN to open the owner routes. ${WHERE}`,
      });
    }
    const given = BEARER.exec(c.req.header("Authorization") ?? "")?.[1] ?? "";
    if (!(await isSame(given, token))) {
      // Only a wrong token counts: nobody at the owner's address can lock the owner out.
      await takeOrRefuse(c, ports, "guess");
      throw new Refusal(
        "unauthorized",
        { detail: `Send Authorization: Bearer with the owner's token. ${WHERE}` },
        { "WWW-Authenticate": 'Bearer realm="owner"' },
      );
    }
    if (c.req.method === "GET" || c.req.method === "HEAD") {
      await next();
    } else {
      await recorded(c, ports, next);
    }
  };
}

/** A request that cannot be recorded is not carried out (RT25); an end that cannot be recorded changes no answer. */
async function recorded(c: Context<HttpEnv>, ports: OwnerPorts, next: Next): Promise<void> {
  const { ownerLog, clock, log } = ports;
  const { pathname, search } = new URL(c.req.url);
  const address = clientAddress(c.req.raw.headers);
  const requestId = c.get("requestId");
  const position = await ownerLog.begin({
    at: clock.now(),
    method: c.req.method,
    path: `${pathname}${search}`.slice(0, PATH_KEPT),
    requestId,
    network: address && addressBlock(address),
  });
  c.set("ownerPosition", position);
  await next();
  await ownerLog.end(position, c.res.status, clock.now()).catch((error: unknown) => {
    logFailure(log, "owner_action_end_failed", error, { request_id: requestId });
  });
}

/** Digests have one length, so the time of the comparison shows neither a matching prefix nor the length of the secret. */
async function isSame(given: string, token: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(token)]);
  return crypto.subtle.timingSafeEqual(a, b);
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
