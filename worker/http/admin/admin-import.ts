/** `/api/admin/bars`, `/instruments`, `/indices`: the owner's files, in chunks that may be sent again. */
import { Hono } from "hono";
import type { ImportReport } from "../../app/ports/ingest.ts";
import type { ImportMark } from "../../app/ports/market-book.ts";
import type { UnreadableFile } from "../../app/ports/import-file.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ImportPosition, ImportReportBody } from "../../protocol/rest/import-report.ts";
import { BarsQuery, ImportQuery } from "../../protocol/rest/query.ts";
import { formatDay } from "../../protocol/vocabulary.ts";
import { IMPORT_LIMIT, readBytes } from "../request/body-limit.ts";
import { ownerOnly } from "./owner.ts";
import type { HttpPorts } from "../request/ports.ts";
import type { HttpEnv } from "../request/http-env.ts";
import { readQuery } from "../request/read-query.ts";
import { Refusal } from "../request/refusal.ts";

export function importRoutes(ports: HttpPorts): Hono<HttpEnv> {
  const { ingest } = ports;
  const routes = new Hono<HttpEnv>();
  const owner = ownerOnly(ports);

  routes.post("/bars", owner, async (c) => {
    const query = readQuery(c, BarsQuery);
    const bytes = await readBytes(c, IMPORT_LIMIT);
    const mark: ImportMark | null =
      query.import === undefined || query.chunk === undefined
        ? null
        : { id: query.import, next: query.last ? null : query.chunk + 1 };
    const report = await ingest.bars(query.exchange, bytes, { firstLine: query.first_line, mark });
    return c.json(encodeReport(query.exchange, report));
  });

  routes.post("/indices", owner, async (c) => {
    const { exchange } = readQuery(c, ImportQuery);
    return c.json(encodeReport(exchange, await ingest.indices(exchange, await readBytes(c, IMPORT_LIMIT))));
  });

  routes.post("/instruments", owner, async (c) => {
    const { exchange } = readQuery(c, ImportQuery);
    return c.json(
      encodeReport(exchange, await ingest.instruments(exchange, await readBytes(c, IMPORT_LIMIT))),
    );
  });

  routes.get("/imports/:id", owner, async (c) => {
    const { exchange } = readQuery(c, ImportQuery);
    const id = c.req.param("id");
    const next = await ports.book(exchange).importPosition(id);
    const body: ImportPosition = { exchange, import: id, next_chunk: next };
    return c.json(body);
  });

  return routes;
}

function encodeReport(exchange: Exchange, report: ImportReport | UnreadableFile): ImportReportBody {
  if ("unreadable" in report) {
    throw new Refusal("unreadable-file", { detail: report.unreadable, field: "body" });
  }
  const { firstDay, lastDay, ...counts } = report;
  return {
    exchange,
    ...counts,
    rejected: { ...report.rejected },
    first_day: formatDay(firstDay),
    last_day: formatDay(lastDay),
  };
}
