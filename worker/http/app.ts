/** The HTTP side of the program: routes by resource over one set of ports, and what every answer has in common. */
import { Hono } from "hono";
import { etag } from "hono/etag";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { actionRoutes, demoRoutes, exchangeRoutes } from "./admin/admin-control.ts";
import { backfillRoutes } from "./admin/admin-backfill.ts";
import { dayRoutes } from "./admin/admin-days.ts";
import { liveRoutes } from "./admin/admin-live.ts";
import { findingRoutes } from "./admin/admin-findings.ts";
import { correctionRoutes, emptyingRoutes, removalRoutes } from "./admin/admin-corrections.ts";
import { eventRoutes } from "./routes/events.ts";
import { exportRoutes } from "./admin/admin-export.ts";
import { sourceRoutes } from "./admin/admin-sources.ts";
import { importPositionRoutes, importRoutes } from "./admin/admin-import.ts";
import { alertRoutes } from "./routes/alerts.ts";
import type { ApiRoutes } from "./request/api-routes.ts";
import { calendarRoutes } from "./routes/calendar.ts";
import { connectRoutes } from "./routes/connect.ts";
import { cachePolicy } from "./request/etag.ts";
import { docsRoutes } from "./docs/docs.ts";
import { feedRoutes } from "./routes/feed.ts";
import { healthRoutes, makeHealthReader } from "./routes/health.ts";
import { latestRoutes } from "./routes/indices.ts";
import { limitRequests } from "./request/limits.ts";
import { marketGateRoutes } from "./routes/market-gate.ts";
import { nameRoutes } from "./routes/names.ts";
import { archiveRoutes } from "./routes/archive.ts";
import { performanceRoutes } from "./routes/performance.ts";
import type { HttpEnv, HttpPorts } from "./request/ports.ts";
import { errorResponse, problemResponse } from "./request/problem-response.ts";
import { RecentFailures } from "../platform/logs.ts";
import { pushRoutes } from "./routes/push.ts";
import { runRoutes } from "./routes/runs.ts";
import { sessionRoutes } from "./routes/session.ts";
import { scanRoutes } from "./routes/scan.ts";
import { onlyFromOurs } from "./request/same-origin.ts";
import { securityHeaders } from "./request/security-headers.ts";
import { formingRoutes } from "./routes/forming.ts";
import { signalRoutes } from "./routes/signals.ts";
import { statusRoutes } from "./routes/status.ts";
import { stockRoutes } from "./routes/stocks.ts";
import { studyRoutes } from "./routes/study.ts";

type App = Hono<HttpEnv>;

/** In the order of the API page. */
const OWNER_ROUTES: readonly ((ports: HttpPorts) => ApiRoutes)[] = [
  importRoutes,
  exportRoutes,
  importPositionRoutes,
  findingRoutes,
  backfillRoutes,
  dayRoutes,
  liveRoutes,
  sourceRoutes,
  removalRoutes,
  emptyingRoutes,
  correctionRoutes,
  exchangeRoutes,
  actionRoutes,
  demoRoutes,
];

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

/** Every route under its prefix. The order matters: headers and limits come before all routes, so that a refusal has them too. */
export function makeApp(given: HttpPorts): App {
  const recent = new RecentFailures(given.log, given.clock);
  const ports = { ...given, log: recent };
  const app = new Hono<HttpEnv>();
  const mount = (path: string, { hono }: ApiRoutes): void => {
    app.route(path, hono);
  };

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
  app.use(onlyFromOurs(ports.origins ?? []));
  app.use("/api/kr/*", etag());

  const readHealth = makeHealthReader(ports, recent);

  // In the order of the API page.
  mount("/api/kr/signals", signalRoutes(ports));
  mount("/api/kr/archive", archiveRoutes(ports));
  mount("/api/kr/events", eventRoutes(ports));
  mount("/api/kr/scan", scanRoutes(ports));
  mount("/api/kr/runs", runRoutes(ports));
  mount("/api/kr/market-gate", marketGateRoutes(ports));
  mount("/api/kr/performance", performanceRoutes(ports));
  mount("/api/kr/study", studyRoutes(ports));
  mount("/api/kr/calendar", calendarRoutes(ports));
  mount("/api/kr/forming", formingRoutes(ports));
  mount("/api/kr", latestRoutes(ports));
  mount("/api/kr/stocks", stockRoutes(ports));
  mount("/api/kr/names", nameRoutes(ports));
  mount("/api/kr/status", statusRoutes(ports, readHealth));
  mount("/api/health", healthRoutes(ports, readHealth));
  if (ports.sockets) {
    mount("/ws", connectRoutes(ports, ports.sockets));
  }
  mount("/", feedRoutes(ports));
  mount("/", docsRoutes(ports, app));
  if (ports.readers) {
    mount("/api", sessionRoutes(ports, ports.readers));
  }
  if (ports.alerts) {
    mount("/api/push", pushRoutes(ports, ports.alerts));
    mount("/api/alerts", alertRoutes(ports, ports.alerts));
  }
  for (const routes of OWNER_ROUTES) {
    mount("/api/admin", routes(ports));
  }

  app.notFound((c) => problemResponse(c, "not-found", { detail: "No route has this path." }));
  app.onError((error, c) => errorResponse(error, c, recent));
  return app;
}
