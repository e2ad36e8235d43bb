/** RT5a: what a browser may do with an answer. Nothing with data; the API page may have its own style and no more. */
import type { MiddlewareHandler } from "hono";
import { NONCE, secureHeaders } from "hono/secure-headers";
import type { HttpEnv } from "./ports.ts";

const NOTHING = {
  defaultSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
};

const OTHERS = {
  xFrameOptions: "DENY",
  strictTransportSecurity: "max-age=31536000; includeSubDomains",
} as const;

/** Pages of the Worker itself; all others are assets, whose headers stand in `web/public/_headers`. */
const PAGES: ReadonlySet<string> = new Set(["/docs"]);

/** By the path: the API page alone gets a style, under a nonce that is new with each answer. */
export function securityHeaders(): MiddlewareHandler<HttpEnv> {
  const data = secureHeaders({ ...OTHERS, contentSecurityPolicy: NOTHING });
  const page = secureHeaders({ ...OTHERS, contentSecurityPolicy: { ...NOTHING, styleSrc: [NONCE] } });
  return async (c, next) => await (PAGES.has(c.req.path) ? page : data)(c, next);
}
