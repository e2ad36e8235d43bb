/** `/api/kr/market-gate`: can one act today, and how that came about. */
import { Hono } from "hono";
import { formatKst } from "../../protocol/kst-time.ts";
import { encodeMarketGate } from "../../protocol/market-gate.ts";
import type { MarketGateBody, MarketGateHistory } from "../../protocol/market-gate.ts";
import { ExchangeQuery, GateHistoryQuery } from "../../protocol/rest/query.ts";
import { chosenExchange } from "../request/chosen-exchange.ts";
import { sendDated } from "../request/etag.ts";
import type { HttpPorts } from "../request/ports.ts";
import type { HttpEnv } from "../request/http-env.ts";
import { readQuery } from "../request/read-query.ts";
import { missing } from "../request/refusal.ts";

export function marketGateRoutes(ports: HttpPorts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();

  routes.get("/", async (c) => {
    const query = readQuery(c, ExchangeQuery);
    const exchange = await chosenExchange(ports, query.exchange);
    const [gate] = await ports.ledger.gates(exchange, 1);
    if (gate === undefined) {
      throw missing("A market gate, before the first scan,");
    }
    const generatedAt = formatKst(ports.clock.now());
    const body: MarketGateBody = { exchange, ...encodeMarketGate(gate), generated_at: generatedAt };
    return await sendDated(c, body);
  });

  routes.get("/history", async (c) => {
    const query = readQuery(c, GateHistoryQuery);
    const exchange = await chosenExchange(ports, query.exchange);
    const gates = (await ports.ledger.gates(exchange, query.limit)).map(encodeMarketGate);
    const generatedAt = formatKst(ports.clock.now());
    const body: MarketGateHistory = { exchange, gates, count: gates.length, generated_at: generatedAt };
    return await sendDated(c, body);
  });

  return routes;
}
