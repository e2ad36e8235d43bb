/** `/docs` and `/openapi.json`: what this API takes and answers, for people and for machines. */
import type { Hono } from "hono";
import { etag } from "hono/etag";
import { ApiRoutes, routesOf } from "../request/api-routes.ts";
import type { HttpEnv } from "../request/http-env.ts";
import type { HttpPorts } from "../request/ports.ts";
import { makeDocument } from "./api-document.ts";
import { docsPage } from "./docs-page.ts";

/** Of the routes of `app`, these two among them. */
export function docsRoutes(ports: HttpPorts, app: Hono<HttpEnv>): ApiRoutes {
  const routes = new ApiRoutes(ports);
  /** Kept, since making it takes tens of milliseconds. */
  let document: string | null = null;

  routes.hono.use("/openapi.json", etag());
  routes.get("/openapi.json", {
    summary: "This API as an OpenAPI 3.1 document.",
    answer: { type: "application/json" },
    handle(c) {
      document ??= JSON.stringify(makeDocument(routesOf(app), ports.build));
      return c.body(document, 200, { "Content-Type": "application/json" });
    },
  });

  routes.get("/docs", {
    summary: "This API as a page.",
    answer: { type: "text/html" },
    handle: async (c) =>
      c.html(await docsPage(routesOf(app), new URL(c.req.url).origin, c.get("secureHeadersNonce") ?? "")),
  });

  return routes;
}
