/** `/api/kr/signals`: the list, the archive, one signal with every term, and its history. */
import * as v from "valibot";
import type { EndedFilter, SignalFilter, StoredSignal } from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatKst } from "../../protocol/format.ts";
import {
  EndedSignalsQuery,
  ExchangeQuery,
  SignalsQuery,
  VcpSignalsQuery,
} from "../../protocol/rest/query.ts";
import { encodeSignalDetail, encodeSignalEvent, type SignalEventsBody } from "../../protocol/rest/signal.ts";
import {
  encodeEndedSignal,
  type EndedSignalsBody,
  type SignalsBody,
  type VcpSignalsBody,
} from "../../protocol/rest/signal-list.ts";
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

  routes.get("/ended", {
    summary: "The archive: signals that have ended, the latest end first.",
    query: EndedSignalsQuery,
    answer: { schema: "EndedSignals" },
    example: { query: "?ending=stopped&limit=5" },
    handle: async (c, query) => await sendDated(c, await listEnded(ports, query)),
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

/** Where a page of the archive ended: the day of the last end and the id. */
const EndedPlace = v.strictTuple([
  v.pipe(v.number(), v.integer(), v.transform(tradingDayOf)),
  v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
]);

async function listEnded(
  ports: HttpPorts,
  query: v.InferOutput<typeof EndedSignalsQuery>,
): Promise<EndedSignalsBody> {
  const place = decodeCursor(query.cursor, EndedPlace);
  const after = place && { endedOn: place[0], id: place[1] };
  const filter: EndedFilter = {
    exchange: await chosenExchange(ports, query.exchange),
    market: query.market ?? null,
    grade: query.grade ?? null,
    ending: query.ending ?? null,
    from: query.from ?? null,
    to: query.to ?? null,
    text: query.q === "" ? null : query.q,
  };
  const [found, count] = await Promise.all([
    ports.ledger.ended(filter, after, query.limit + 1),
    ports.ledger.countEnded(filter),
  ]);
  const shown = found.slice(0, query.limit).map((written) => {
    const { endedOn } = written.signal;
    assert(endedOn !== null, `${written.signal.id} has ended`);
    return { written, endedOn };
  });
  const last = shown.at(-1);
  return {
    exchange: filter.exchange,
    signals: shown.map(({ written, endedOn }) => encodeEndedSignal(written, endedOn)),
    count,
    next_cursor:
      found.length > shown.length && last ? encodeCursor([last.endedOn, last.written.signal.id]) : null,
    generated_at: formatKst(ports.clock.now()),
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
