/** GET `/api/admin/bars` and `/indices`: the raw rows of an exchange as CSV, in pages, for a backup. */
import { Hono } from "hono";
import { ExportQuery, ImportQuery } from "../../protocol/rest/query.ts";
import { csvHeader, csvRows } from "./csv-rows.ts";
import { ownerOnly } from "./owner.ts";
import type { HttpPorts } from "../request/ports.ts";
import type { HttpEnv } from "../request/http-env.ts";
import { readQuery } from "../request/read-query.ts";

const CSV = "text/csv; charset=utf-8";
/** The ticker that the next page comes after; absent on the last page. */
const NEXT = "X-Next-After";

export function exportRoutes(ports: HttpPorts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  const owner = ownerOnly(ports);

  routes.get("/bars", owner, async (c) => {
    const { exchange, after, limit } = readQuery(c, ExportQuery);
    const book = ports.book(exchange);
    const left = (await book.tickers()).filter((ticker) => ticker > after);
    const page = left.slice(0, limit);
    const rows = await Promise.all(
      page.map(async (ticker) => {
        const columns = await book.series(ticker);
        return columns === null ? "" : csvRows(ticker, columns);
      }),
    );
    const last = page.at(-1);
    return c.body([csvHeader("ticker"), ...rows].join(""), 200, {
      "Content-Type": CSV,
      ...(last !== undefined && left.length > page.length && { [NEXT]: last }),
    });
  });

  routes.get("/indices", owner, async (c) => {
    const { exchange } = readQuery(c, ImportQuery);
    const book = ports.book(exchange);
    const rows = await Promise.all(
      (["KOSPI", "KOSDAQ"] as const).map(async (code) => {
        const columns = await book.indexSeries(code);
        return columns === null ? "" : csvRows(code, columns);
      }),
    );
    return c.body([csvHeader("index"), ...rows].join(""), 200, { "Content-Type": CSV });
  });

  return routes;
}
