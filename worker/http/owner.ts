/** RT3: the routes that write are the owner's. Compared in constant time; without a secret they stay closed. */
import type { MiddlewareHandler } from "hono";
import { takeOrRefuse } from "./limits.ts";
import type { HttpEnv, HttpPorts } from "./ports.ts";
import { Refusal } from "./refusal.ts";

/** Where its owner finds it; what it is, is never said. */
const WHERE =
  "It is the value of OWNER_TOKEN: in the file .dev.vars that npm start writes, on Cloudflare the secret of that name.";

const BEARER = /^Bearer +(\S+) *$/i;

export function ownerOnly({
  ownerToken: token,
  limits,
}: Pick<HttpPorts, "ownerToken" | "limits">): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (token === null || token === "") {
      throw new Refusal("owner-not-configured", {
        detail: `Configure OWNER_TOKEN to open the owner routes. ${WHERE}`,
      });
    }
    const given = BEARER.exec(c.req.header("Authorization") ?? "")?.[1] ?? "";
    if (!(await isSame(given, token))) {
      // Only what is wrong counts: a stranger at the owner's address cannot lock the owner out.
      await takeOrRefuse(c, limits, "guess");
      throw new Refusal(
        "unauthorized",
        { detail: `Send Authorization: Bearer with the owner's token. ${WHERE}` },
        { "WWW-Authenticate": 'Bearer realm="owner"' },
      );
    }
    await next();
  };
}

/** Digests have one length, so the time of the comparison tells neither a matching prefix nor the length of the secret. */
async function isSame(given: string, token: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(token)]);
  return crypto.subtle.timingSafeEqual(a, b);
}

function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
