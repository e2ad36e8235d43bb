/** `/api/admin`: which market this deployment shows, the clock of the demo, and what was done in the owner's name. */
import type { FeedCommand } from "../../app/ports/live.ts";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import { formatKst } from "../../protocol/format.ts";
import type { DemoAnswer } from "../../protocol/rest/health.ts";
import type { OwnerActionsBody } from "../../protocol/rest/owner.ts";
import { ActionsQuery, DemoBody, ExchangeBody } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { readJson } from "../request/body-limit.ts";
import { encodeFeedStatus } from "../../protocol/messages/live-update.ts";
import type { HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";

/** GET and PUT of the active exchange. */
export function exchangeRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/exchange", {
    summary: "The active exchange.",
    answer: { schema: "ActiveExchange" },
    owner: true,
    handle: async (c) => c.json({ exchange: await ports.settings.activeExchange() }),
  });

  routes.put("/exchange", {
    summary: "Switches the active exchange; every stream begins a new epoch.",
    body: { type: "application/json", schema: "ActiveExchange" },
    answer: { schema: "ActiveExchange" },
    owner: true,
    example: { body: '{"exchange":"DEMO"}' },
    handle: async (c) => {
      const { exchange } = await readJson(c, ExchangeBody);
      // Also when the exchange is active already: every stream begins anew, which the end of a restore asks for.
      await ports.switchExchange(exchange);
      return c.json({ exchange });
    },
  });

  return routes;
}

/** Reading the owner's log is not recorded in it: only what may change something is. */
export function actionRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/actions", {
    summary: "What was done in the owner's name, newest first.",
    query: ActionsQuery,
    answer: { schema: "OwnerActions" },
    owner: true,
    example: { query: "?limit=10" },
    handle: async (c, { limit }) => {
      const actions = (await ports.ownerLog.newest(limit)).map((one) => ({
        at: formatKst(one.at),
        method: one.method,
        path: one.path,
        request_id: one.requestId,
        network: one.network,
        status: one.status,
        ended_at: one.endedAt === null ? null : formatKst(one.endedAt),
      }));
      const body: OwnerActionsBody = { actions, count: actions.length };
      return c.json(body);
    },
  });

  return routes;
}

/** Refused while the demo is not active: a command would move what no page shows. */
export function demoRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.post("/demo", {
    summary: "The demo's clock: pause, resume, advance by a tick or a session.",
    body: { type: "application/json", schema: "DemoCommand" },
    answer: { schema: "DemoAnswer" },
    problems: ["demo-inactive"],
    owner: true,
    example: { body: '{"resume":true}' },
    handle: async (c) => {
      const command = commandOf(await readJson(c, DemoBody));
      const active = await ports.settings.activeExchange();
      const feed = isSimulated(active) ? ports.feed?.(active) : undefined;
      if (feed === undefined) {
        throw new Refusal("demo-inactive", { detail: "The demo market is not the active exchange." });
      }
      const body: DemoAnswer = { exchange: "DEMO", feed: encodeFeedStatus(await feed.command(command)) };
      return c.json(body);
    },
  });

  return routes;
}

function commandOf(body: DemoBody): FeedCommand {
  if ("advance" in body) {
    return body.advance === "tick" ? "advance_tick" : "advance_session";
  }
  return "pause" in body ? "pause" : "resume";
}
