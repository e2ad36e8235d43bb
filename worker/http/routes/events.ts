/** `/api/kr/events`: the alert log, which an open page reads on from its own position (RT47). */
import type { LoggedAlert } from "../../app/ports/alert-log.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { type AlertEventsBody, encodeAlertEvent } from "../../protocol/rest/alert-events.ts";
import { AlertEventsQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { chosenExchange, type HttpPorts } from "../request/ports.ts";

export function eventRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "The alert log of the exchange, oldest first: after a position, or the newest.",
    query: AlertEventsQuery,
    answer: { schema: "AlertEvents" },
    example: { query: "?limit=5" },
    handle: async (c, { exchange: asked, after, limit }) => {
      const exchange = await chosenExchange(ports, asked);
      // Before the rows: a reader who goes on from here gets what was saved in between once more, and misses nothing.
      const last = await ports.alertLog.last();
      const rows =
        after === undefined
          ? await ports.alertLog.newest(exchange, limit)
          : await readOn(ports, after, limit, exchange);
      const events = rows.map(({ position, event }) => encodeAlertEvent(position, event));
      const body: AlertEventsBody = { exchange, last, events };
      return c.json(body);
    },
  });

  return routes;
}

/** Behind rows that cannot be read, which the object that tells has logged: a page without an event is the end for its reader. */
async function readOn(
  { alertLog }: Pick<HttpPorts, "alertLog">,
  after: number,
  limit: number,
  exchange: Exchange,
): Promise<readonly LoggedAlert[]> {
  let position = after;
  for (;;) {
    const rows = await alertLog.after(position, limit, exchange);
    const read = rows.flatMap((row) => (row.event === null ? [] : [row]));
    const last = rows.at(-1);
    if (last === undefined || read.length > 0) {
      return read;
    }
    position = last.position;
  }
}
