/** `/api/admin/exchange`: which market this deployment shows. */
import { Hono } from "hono";
import { ExchangeBody } from "../../protocol/rest/query.ts";
import { readJson } from "../request/body-limit.ts";
import { ownerOnly } from "./owner.ts";
import type { HttpPorts } from "../request/ports.ts";
import type { HttpEnv } from "../request/http-env.ts";

export function exchangeRoutes(ports: HttpPorts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  const owner = ownerOnly(ports);

  routes.get("/exchange", owner, async (c) => c.json({ exchange: await ports.settings.activeExchange() }));

  routes.put("/exchange", owner, async (c) => {
    const { exchange } = await readJson(c, ExchangeBody);
    await ports.settings.setActiveExchange(exchange);
    // Also when it was active already: a switch that broke half-way is completed by asking again.
    await ports.onExchangeSwitched?.(exchange);
    return c.json({ exchange });
  });

  return routes;
}
