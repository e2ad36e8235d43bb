/** GET `/api/admin/bars` and `/indices`: the raw rows of an exchange as CSV, in pages, for a backup. */
import { type Columns, rowAt } from "../../core/bars/columns.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { ExportQuery, ImportQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

const FIELDS = "date,open,high,low,close,volume,value,shares,base_price";
const CSV = "text/csv; charset=utf-8";
/** The ticker that the next page comes after; absent on the last page. */
const NEXT = "X-Next-After";

/** Pages by ticker, because a whole market in one answer is more than an object may hold. */
export function exportRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/bars", {
    summary:
      "The raw rows as CSV, some tickers at a time; the header X-Next-After names the `after` of the next page.",
    query: ExportQuery,
    answer: { type: "text/csv" },
    owner: true,
    example: { query: "?exchange=KRX&limit=5" },
    handle: async (c, { exchange, after, limit }) => {
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
    },
  });

  routes.get("/indices", {
    summary: "The raw rows of the indices as CSV.",
    query: ImportQuery,
    answer: { type: "text/csv" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) => {
      const book = ports.book(exchange);
      const rows = await Promise.all(
        (["KOSPI", "KOSDAQ"] as const).map(async (code) => {
          const columns = await book.indexSeries(code);
          return columns === null ? "" : csvRows(code, columns);
        }),
      );
      return c.body([csvHeader("index"), ...rows].join(""), 200, { "Content-Type": CSV });
    },
  });

  return routes;
}

/** The header that the import routes take. `key` names the first column. */
function csvHeader(key: "ticker" | "index"): string {
  return `${key},${FIELDS}\n`;
}

/** One line a row, oldest first. A number is the shortest text that is read as the same number; a missing one is empty. */
function csvRows(name: string, columns: Columns): string {
  return Array.from(columns.day, (_, index) => {
    const { day, open, high, low, close, volume, value, shares, base } = rowAt(columns, index);
    const cells = [open, high, low, close, volume, value, shares, base];
    return `${name},${formatTradingDay(day)},${cells.map((cell) => cell ?? "").join(",")}\n`;
  }).join("");
}
