/** `/api/health`: whether every neighbour answers, and how old the last run, the feed and the outbox are. */
import { logFailure } from "../../app/ports/log.ts";
import {
  type FailureMemory,
  type Neighbour,
  type NeighbourFailure,
  newestFailures,
} from "../../app/ports/neighbour-error.ts";
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { RETRY_LATER } from "../../protocol/rest/problem.ts";
import type { HealthBody } from "../../protocol/rest/health.ts";
import { encodeFeedStatus } from "../../protocol/messages/live-update.ts";
import { formatDay, formatKst } from "../../protocol/format.ts";
import { ExchangeQuery } from "../../protocol/rest/query.ts";
import { encodeReason, encodeRun } from "../../protocol/rest/scan-run.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { RecentFailures } from "../../platform/logs.ts";
import { Refusal } from "../request/problem-response.ts";
import { within } from "../../platform/within.ts";

/** A neighbour that takes longer counts as silent. */
const PATIENCE_MS = 3_000;

/** A health check that comes every second asks the objects of the sockets, which it wakes, no oftener. */
const REMEMBERED_MS = 10_000;

type Remembered = (exchange: Exchange) => Promise<readonly NeighbourFailure[]>;

/** Fails with 503 as soon as one neighbour does, so that a monitor needs to read the status only. */
export function healthRoutes(ports: HttpPorts, recent: RecentFailures): ApiRoutes {
  const routes = new ApiRoutes(ports);
  const remembered = keptFor(REMEMBERED_MS, ports, async (exchange) => rememberedFailures(ports, exchange));
  routes.get("/", {
    summary: "Whether everything this Worker leans on answers, and how old is what it last did.",
    query: ExchangeQuery,
    answer: { schema: "Health" },
    handle: async (c, query) => {
      const exchange = await answerOf(ports, "D1", () => chosenExchange(ports, query.exchange));
      return c.json(await readHealth(ports, exchange, remembered, recent));
    },
  });
  return routes;
}

async function readHealth(
  ports: HttpPorts,
  exchange: Exchange,
  remembered: Remembered,
  recent: RecentFailures,
): Promise<HealthBody> {
  const [runs, outbox, summary, feed, failures] = await Promise.all([
    answerOf(ports, "D1", () => ports.ledger.runs(exchange, 1)),
    answerOf(ports, "D1", () => ports.ledger.outboxAge(exchange)),
    answerOf(ports, "MarketBook", () => ports.book(exchange).summary()),
    answerOf(ports, "MarketFeed", async () => (await ports.feed?.(exchange).status()) ?? null),
    remembered(exchange),
  ]);
  const now = ports.clock.now();
  const [last] = runs;
  return {
    status: "ok",
    build: ports.build,
    exchange,
    server_time: formatKst(now),
    book: {
      tickers: summary.tickers,
      rows: summary.rows,
      sessions: summary.sessions,
      first_day: formatDay(summary.firstDay),
      last_day: formatDay(summary.lastDay),
    },
    last_run: last ? { ...encodeRun(last), age_s: ageOf(last, now) } : null,
    feed: feed && encodeFeedStatus(feed),
    outbox: {
      waiting: outbox.waiting,
      oldest_age_s: outbox.oldest === null ? null : seconds(now - outbox.oldest),
    },
    failures: newestFailures([...failures, ...recent.failures()]).map(encodeFailure),
  };
}

function ageOf(run: ScanRun, now: number): number {
  return seconds(now - (run.finishedAt ?? run.startedAt));
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}

/** Gives the answer of the last `ms` again, also while it is on its way. `ask` never rejects. */
function keptFor(ms: number, { clock }: Pick<HttpPorts, "clock">, ask: Remembered): Remembered {
  const kept = new Map<Exchange, { readonly at: number; readonly answer: ReturnType<Remembered> }>();
  return async (exchange) => {
    const at = clock.now();
    const last = kept.get(exchange);
    if (last !== undefined && at - last.at < ms) {
      return last.answer;
    }
    const answer = ask(exchange);
    kept.set(exchange, { at, answer });
    return answer;
  };
}

/** What the objects remember. An object that does not answer has failed itself: that is logged, and the others are shown. */
async function rememberedFailures(
  ports: HttpPorts,
  exchange: Exchange,
): Promise<readonly NeighbourFailure[]> {
  const from = async (memory: FailureMemory): Promise<readonly NeighbourFailure[]> => {
    try {
      return await within(PATIENCE_MS, memory.neighbour, memory.failures());
    } catch (error) {
      logFailure(ports.log, "failures_unread", error, { neighbour: memory.neighbour });
      return [];
    }
  };
  const memories: readonly FailureMemory[] = [
    { neighbour: "MarketBook", failures: async () => ports.book(exchange).failures() },
    { neighbour: "MarketFeed", failures: async () => (await ports.feed?.(exchange).failures()) ?? [] },
    ...(ports.sockets?.memories() ?? []),
  ];
  return (await Promise.all(memories.map(from))).flat();
}

function encodeFailure({ neighbour, at, event, detail }: NeighbourFailure): HealthBody["failures"][number] {
  return { neighbour, at: formatKst(at), event, detail: encodeReason(detail) };
}

/** Throws a Refusal that names the neighbour when it fails or is silent for {@link PATIENCE_MS}. */
async function answerOf<T>(
  { log }: Pick<HttpPorts, "log">,
  neighbour: Neighbour,
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await within(PATIENCE_MS, neighbour, ask());
  } catch (error) {
    logFailure(log, "health_check_failed", error, { neighbour });
    throw new Refusal("unavailable", { detail: `${neighbour} does not answer.`, neighbour }, RETRY_LATER);
  }
}
