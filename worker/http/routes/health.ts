/** `/api/health`: whether every neighbour answers, and how old the last run, the feed and the outbox are. */
import { readScanDue, type ScanDue, type ScanDuePorts } from "../../app/scan-due.ts";
import { logFailure } from "../../app/ports/log.ts";
import type { ObjectMemory, ObjectState } from "../../app/ports/live.ts";
import {
  type Neighbour,
  type NeighbourFailure,
  newestFailures,
  versionProblemOf,
} from "../../app/ports/neighbour-error.ts";
import type { ScanRun } from "../../app/ports/scan-ledger.ts";
import { type ExchangeSwitch, isSameSwitch } from "../../app/ports/settings.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { RETRY_LATER } from "../../protocol/rest/problem.ts";
import type { HealthBody } from "../../protocol/rest/health.ts";
import { encodeFeedStatus } from "../../protocol/messages/live-update.ts";
import { formatDay, formatKst } from "../../protocol/format.ts";
import { ExchangeQuery } from "../../protocol/rest/query.ts";
import { encodeReason, encodeRun } from "../../protocol/rest/scan-run.ts";
import type { HttpPorts } from "../request/ports.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { RecentFailures } from "../../platform/logs.ts";
import { Refusal } from "../request/problem-response.ts";
import { within } from "../../platform/within.ts";

/** A neighbour that takes longer counts as silent. */
const PATIENCE_MS = 3_000;

/** A health check that comes every second asks the objects of the sockets, which it wakes, no oftener. */
const REMEMBERED_MS = 10_000;

interface Remembered extends ObjectState {
  readonly object: string;
}

/** What the objects remember while that switch is recorded. Never rejects. */
type AskObjects = (exchange: Exchange, recorded: ExchangeSwitch) => Promise<readonly Remembered[]>;

/** The state of everything that an exchange leans on; `asked`: `undefined` for the active one. */
export type HealthReader = (asked: Exchange | undefined) => Promise<ReadHealth>;

/** The answer, and what it was made of, so that a page that shows more asks nobody twice. */
export interface ReadHealth {
  readonly body: HealthBody;
  readonly due: ScanDue;
}

/** One for all routes of an app. Rejects with a Refusal as soon as one neighbour fails, so that a monitor needs to read the status only. */
export function makeHealthReader(ports: HttpPorts, recent: RecentFailures): HealthReader {
  const askObjects = keptFor(REMEMBERED_MS, ports, async (exchange, recorded) =>
    remembered(ports, exchange, recorded),
  );
  return async (asked) => {
    const recorded = await answerOf(ports, "D1", () => ports.settings.lastSwitch());
    const exchange = asked ?? recorded.exchange;
    const objects = askObjects(exchange, recorded);
    return readHealth(ports, exchange, { recorded, objects, recent });
  };
}

export function healthRoutes(ports: HttpPorts, read: HealthReader): ApiRoutes {
  const routes = new ApiRoutes(ports);
  routes.get("/", {
    summary: "Whether everything this Worker depends on answers, and how recent its last work is.",
    query: ExchangeQuery,
    answer: { schema: "Health" },
    handle: async (c, query) => c.json((await read(query.exchange)).body),
  });
  return routes;
}

/** What an answer has beside the exchange that it is about. */
interface Beside {
  readonly recorded: ExchangeSwitch;
  readonly objects: Promise<readonly Remembered[]>;
  readonly recent: RecentFailures;
}

async function readHealth(
  ports: HttpPorts,
  exchange: Exchange,
  { recorded, objects, recent }: Beside,
): Promise<ReadHealth> {
  const [due, outbox, feed, states] = await Promise.all([
    readScanDue(bounded(ports), exchange, ports.clock.now()),
    answerOf(ports, "D1", () => ports.ledger.outboxAge(exchange)),
    answerOf(ports, "MarketFeed", async () => (await ports.feed?.(exchange).status()) ?? null),
    objects,
  ]);
  const now = ports.clock.now();
  const { summary } = due;
  const [last] = due.runs;
  const body: HealthBody = {
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
    overdue: due.missing !== null,
    exchange_switch: { ...recorded, disagreeing: disagreeing(states, recorded) },
    outbox: {
      waiting: outbox.waiting,
      oldest_age_s: outbox.oldest === null ? null : seconds(now - outbox.oldest),
    },
    failures: newestFailures([...states.flatMap(({ failures }) => failures), ...recent.failures()]).map(
      encodeFailure,
    ),
  };
  return { body, due };
}

/** What the scan that is due is read from, each neighbour named when it fails. */
function bounded(ports: HttpPorts): ScanDuePorts {
  return {
    ledger: {
      runs: async (...asked) => answerOf(ports, "D1", () => ports.ledger.runs(...asked)),
      lastRun: async (...asked) => answerOf(ports, "D1", () => ports.ledger.lastRun(...asked)),
    },
    book: (exchange) => ({
      summary: async () => answerOf(ports, "MarketBook", () => ports.book(exchange).summary()),
      marketStatus: async () => answerOf(ports, "MarketBook", () => ports.book(exchange).marketStatus()),
    }),
  };
}

function ageOf(run: ScanRun, now: number): number {
  return seconds(now - (run.finishedAt ?? run.startedAt));
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}

/** Gives the answer of the last `ms` again, also while it is on its way, unless it disagrees with the recorded switch. */
function keptFor(ms: number, { clock }: Pick<HttpPorts, "clock">, ask: AskObjects): AskObjects {
  const kept = new Map<Exchange, { readonly at: number; readonly answer: ReturnType<AskObjects> }>();
  return async (exchange, recorded) => {
    const at = clock.now();
    const last = kept.get(exchange);
    if (last !== undefined && at - last.at < ms && disagreeing(await last.answer, recorded).length === 0) {
      return last.answer;
    }
    const later = kept.get(exchange);
    if (later !== undefined && later !== last) {
      // Another request has asked again meanwhile.
      return later.answer;
    }
    const answer = ask(exchange, recorded);
    kept.set(exchange, { at, answer });
    return answer;
  };
}

/** An object that does not answer has failed itself: that is logged, and the others are shown. */
async function remembered(
  ports: HttpPorts,
  exchange: Exchange,
  recorded: ExchangeSwitch,
): Promise<readonly Remembered[]> {
  const from = async (memory: ObjectMemory): Promise<Remembered> => {
    const { object, neighbour } = memory;
    try {
      return { object, ...(await within(PATIENCE_MS, neighbour, memory.state())) };
    } catch (error) {
      logFailure(ports.log, "failures_unread", error, { neighbour });
      return { object, failures: [], applied: null };
    }
  };
  const memories: readonly ObjectMemory[] = [
    {
      object: `MarketBook ${exchange}`,
      neighbour: "MarketBook",
      state: async () => ({ failures: await ports.book(exchange).failures(), applied: null }),
    },
    ...Array.from(new Set([exchange, recorded.exchange]), (one) =>
      feedMemory(ports, one, exchange, recorded),
    ),
    ...(ports.sockets?.memories() ?? []),
  ];
  return Promise.all(memories.map(from));
}

/** Only the feed of the recorded exchange follows each switch, and only that of the asked exchange has its failures. */
function feedMemory(
  ports: HttpPorts,
  one: Exchange,
  asked: Exchange,
  recorded: ExchangeSwitch,
): ObjectMemory {
  return {
    object: `MarketFeed ${one}`,
    neighbour: "MarketFeed",
    state: async () => {
      const feed = ports.feed?.(one);
      return {
        failures: one === asked ? ((await feed?.failures()) ?? []) : [],
        applied: one === recorded.exchange ? ((await feed?.applied()) ?? null) : null,
      };
    },
  };
}

/** RT18c: the objects that stand on another switch than the recorded one. One that stands on none has nothing of any exchange. */
function disagreeing(
  states: readonly Remembered[],
  recorded: ExchangeSwitch,
): NonNullable<HealthBody["exchange_switch"]>["disagreeing"] {
  return states.flatMap(({ object, applied }) =>
    applied && !isSameSwitch(applied, recorded) ? [{ object, ...applied }] : [],
  );
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
    const detail = versionProblemOf(error) ?? `${neighbour} does not answer.`;
    throw new Refusal("unavailable", { detail, neighbour }, RETRY_LATER);
  }
}
