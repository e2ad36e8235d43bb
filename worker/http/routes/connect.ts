/** `/ws`, `/ws/{topic}` and `/ws/stats`: who may open a socket, and which object takes it. What is sent on it is the concern of `live`. */
import type { Context } from "hono";
import { clientAddress, SOCKET_ADDRESS_HEADER } from "../../protocol/address-block.ts";
import * as v from "valibot";
import { formatKst } from "../../protocol/format.ts";
import { encodeFeedStatus } from "../../protocol/messages/live-update.ts";
import { RETRY_LATER } from "../../protocol/rest/problem.ts";
import type { SocketStats } from "../../protocol/rest/health.ts";
import { parseTopic } from "../../protocol/messages/topic.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpEnv, HttpPorts, SocketRoutes } from "../request/ports.ts";
import type { HubLoad } from "../../app/ports/live.ts";
import { Refusal } from "../request/problem-response.ts";
import { isFromOurs } from "../request/same-origin.ts";
import { SOCKET_READER_HEADER } from "../../protocol/reader-header.ts";

/** The origin is checked here, before an object is woken for it. */
export function connectRoutes(ports: HttpPorts, sockets: SocketRoutes): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "A WebSocket for many topics; `?subscribe=a,b` asks at once.",
    forwarded: v.object({ subscribe: v.optional(v.string()) }),
    answer: { switch: true },
    problems: ["forbidden-origin", "upgrade-required"],
    example: { query: "?subscribe=signal:vcp,market_gate" },
    handle: async (c) => {
      const request = admitted(c, ports.origins ?? []);
      return relayed(await sockets.gateway(request, continentOf(c.req.raw)));
    },
  });

  routes.get("/stats", {
    summary: "Connections and subscriptions at this moment.",
    answer: { schema: "SocketStats" },
    handle: async (c) => {
      const [loads, feed] = await Promise.all([sockets.stats(), sockets.feed()]);
      const stats: SocketStats = {
        ...summed(loads),
        feed: encodeFeedStatus(feed),
        generated_at: formatKst(ports.clock.now()),
      };
      return c.json(stats);
    },
  });

  routes.get("/:topic", {
    summary: "A WebSocket on one stream, `signal:vcp` or `market_gate`, subscribed already.",
    answer: { switch: true },
    problems: ["forbidden-origin", "not-found", "upgrade-required"],
    example: { part: "signal:vcp" },
    handle: async (c) => {
      const topic = parseTopic(c.req.param("topic"));
      if (topic?.kind !== "stream") {
        throw new Refusal("not-found", {
          detail:
            topic === null
              ? "There is no topic of this name."
              : "This topic has no path of its own; it is at /ws.",
        });
      }
      return relayed(await sockets.stream(admitted(c, ports.origins ?? []), topic.name));
    },
  });

  return routes;
}

/** WS13: a page's request must be our own. The objects count a socket that comes from no page by its address. */
function admitted(c: Context<HttpEnv>, origins: readonly string[]): Request {
  if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
    throw new Refusal(
      "upgrade-required",
      { detail: "This path speaks WebSocket." },
      { Upgrade: "websocket" },
    );
  }
  const headers = new Headers(c.req.raw.headers);
  headers.set(SOCKET_ADDRESS_HEADER, clientAddress(headers) || "unknown");
  headers.delete(SOCKET_READER_HEADER);
  const reader = c.get("reader");
  if (reader !== undefined) {
    headers.set(SOCKET_READER_HEADER, reader);
  }
  if (!isFromOurs(c, origins)) {
    throw new Refusal("forbidden-origin", { detail: "Pages of another origin may not connect." });
  }
  return new Request(c.req.raw, { headers });
}

/** The headers of an answer from an object are immutable; the new answer takes those of the middleware. */
function relayed(answer: Response): Response {
  if (answer.webSocket) {
    return new Response(null, { status: 101, webSocket: answer.webSocket });
  }
  throw new Refusal(
    "unavailable",
    { detail: "No socket can be taken in just now.", neighbour: "Gateway" },
    RETRY_LATER,
  );
}

function continentOf(request: Request): string | null {
  const continent: unknown = request.cf?.["continent"];
  return typeof continent === "string" ? continent : null;
}

function summed(loads: readonly HubLoad[]): Omit<SocketStats, "feed" | "generated_at"> {
  const subscriptions: Record<string, number> = {};
  for (const load of loads) {
    for (const [topic, listeners] of Object.entries(load.subscriptions)) {
      if (listeners > 0) {
        subscriptions[topic] = (subscriptions[topic] ?? 0) + listeners;
      }
    }
  }
  const uptimes = loads.flatMap(({ connections, uptimeMs }) =>
    connections > 0 && uptimeMs !== null ? [uptimeMs] : [],
  );
  return {
    active_connections: loads.reduce((sum, { connections }) => sum + connections, 0),
    subscriptions,
    gateways: uptimes.length,
    uptime_s: Math.floor(Math.max(0, ...uptimes) / 1_000),
  };
}
