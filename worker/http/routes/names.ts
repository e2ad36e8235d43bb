/** `/api/kr/names`: every name of the exchange, for whoever searches by himself. */
import { formatKst } from "../../protocol/format.ts";
import { encodeName, type NamesBody } from "../../protocol/rest/names.ts";
import { ExchangeQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";

export function nameRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "Ticker, Korean and English name of everything listed, in one answer.",
    query: ExchangeQuery,
    answer: { schema: "Names" },
    example: {},
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const names = (await ports.instruments.all(exchange)).map(encodeName);
      const body: NamesBody = {
        exchange,
        names,
        count: names.length,
        generated_at: formatKst(ports.clock.now()),
      };
      return await sendDated(c, body);
    },
  });

  return routes;
}
