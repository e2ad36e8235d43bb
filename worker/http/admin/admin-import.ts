/** `/api/admin/bars`, `/instruments`, `/indices`: the owner's files, in chunks that may be sent again. */
import type { ImportReport, UnreadableFile } from "../../app/ports/ingest.ts";
import type { ImportMark } from "../../app/ports/market-book.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { ImportPosition, ImportReportBody } from "../../protocol/rest/owner.ts";
import { BarsQuery, ImportQuery } from "../../protocol/rest/query.ts";
import { formatDay } from "../../protocol/format.ts";
import { IMPORT_LIMIT, readBytes } from "../request/body-limit.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";

const PRICES = "date,open,high,low,close,volume and optional value,shares,base_price";

/** The body is CSV as it stands in the file, so that `curl --data-binary` is an import. */
export function importRoutes(ports: HttpPorts): ApiRoutes {
  const { ingest } = ports;
  const routes = new ApiRoutes(ports);

  routes.post("/bars", {
    summary: "Daily bars as CSV, at most 4 MiB; a chunk of a larger file names its import and its number.",
    query: BarsQuery,
    body: { type: "text/csv", columns: `ticker,${PRICES}` },
    answer: { schema: "ImportReport" },
    problems: ["unreadable-file"],
    owner: true,
    example: {
      query: "?exchange=KRX",
      body: "ticker,date,open,high,low,close,volume\n005930,2025-06-17,58000,59100,57800,58900,12345678",
    },
    handle: async (c, query) => {
      const bytes = await readBytes(c, IMPORT_LIMIT);
      const mark: ImportMark | null =
        query.import === undefined || query.chunk === undefined
          ? null
          : { id: query.import, next: query.last ? null : query.chunk + 1 };
      const report = await ingest.bars(query.exchange, bytes, {
        firstLine: query.first_line,
        mark,
        close: query.close ?? null,
      });
      return c.json(encodeReport(query.exchange, report));
    },
  });

  routes.post("/indices", {
    summary: "Daily bars of the indices as CSV.",
    query: ImportQuery,
    body: { type: "text/csv", columns: `index,${PRICES}` },
    answer: { schema: "ImportReport" },
    problems: ["unreadable-file"],
    owner: true,
    example: {
      query: "?exchange=KRX",
      body: "index,date,open,high,low,close,volume\nKOSPI,2025-06-17,2950.1,2965.4,2940.2,2950.3,512345678",
    },
    handle: async (c, { exchange }) =>
      c.json(encodeReport(exchange, await ingest.indices(exchange, await readBytes(c, IMPORT_LIMIT)))),
  });

  routes.post("/instruments", {
    summary: "The master of instruments as CSV.",
    query: ImportQuery,
    body: {
      type: "text/csv",
      columns: "ticker,name,market and optional department,industry,kind,notice,listed_on,listed_shares",
    },
    answer: { schema: "ImportReport" },
    problems: ["unreadable-file"],
    owner: true,
    example: { query: "?exchange=KRX", body: "ticker,name,market\n005930,Samsung Electronics,KOSPI" },
    handle: async (c, { exchange }) =>
      c.json(encodeReport(exchange, await ingest.instruments(exchange, await readBytes(c, IMPORT_LIMIT)))),
  });

  return routes;
}

/** Where an interrupted import goes on. */
export function importPositionRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/imports/:id", {
    summary: "The chunk that an import goes on with; 0 when it is unknown or complete.",
    query: ImportQuery,
    answer: { schema: "ImportPosition" },
    owner: true,
    example: { part: "set-1", query: "?exchange=KRX" },
    handle: async (c, { exchange }) => {
      const id = c.req.param("id");
      const next = await ports.book(exchange).importPosition(id);
      const body: ImportPosition = { exchange, import: id, next_chunk: next };
      return c.json(body);
    },
  });

  return routes;
}

function encodeReport(exchange: Exchange, report: ImportReport | UnreadableFile): ImportReportBody {
  if ("unreadable" in report) {
    const { unreadable: detail, field = "body" } = report;
    throw new Refusal(field === "body" ? "unreadable-file" : "bad-query", { detail, field });
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
