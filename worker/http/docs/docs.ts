/** `/docs` and `/openapi.json`: what this API takes and answers, for people and for machines. */
import { Hono } from "hono";
import { etag } from "hono/etag";
import { makeDocument } from "./api-document.ts";
import { docsPage } from "./docs-page.ts";
import type { HttpEnv } from "../request/http-env.ts";

export function docsRoutes(build: string): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  /** Kept, since making it takes tens of milliseconds. */
  let document: string | null = null;

  routes.get("/openapi.json", etag(), (c) => {
    document ??= JSON.stringify(makeDocument(build));
    return c.body(document, 200, { "Content-Type": "application/json" });
  });

  routes.get("/docs", async (c) =>
    c.html(await docsPage(new URL(c.req.url).origin, c.get("secureHeadersNonce") ?? "")),
  );

  return routes;
}
