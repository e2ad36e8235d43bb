/** `/api/kr/scan`: the owner's scan of a market, and where a scan stands. */
import type { Context } from "hono";
import type * as v from "valibot";
import type { RunOutcome } from "../../app/ports/market-book.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import { logFailure } from "../../app/ports/log.ts";
import type { MarketStatus } from "../../app/ports/market-status.ts";
import { readScanDue } from "../../app/scan-due.ts";
import { type BackfillFacts, encodeBackfill } from "../../protocol/rest/backfill.ts";
import { encodeMissing } from "../../protocol/rest/day-step.ts";
import { formatKst } from "../../protocol/format.ts";
import { ExchangeQuery, ScanBody } from "../../protocol/rest/query.ts";
import type { ScanAnswer } from "../../protocol/rest/scan-report.ts";
import { encodeRun, type ScanStatus } from "../../protocol/rest/scan-run.ts";
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
    summary: "How far a scan is, the last run, and whether the scheduled one is overdue.",
    query: ExchangeQuery,
    answer: { schema: "ScanStatus" },
    handle: async (c, query) => {
      const exchange = await chosenExchange(ports, query.exchange);
      return await sendDated(c, await statusOf(ports, exchange));
    },
  });

  return routes;
}

/** The past while it is being fetched, or waits. */
function unfinished({ backfill }: MarketStatus): BackfillFacts | null {
  const past = encodeBackfill(backfill);
  return past.status === "running" || past.status === "waiting" ? past : null;
}

/** What the demo's pages state of the market that comes; the demo goes on when the other book is out of reach. */
async function comingPast(ports: HttpPorts, exchange: Exchange): Promise<ScanStatus["coming"]> {
  const { awaited } = ports;
  if (awaited === undefined || !isSimulated(exchange)) {
    return null;
  }
  try {
    const backfill = unfinished(await ports.book(awaited).marketStatus());
    return backfill && { exchange: awaited, backfill };
  } catch (error) {
    logFailure(ports.log, "coming_past_unknown", error, { exchange: awaited });
    return null;
  }
}

async function statusOf(ports: HttpPorts, exchange: Exchange): Promise<ScanStatus> {
  const now = ports.clock.now();
  const [progress, { missing, runs, lastDone, days }, coming] = await Promise.all([
    ports.book(exchange).progress(),
    readScanDue(ports, exchange, now),
    comingPast(ports, exchange),
  ]);
  const [last] = runs;
  return {
    exchange,
    progress: {
      run_id: progress.runId,
      stage: progress.stage,
      done: progress.done,
      total: progress.total,
    },
    last_run: last ? encodeRun(last) : null,
    last_done: lastDone && encodeRun(lastDone),
    overdue: missing !== null,
    missing: encodeMissing(missing),
    backfill: unfinished(days),
    coming,
    generated_at: formatKst(now),
  };
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
