/** `/api/kr/performance`: what became of this deployment's own signals, with its number of cases and beside the market. */
import { LEAST_SAMPLE } from "../../core/outcome/sample-summary.ts";
import { formatKst } from "../../protocol/kst-time.ts";
import type { PerformanceBody } from "../../protocol/rest/performance.ts";
import { PerformanceQuery } from "../../protocol/rest/query.ts";
import { formatDay } from "../../protocol/vocabulary.ts";
import { chosenExchange } from "../request/chosen-exchange.ts";
import { sendDated } from "../request/etag.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";
import { countFills, sumGroups } from "./sum-performance.ts";

export function performanceRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "What became of this deployment's own signals, with the number of cases.",
    query: PerformanceQuery,
    answer: { schema: "Performance" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const measured = await ports.outcomes.measured(exchange);
      const version = query.params_version ?? measured?.paramsVersion ?? null;
      const outcomes = version === null ? [] : await ports.outcomes.outcomes(exchange, version);
      const body: PerformanceBody = {
        exchange,
        params_version: version,
        as_of: formatDay(measured?.asOf ?? null),
        least_n: LEAST_SAMPLE,
        signals: countFills(outcomes),
        groups: sumGroups(outcomes),
        generated_at: formatKst(ports.clock.now()),
      };
      return await sendDated(c, body);
    },
  });

  return routes;
}
