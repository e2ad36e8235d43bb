/** `/api/kr/scan`: the owner's scan of a market, and where a scan stands. */
import type { Context } from "hono";
import type * as v from "valibot";
import type { RunOutcome } from "../../app/ports/market-book.ts";
import { isScanOverdue } from "../../app/scan-schedule.ts";
import { formatKst } from "../../protocol/format.ts";
import { ExchangeQuery, ScanBody } from "../../protocol/rest/query.ts";
import { encodeRun, type ScanAnswer, type ScanStatus } from "../../protocol/rest/scan-run.ts";
import { encodeVerdict } from "../../protocol/verdict.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { readJson } from "../request/body-limit.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpEnv, type HttpPorts } from "../request/ports.ts";
import { refuseUndone } from "./scan-refusals.ts";

/** POST waits for the end of the scan, so that one request has one answer; another scan under way refuses it. */
export function scanRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  const scan = {
    summary: "Scans the market now and saves what it finds; `top_n` 0 answers with all.",
    query: ExchangeQuery,
    body: { type: "application/json", schema: "ScanRequest" },
    answer: { schema: "ScanAnswer" },
    problems: ["busy", "no-bars", "scan-skipped", "scan-failed"],
    owner: true,
    async handle(c: Context<HttpEnv>, query: v.InferOutput<typeof ExchangeQuery>): Promise<Response> {
      const request = await readJson(c, ScanBody);
      const exchange = await chosenExchange(ports, query.exchange);
      const position = c.get("ownerPosition");
      if (request.accept.length > 0 && position !== undefined) {
        await ports.ownerLog.note(position, `accept=${request.accept.join(",")}`);
      }
      const outcome = await ports.book(exchange).run({
        kind: "manual",
        market: request.market,
        topN: request.top_n,
        minScore: request.min_score,
        accept: request.accept,
      });
      return c.json(answerOf(outcome));
    },
  } as const;
  routes.post("/", { ...scan, example: { body: '{"top_n":5,"min_score":60}' } });
  routes.post("/vcp", { ...scan, example: { body: '{"market":"KOSPI"}' } });

  routes.get("/status", {
    summary: "Where a scan stands, the last run, and whether the scheduled one is overdue.",
    query: ExchangeQuery,
    answer: { schema: "ScanStatus" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      const book = ports.book(exchange);
      const [progress, summary, [last], settled] = await Promise.all([
        book.progress(),
        book.summary(),
        ports.ledger.runs(exchange, 1),
        ports.ledger.lastRun(exchange, ["done", "skipped"]),
      ]);
      const now = ports.clock.now();
      const counting = [last, settled].flatMap((run) => run ?? []);
      const body: ScanStatus = {
        exchange,
        progress: {
          run_id: progress.runId,
          stage: progress.stage,
          done: progress.done,
          total: progress.total,
        },
        last_run: last ? encodeRun(last) : null,
        overdue: isScanOverdue(exchange, counting, summary.lastDay !== null, now),
        generated_at: formatKst(now),
      };
      return await sendDated(c, body);
    },
  });

  return routes;
}

function answerOf(outcome: RunOutcome): ScanAnswer {
  const { run, results } = refuseUndone(outcome);
  return {
    exchange: run.exchange,
    results: results.map(encodeVerdict),
    count: results.length,
    scanned_at: formatKst(run.finishedAt ?? run.startedAt),
    saved: run.saved,
    run_id: run.id,
  };
}
