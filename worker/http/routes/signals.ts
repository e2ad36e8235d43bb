/** `/api/kr/signals`: the list, one signal with every term, and its history. */
import * as v from "valibot";
import type { SignalFilter, StoredSignal } from "../../app/ports/scan-ledger.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatKst } from "../../protocol/format.ts";
import { ExchangeQuery, SignalsQuery, VcpSignalsQuery } from "../../protocol/rest/query.ts";
import { encodeSignalDetail, encodeSignalEvent, type SignalEventsBody } from "../../protocol/rest/signal.ts";
import { type SignalsBody, type VcpSignalsBody } from "../../protocol/rest/signal-list.ts";
import { encodeSignalRow } from "../../protocol/signal-row.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { decodeCursor, encodeCursor } from "../request/cursor.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";
import { missing } from "../request/problem-response.ts";

const A_SIGNAL = ["/api/kr/signals?limit=1", "id"] as const;

/** A page begins after a row and not at a number, so that a signal that is born between two pages shifts nothing. */
export function signalRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "The active signals, best score first; `next_cursor` asks for the page after this one.",
    query: SignalsQuery,
    answer: { schema: "Signals" },
    example: { query: "?limit=5&min_score=50" },
    handle: async (c, query) => await sendDated(c, await listSignals(ports, query)),
  });

  routes.get("/vcp", {
    summary: "The same list, ten at a time.",
    query: VcpSignalsQuery,
    answer: { schema: "VcpSignals" },
    example: { query: "?market=KOSDAQ" },
    handle: async (c, query) => {
      const { next_cursor: _, ...body } = await listSignals(ports, query);
      return await sendDated(c, body satisfies VcpSignalsBody);
    },
  });

  routes.get("/:id", {
    summary: "One signal with every term that made it.",
    query: ExchangeQuery,
    answer: { schema: "Signal" },
    problems: ["not-found"],
    example: { first: A_SIGNAL },
    handle: async (c, { exchange }) =>
      c.json(encodeSignalDetail(await findSignal(ports, exchange, c.req.param("id")))),
  });

  routes.get("/:id/events", {
    summary: "Its history, oldest first.",
    query: ExchangeQuery,
    answer: { schema: "SignalEvents" },
    problems: ["not-found"],
    example: { first: A_SIGNAL },
    handle: async (c, { exchange }) => {
      const { signal } = await findSignal(ports, exchange, c.req.param("id"));
      const events = (await ports.ledger.events(signal.id)).map(encodeSignalEvent);
      const body: SignalEventsBody = {
        exchange: signal.exchange,
        signal_id: signal.id,
        events,
        count: events.length,
      };
      return c.json(body);
    },
  });

  return routes;
}

async function listSignals(
  ports: HttpPorts,
  query: v.InferOutput<typeof SignalsQuery>,
): Promise<SignalsBody> {
  const place = decodeCursor(query.cursor, Place);
  const after = place && { score: place[0], id: place[1] };
  const filter: SignalFilter = {
    exchange: await chosenExchange(ports, query.exchange),
    state: query.state ?? null,
    market: query.market ?? null,
    grade: query.grade ?? null,
    minScore: query.min_score ?? null,
    ticker: null,
  };
  // One more than asked for shows whether there is a next page.
  const [found, count] = await Promise.all([
    ports.ledger.signals(filter, after, query.limit + 1),
    ports.ledger.countSignals(filter),
  ]);
  const page = found.slice(0, query.limit);
  const last = page.at(-1)?.signal;
  return {
    exchange: filter.exchange,
    signals: page.map(encodeSignalRow),
    count,
    generated_at: formatKst(ports.clock.now()),
    next_cursor: found.length > page.length && last ? encodeCursor([last.score, last.id]) : null,
  };
}

/** A signal of the exchange that the request is about. Throws a Refusal with 404 for a signal of another one. */
async function findSignal(ports: HttpPorts, asked: Exchange | undefined, id: string): Promise<StoredSignal> {
  const [exchange, found] = await Promise.all([chosenExchange(ports, asked), ports.ledger.signal(id)]);
  if (found?.signal.exchange !== exchange) {
    throw missing("This signal");
  }
  return found;
}

/** Where a page of signals ended: the score and the id of its last row. */
const Place = v.strictTuple([
  v.pipe(v.number(), v.finite()),
  v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
]);
