/** RD5: a page of another site changes nothing here, also with the reader's own cookie. */
import type { Context, MiddlewareHandler } from "hono";
import type { HttpEnv } from "./ports.ts";
import { Refusal } from "./problem-response.ts";

/** Whether a page of our own sent the request, or no page at all. `origins`: further ones that may. */
export function isFromOurs(c: Context<HttpEnv>, origins: readonly string[]): boolean {
  const origin = c.req.header("Origin");
  return origin === undefined || origin === new URL(c.req.url).origin || origins.includes(origin);
}

/** What changes something is refused to pages of other sites. A browser names the site itself, which no page can alter. */
export function onlyFromOurs(origins: readonly string[]): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const site = c.req.header("Sec-Fetch-Site");
    const isReading = c.req.method === "GET" || c.req.method === "HEAD";
    const isOurs = site === undefined ? isFromOurs(c, origins) : site === "same-origin" || site === "none";
    if (!isReading && !isOurs) {
      throw new Refusal("forbidden-origin", {
        detail: "Pages of another origin may not change anything here.",
      });
    }
    await next();
  };
}
