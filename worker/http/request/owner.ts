/** RT3: who may use the owner's routes. The token is compared in constant time; without a secret the routes stay closed. */
import type { Context, MiddlewareHandler, Next } from "hono";
import { logFailure } from "../../app/ports/log.ts";
import { addressBlock, clientAddress } from "../../protocol/address-block.ts";
import { takeOrRefuse } from "./limits.ts";
import type { HttpEnv, HttpPorts } from "./ports.ts";
import { Refusal } from "./problem-response.ts";
import { hasSession } from "./readers.ts";
import { bearerOf, isSameSecret } from "./secret-compare.ts";

/** Where the owner finds the token; the token itself is in no answer. */
const WHERE =
  "It is the value of OWNER_TOKEN: in the file .dev.vars that npm start writes, on Cloudflare the secret of that name.";

type OwnerPorts = Pick<HttpPorts, "ownerToken" | "limits" | "ownerLog" | "clock" | "log" | "readers">;

/** A longer query is cut in the log: no route needs one. */
const PATH_KEPT = 300;

/**
 * Guards one route. Everything but GET and HEAD is recorded before it is done (RT25). A session counts only where the route takes one,
 * and only without an `Authorization` header (decision 057).
 */
export function ownerOnly(
  ports: OwnerPorts,
  opens: "token" | "token or session" = "token",
): MiddlewareHandler<HttpEnv> {
  const { ownerToken: token } = ports;
  return async (c, next) => {
    if (token === null || token === "") {
      throw new Refusal("owner-not-configured", {
        detail: `Configure OWNER_TOKEN to open the owner routes. ${WHERE}`,
      });
    }
    const header = c.req.header("Authorization");
    const isOwner =
      opens === "token or session" && header === undefined
        ? await hasSession(c, ports)
        : await isSameSecret(bearerOf(header), token);
    if (!isOwner) {
      // Only a wrong token counts: nobody at the owner's address can lock the owner out.
      await takeOrRefuse(c, ports, "guess");
      throw new Refusal(
        "unauthorized",
        {
          detail: `${opens === "token" ? "Send" : "Log in at /login, or send"} Authorization: Bearer with the owner's token. ${WHERE}`,
        },
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

/** The beginning of what is done with the owner's token; its end is recorded with {@link endAction}. Rejects: it is not to be done (RT25). */
export async function beginAction(c: Context<HttpEnv>, { ownerLog, clock }: OwnerPorts): Promise<number> {
  const { pathname, search } = new URL(c.req.url);
  const address = clientAddress(c.req.raw.headers);
  return ownerLog.begin({
    at: clock.now(),
    method: c.req.method,
    path: `${pathname}${search}`.slice(0, PATH_KEPT),
    requestId: c.get("requestId"),
    network: address && addressBlock(address),
  });
}

/** Never rejects: what was done is not undone by an end that cannot be recorded. */
export async function endAction(
  c: Context<HttpEnv>,
  { ownerLog, clock, log }: OwnerPorts,
  { position, status }: { readonly position: number; readonly status: number },
): Promise<void> {
  await ownerLog.end(position, status, clock.now()).catch((error: unknown) => {
    logFailure(log, "owner_action_end_failed", error, { request_id: c.get("requestId") });
  });
}

async function recorded(c: Context<HttpEnv>, ports: OwnerPorts, next: Next): Promise<void> {
  const position = await beginAction(c, ports);
  c.set("ownerPosition", position);
  await next();
  await endAction(c, ports, { position, status: c.res.status });
}
