/** GET `/api/admin/bars` and `/indices`: the raw rows of an exchange as CSV, in pages, for a backup. */
import { formatOrigin, type Origin, originIdOf } from "../../core/bars/origin.ts";
import { type Columns, rowAt, rowsUntil, viewOf } from "../../core/bars/columns.ts";
import { formatTradingDay, parseTradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { ExportQuery, ImportQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

const FIELDS = "date,open,high,low,close,volume,value,shares,base_price";
type Origins = ReadonlyMap<number, Origin>;
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
    handle: async (c, { exchange, after, limit, from, origin }) => {
      const book = ports.book(exchange);
      const origins = origin ? await book.origins() : null;
      const left = (await book.tickers()).filter((ticker) => ticker > after);
      const page = left.slice(0, limit);
      const rows = await Promise.all(
        page.map(async (ticker) => {
          const columns = await book.series(ticker);
          return columns === null ? "" : csvRows(ticker, since(columns, from), origins);
        }),
      );
      const last = page.at(-1);
      return c.body([csvHeader("ticker", origins), ...rows].join(""), 200, {
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
          return columns === null ? "" : csvRows(code, columns, null);
        }),
      );
      return c.body([csvHeader("index", null), ...rows].join(""), 200, { "Content-Type": CSV });
    },
  });

  return routes;
}

/** The header that the import routes take. `key` names the first column. */
function csvHeader(key: "ticker" | "index", origins: Origins | null): string {
  return `${key},${FIELDS}${origins === null ? "" : ",origin"}\n`;
}

/** One line a row, oldest first. A number is the shortest text that is read as the same number; a missing one is empty. */
function csvRows(name: string, columns: Columns, origins: Origins | null): string {
  const texts = origins && makeOriginTexts(origins);
  return Array.from(columns.day, (_, index) => {
    const { day, open, high, low, close, volume, value, shares, base, origin } = rowAt(columns, index);
    const cells = [open, high, low, close, volume, value, shares, base, ...(texts ? [texts(origin)] : [])];
    return `${name},${formatTradingDay(day)},${cells.map((cell) => cell ?? "").join(",")}\n`;
  }).join("");
}

/** Empty for a row that names no origin of the table. */
function makeOriginTexts(origins: Origins): (code: number | undefined) => string {
  const texts = new Map(Array.from(origins, ([id, origin]) => [id, formatOrigin(origin)]));
  return (code) => (code === undefined ? "" : (texts.get(originIdOf(code)) ?? ""));
}

/** The rows of a day and later ones; all without a day. */
function since(columns: Columns, from: string | undefined): Columns {
  const day = from === undefined ? null : parseTradingDay(from);
  const first = day === null ? 0 : rowsUntil(columns, tradingDayOf(day - 1));
  return viewOf(columns, first, columns.day.length);
}
