/** `/api/admin/demo`: the clock of the demo market, moved by the owner. */
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import type { FeedCommand } from "../../app/ports/live.ts";
import type { DemoAnswer } from "../../protocol/rest/health.ts";
import { DemoBody } from "../../protocol/rest/query.ts";
import { readJson } from "../request/body-limit.ts";
import { encodeFeedStatus } from "../request/encode-feed-status.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/refusal.ts";

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
