/** GET `/api/admin/findings`: what the last session's scan would be refused by, for an import to print before anybody scans. */
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { describeFinding, figuresOf, remedyOf } from "../../core/session/describe-finding.ts";
import { calendarWarning } from "../../core/session/judge-session.ts";
import type { FindingsBody } from "../../protocol/rest/owner.ts";
import { ImportQuery } from "../../protocol/rest/query.ts";
import { formatDay } from "../../protocol/format.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

/** Reads every series of the book once, as a scan does. */
export function findingRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/findings", {
    summary: "What is wrong with the last session as a whole, and would stop its scan.",
    query: ImportQuery,
    answer: { schema: "Findings" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) => {
      const book = ports.book(exchange);
      const [{ lastDay }, findings] = await Promise.all([book.summary(), book.findings()]);
      const body: FindingsBody = {
        exchange,
        day: formatDay(lastDay),
        findings: findings.map((one) => ({
          reason: one.kind,
          text: describeFinding(one),
          remedy: remedyOf(one),
          figures: { ...figuresOf(one) },
        })),
        warning: lastDay === null ? null : calendarWarning(exchange, lastDay, formatTradingDay(lastDay)),
      };
      return c.json(body);
    },
  });

  return routes;
}
