/** GET `/api/admin/backfill`: how far the past has been fetched, for an owner who has just set a key and waits for the first scan. */
import type { BackfillProgress } from "../../app/ports/market-book.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatDay, formatKst } from "../../protocol/format.ts";
import type { BackfillBody } from "../../protocol/rest/owner.ts";
import { ImportQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import type { HttpPorts } from "../request/ports.ts";

const NONE = {
  status: "none",
  sessions: 0,
  wanted: 0,
  fetched: 0,
  next_day: null,
  holidays: [],
  started_at: null,
  seconds_left: null,
  reason: null,
} as const;

/** As the owner reads it; `null` where none was ever begun. */
export function backfillBody(exchange: Exchange, progress: BackfillProgress | null): BackfillBody {
  if (progress === null) {
    return { exchange, ...NONE, holidays: [] };
  }
  const { status, sessions, wanted, fetched, next, holidays, startedAt, leftMs, reason } = progress;
  return {
    exchange,
    status,
    sessions,
    wanted,
    fetched,
    next_day: status === "done" ? null : formatDay(next),
    holidays: holidays.map(formatTradingDay),
    started_at: formatKst(startedAt),
    seconds_left: leftMs === null ? null : Math.ceil(leftMs / 1_000),
    reason,
  };
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

  return routes;
}
