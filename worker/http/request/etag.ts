/** RT5: an unchanged list is answered 304. hono/etag compares the tags; this file makes the tag of the part that stays. */
import type { Context, MiddlewareHandler } from "hono";
import type { HttpEnv } from "./ports.ts";

/**
 * Answers JSON whose `generated_at` differs each time: the tag is weak and of everything else,
 * because a tag of the whole body would never match.
 */
export async function sendDated(
  c: Context<HttpEnv>,
  body: { readonly generated_at: string } & Readonly<Record<string, unknown>>,
): Promise<Response> {
  const { generated_at: _, ...lasting } = body;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(lasting)));
  const hex = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  return c.json(body, 200, { ETag: `W/"${hex}"` });
}

/** A client may keep market data and must revalidate it; progress, owner routes and errors are not kept at all. */
export function cachePolicy(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    const isKept =
      (c.req.method === "GET" || c.req.method === "HEAD") &&
      (c.res.ok || c.res.status === 304) &&
      (c.req.path.startsWith("/api/kr/") || ["/openapi.json", "/feed.xml"].includes(c.req.path));
    // What needed a login is for its own browser only, and for no cache between.
    const kept = c.get("reader") === undefined ? "no-cache" : "private, no-cache";
    c.res.headers.set("Cache-Control", isKept ? kept : "no-store");
  };
}
