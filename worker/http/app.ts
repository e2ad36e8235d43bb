/** The HTTP side of the program: routes by resource over one set of ports, and what every answer has in common. */
import { Hono } from "hono";
import { etag } from "hono/etag";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { actionRoutes } from "./admin/admin-actions.ts";
import { demoRoutes } from "./admin/admin-demo.ts";
import { exchangeRoutes } from "./admin/admin-exchange.ts";
import { exportRoutes } from "./admin/admin-export.ts";
import { importRoutes } from "./admin/admin-import.ts";
import { calendarRoutes } from "./routes/calendar.ts";
import { connectRoutes } from "./routes/connect.ts";
import { cachePolicy } from "./request/etag.ts";
import { docsRoutes } from "./docs/docs.ts";
import { healthRoutes } from "./routes/health.ts";
import { latestRoutes } from "./routes/indices.ts";
import { limitRequests } from "./request/limits.ts";
import { marketGateRoutes } from "./routes/market-gate.ts";
import { performanceRoutes } from "./routes/performance.ts";
import type { HttpPorts } from "./request/ports.ts";
import type { HttpEnv } from "./request/http-env.ts";
import { errorResponse, problemResponse } from "./request/problem-response.ts";
import { RecentFailures } from "./request/recent-failures.ts";
import { runRoutes } from "./routes/runs.ts";
import { scanRoutes } from "./routes/scan.ts";
import { securityHeaders } from "./request/security-headers.ts";
import { signalRoutes } from "./routes/signals.ts";
import { stockRoutes } from "./routes/stocks.ts";

type App = Hono<HttpEnv>;

/**
 * The app of an environment, built on its first request and kept as long as the environment itself: building it costs more than
 * most requests. `compose` must bind nothing to the request that happens to be the first.
 */
export function appPerEnv<E extends object>(compose: (env: E) => HttpPorts): (env: E) => App {
  const apps = new WeakMap<E, App>();
  return (env) => {
    const app = apps.get(env) ?? makeApp(compose(env));
    apps.set(env, app);
    return app;
  };
}

export function makeApp(given: HttpPorts): App {
  const recent = new RecentFailures(given.log, given.clock);
  const ports = { ...given, log: recent };
  const app = new Hono<HttpEnv>();

  app.use(requestId());
  app.use(securityHeaders());
  app.use(cachePolicy());
  app.use(limitRequests(ports));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problemResponse(
          c,
          "method-not-allowed",
          { detail: `It takes ${methods.join(", ")}.` },
          { Allow: methods.join(", ") },
        ),
    }),
  );
  app.use("/api/kr/*", etag());

  app.route("/api/kr/signals", signalRoutes(ports));
  app.route("/api/kr/scan", scanRoutes(ports));
  app.route("/api/kr/runs", runRoutes(ports));
  app.route("/api/kr/market-gate", marketGateRoutes(ports));
  app.route("/api/kr/performance", performanceRoutes(ports));
  app.route("/api/kr/calendar", calendarRoutes(ports));
  app.route("/api/kr/stocks", stockRoutes(ports));
  app.route("/api/kr", latestRoutes(ports));
  app.route("/api/admin", importRoutes(ports));
  app.route("/api/admin", exportRoutes(ports));
  app.route("/api/admin", exchangeRoutes(ports));
  app.route("/api/admin", demoRoutes(ports));
  app.route("/api/admin", actionRoutes(ports));
  app.route("/api/health", healthRoutes(ports, recent));
  app.route("/", docsRoutes(ports.build));
  if (ports.sockets) {
    app.route("/ws", connectRoutes(ports, ports.sockets));
  }

  app.notFound((c) => problemResponse(c, "not-found", { detail: "No route has this path." }));
  app.onError((error, c) => errorResponse(error, c, recent));
  return app;
}
