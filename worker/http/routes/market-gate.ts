/** `/api/kr/market-gate`: the status of the market, and what it was made of. */
import { formatKst } from "../../protocol/format.ts";
import { encodeMarketGate, type MarketGateBody, type MarketGateHistory } from "../../protocol/market-gate.ts";
import { ExchangeQuery, GateHistoryQuery } from "../../protocol/rest/query.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { sendDated } from "../request/etag.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { missing } from "../request/problem-response.ts";

/** 404 before the first scan: there is no gate, and an invented one would be read as advice. */
export function marketGateRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "The market gate of the last scan, with everything it was made of.",
    query: ExchangeQuery,
    answer: { schema: "MarketGate" },
    problems: ["not-found"],
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const [gate] = await ports.ledger.gates(exchange, 1);
      if (gate === undefined) {
        throw missing("A market gate, before the first scan,");
      }
      const generatedAt = formatKst(ports.clock.now());
      const body: MarketGateBody = { exchange, ...encodeMarketGate(gate), generated_at: generatedAt };
      return await sendDated(c, body);
    },
  });

  routes.get("/history", {
    summary: "The gates of earlier sessions, newest first.",
    query: GateHistoryQuery,
    answer: { schema: "MarketGateHistory" },
    example: { query: "?limit=5" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const gates = (await ports.ledger.gates(exchange, query.limit)).map(encodeMarketGate);
      const generatedAt = formatKst(ports.clock.now());
      const body: MarketGateHistory = { exchange, gates, count: gates.length, generated_at: generatedAt };
      return await sendDated(c, body);
    },
  });

  return routes;
}
