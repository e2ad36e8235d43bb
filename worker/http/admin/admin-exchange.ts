/** `/api/admin/exchange`: which market this deployment shows. */
import { ExchangeBody } from "../../protocol/rest/query.ts";
import { readJson } from "../request/body-limit.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

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
      await ports.settings.setActiveExchange(exchange);
      // Also when the exchange is active already: asking again completes a switch that broke half-way.
      await ports.onExchangeSwitched?.(exchange);
      return c.json({ exchange });
    },
  });

  return routes;
}
