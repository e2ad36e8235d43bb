/** `/api/kr/archive`: the signals that have ended. */
import * as v from "valibot";
import type { EndedFilter } from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../../protocol/format.ts";
import { EndedSignalsQuery } from "../../protocol/rest/query.ts";
import { encodeEndedSignal, type EndedSignalsBody } from "../../protocol/rest/signal-list.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { decodeCursor, encodeCursor } from "../request/cursor.ts";
import { sendDated } from "../request/etag.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";

export function archiveRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "The archive: signals that have ended, the latest end first.",
    query: EndedSignalsQuery,
    answer: { schema: "EndedSignals" },
    example: { query: "?ending=stopped&limit=5" },
    handle: async (c, query) => await sendDated(c, await listEnded(ports, query)),
  });

  return routes;
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
    entryGrade: query.entry_grade ?? null,
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
