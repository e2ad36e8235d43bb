/** `/api/kr/runs`: what each scan did, with its funnel, its rejects by rule and its diff. */
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import { formatKst } from "../../protocol/format.ts";
import { latinName } from "../../protocol/romanise.ts";
import { ExchangeQuery, RunsQuery } from "../../protocol/rest/query.ts";
import { encodeRun, type RunDetail, type RunsBody } from "../../protocol/rest/scan-run.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { missing } from "../request/problem-response.ts";

/** Failed and skipped runs too: a missing list needs its reason. */
export function runRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "Scans, newest first.",
    query: RunsQuery,
    answer: { schema: "Runs" },
    example: { query: "?limit=3" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const runs = (await ports.ledger.runs(exchange, query.limit)).map(encodeRun);
      const body: RunsBody = {
        exchange,
        runs,
        count: runs.length,
        generated_at: formatKst(ports.clock.now()),
      };
      return await sendDated(c, body);
    },
  });

  routes.get("/:id", {
    summary: "One scan with its funnel, its rejects by rule and its diff, with names.",
    query: ExchangeQuery,
    answer: { schema: "RunDetail" },
    problems: ["not-found"],
    example: { first: ["/api/kr/runs?limit=1", "id"] },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const run = await ports.ledger.run(c.req.param("id"));
      if (run?.exchange !== exchange) {
        throw missing("This run");
      }
      const body: RunDetail = { ...encodeRun(run), ...(await namesIn(ports, run)) };
      return c.json(body);
    },
  });

  return routes;
}

/** One query of the master, however many signals the diff names. */
async function namesIn(
  ports: HttpPorts,
  { exchange, diff }: ScanRun,
): Promise<Pick<RunDetail, "names" | "latin_names">> {
  // An id begins with its ticker (LCI1).
  const tickers = new Set(
    Object.values(diff ?? {})
      .flat()
      .map((id) => id.split(".", 1)[0]),
  );
  const all = tickers.size === 0 ? [] : await ports.instruments.all(exchange);
  const named = all.filter(({ ticker }) => tickers.has(ticker));
  return {
    names: Object.fromEntries(named.map(({ ticker, name }) => [ticker, name])),
    latin_names: Object.fromEntries(
      named.map(({ ticker, name, nameEn }) => [ticker, latinName(name, nameEn)]),
    ),
  };
}
