/** `/api/kr/forming`: the names that would be listed today, by a scan of the running session that nobody stores. */
import type { FormingList } from "../../app/ports/forming.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../../protocol/format.ts";
import type { FormingBody } from "../../protocol/rest/forming.ts";
import { ExchangeQuery } from "../../protocol/rest/query.ts";
import { encodeSignalRow } from "../../protocol/signal-row.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";

function encodeForming({ day, at, quoted, expected, signals }: FormingList): FormingBody["forming"] {
  return {
    as_of: formatTradingDay(day),
    at: formatKst(at),
    quoted,
    expected,
    signals: signals.map((signal) => encodeSignalRow(signal)),
  };
}

export function formingRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);
  routes.get("/", {
    summary:
      "What the running session would list for the first time at its prices so far; provisional, and stored nowhere.",
    query: ExchangeQuery,
    answer: { schema: "Forming" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const list = await ports.book(exchange).forming();
      const body: FormingBody = {
        exchange,
        forming: list && encodeForming(list),
        generated_at: formatKst(ports.clock.now()),
      };
      return await sendDated(c, body);
    },
  });
  return routes;
}
