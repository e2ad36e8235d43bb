/** `/api/admin/sources`: the owner has the vendors of a real market asked on purpose, and what they refused forgotten. */
import { settingFindings } from "../../app/setting-findings.ts";
import { formatKst } from "../../protocol/format.ts";
import { ImportQuery } from "../../protocol/rest/query.ts";
import type { ForgottenBody, SourceCheckBody } from "../../protocol/rest/source-check.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";

export function sourceRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.post("/sources/check", {
    summary:
      "Asks each service of each vendor once, also where a refusal is remembered, and states what works; some twenty calls.",
    query: ImportQuery,
    answer: { schema: "SourceCheck" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) => {
      const check = await ports.sources(exchange).checkSources();
      if (check.status === "too_soon") {
        const seconds = Math.max(1, Math.ceil((check.retryAt - ports.clock.now()) / 1_000));
        throw new Refusal(
          "too-many-requests",
          { detail: `The vendors were asked a moment ago. Ask again in ${seconds} seconds.` },
          { "Retry-After": String(seconds) },
        );
      }
      const rule = ports.readers?.rule ?? "public";
      const settings = settingFindings(check.sources, rule, check.at, ports.intradayMs);
      const body: SourceCheckBody = {
        exchange,
        checked_at: formatKst(check.at),
        findings: [...check.findings, ...settings],
      };
      return c.json(body);
    },
  });

  routes.post("/sources/forget", {
    summary: "Forgets what the vendors refused, so that they are asked again at the next turn of the clock.",
    query: ImportQuery,
    answer: { schema: "ForgottenDenials" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) => {
      const sources = await ports.sources(exchange).forgetDenials();
      return c.json({ exchange, sources: [...sources] } satisfies ForgottenBody);
    },
  });

  return routes;
}
