/** `/api/admin/backfill`: how far the past has been fetched, for an owner who has just set a key and waits for the first scan. */
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { encodeBackfill } from "../../protocol/rest/backfill.ts";
import type { BackfillBody } from "../../protocol/rest/owner.ts";
import { ImportQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

/** As the owner reads it; `null` where none was ever begun. */
export function backfillBody(exchange: Exchange, progress: BackfillProgress | null): BackfillBody {
  return { exchange, ...encodeBackfill(progress) };
}

export function backfillRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/backfill", {
    summary: "How far the past of an exchange has been fetched from its vendors.",
    query: ImportQuery,
    answer: { schema: "Backfill" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) => c.json(backfillBody(exchange, await ports.book(exchange).backfill())),
  });

  routes.post("/backfill", {
    summary:
      "Begins to fetch the past at once, or goes on with what waits, where the clock would within ten minutes.",
    query: ImportQuery,
    answer: { schema: "Backfill" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) =>
      c.json(backfillBody(exchange, await ports.sources(exchange).beginBackfill())),
  });

  return routes;
}
