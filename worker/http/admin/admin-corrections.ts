/** `/api/admin/removals` and `/corrections`: the owner takes wrong rows out, and has sessions judged again. */
import type { ChangedRows, RemovedRows } from "../../app/ports/market-book.ts";
import { INDEX_CODES, type Exchange } from "../../core/instrument/instrument.ts";
import { isSimulated } from "../../core/instrument/exchange-profile.ts";
import { parseTicker } from "../../core/instrument/ticker.ts";
import { formatTradingDay, type TradingDay } from "../../core/calendar/trading-day.ts";
import type { CorrectionAnswer, DueBody, EmptiedBody, RemovalBody } from "../../protocol/rest/correction.ts";
import { CorrectionRequest, EmptyRequest, ImportQuery, RemovalQuery } from "../../protocol/rest/query.ts";
import { encodeRun } from "../../protocol/rest/scan-run.ts";
import { formatDay } from "../../protocol/format.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { readJson } from "../request/body-limit.ts";
import type { HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";
import { refuseUndone } from "../routes/scan-refusals.ts";

/** What GET answers is what POST of the same address would do. */
export function removalRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/removals", {
    summary: "How many rows of a day a removal would take out; `ticker` may also be KOSPI or KOSDAQ.",
    query: RemovalQuery,
    answer: { schema: "Removal" },
    owner: true,
    example: { query: "?exchange=KRX&day=2025-06-14" },
    handle: async (c, { exchange, day, ticker }) => {
      const found = await ports.book(exchange).rowsOn(day, keyOf(exchange, ticker));
      return c.json(encodeRemoval(exchange, day, ticker, found, false));
    },
  });

  routes.post("/removals", {
    summary: "Takes the rows of a day out; sessions that rest on them are due to be judged again.",
    query: RemovalQuery,
    answer: { schema: "Removal" },
    owner: true,
    example: { query: "?exchange=KRX&day=2025-06-14" },
    handle: async (c, { exchange, day, ticker }) => {
      const removed = await ports.book(exchange).removeRows(day, keyOf(exchange, ticker));
      const isAny = removed.rows + removed.indexRows > 0;
      return c.json(encodeRemoval(exchange, day, ticker, removed, isAny));
    },
  });

  return routes;
}

function encodeRemoval(
  exchange: Exchange,
  day: TradingDay,
  ticker: string | undefined,
  { rows, indexRows }: RemovedRows,
  removed: boolean,
): RemovalBody {
  const from = formatTradingDay(day);
  return { exchange, day: from, ticker: ticker ?? null, rows, index_rows: indexRows, removed };
}

export function emptyingRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.post("/removals/all", {
    summary:
      "Empties an exchange whole: bars, signals, runs, outcomes and master. Its open pages begin anew.",
    query: ImportQuery,
    body: { type: "application/json", schema: "EmptyRequest" },
    answer: { schema: "Emptied" },
    problems: ["busy"],
    owner: true,
    example: { query: "?exchange=KRX", body: '{"empty":"KRX"}' },
    handle: async (c, { exchange }) => {
      // Named again in the body, because nothing brings it back but a backup.
      const { empty } = await readJson(c, EmptyRequest);
      if (empty !== exchange || isSimulated(exchange)) {
        const detail = isSimulated(exchange)
          ? `empty: ${exchange} makes its past by itself and cannot be emptied`
          : `empty: must name the exchange of the address once more, ${exchange}`;
        throw new Refusal("bad-body", { detail, field: "empty" });
      }
      const busy = await ports.book(exchange).empty();
      if (busy !== null) {
        throw new Refusal("busy", { detail: `Run ${busy} has not ended.`, run_id: busy });
      }
      if ((await ports.settings.activeExchange()) === exchange) {
        await ports.switchExchange(exchange);
      }
      return c.json({ exchange, emptied: true } satisfies EmptiedBody);
    },
  });

  return routes;
}

/** A ticker of another exchange would take nothing out, and say so in silence. */
function keyOf(exchange: Exchange, ticker: string | undefined): string | null {
  if (ticker === undefined) {
    return null;
  }
  const key = INDEX_CODES.find((code) => code === ticker) ?? parseTicker(exchange, ticker);
  if (key === null) {
    throw new Refusal("bad-query", {
      detail: `ticker: is none of ${exchange} (a share of KRX has six characters as in 005930, zeros included), nor an index (${INDEX_CODES.join(", ")})`,
      field: "ticker",
    });
  }
  return key;
}

export function correctionRoutes(ports: HttpPorts): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/corrections", {
    summary: "Which sessions are due to be judged again, because rows have changed since their scan.",
    query: ImportQuery,
    answer: { schema: "DueCorrections" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) =>
      c.json({ exchange, ...encodeChanges(await ports.book(exchange).changes()) } satisfies DueBody),
  });

  routes.post("/corrections", {
    summary: "Judges again what is due, or every session from a day on; `run` is null when there is nothing.",
    query: ImportQuery,
    body: { type: "application/json", schema: "CorrectionRequest" },
    answer: { schema: "CorrectionAnswer" },
    problems: ["busy", "scan-skipped", "scan-failed"],
    owner: true,
    example: { query: "?exchange=KRX", body: "{}" },
    handle: async (c, { exchange }) => {
      const { from, accept } = await readJson(c, CorrectionRequest);
      const book = ports.book(exchange);
      const { left } = encodeChanges(await book.changes());
      const outcome = await book.correct(from, accept);
      const run = outcome === null ? null : encodeRun(refuseUndone(outcome).run);
      return c.json({ exchange, run, left } satisfies CorrectionAnswer);
    },
  });

  routes.post("/corrections/forget", {
    summary:
      "Takes the rows as they are for those that were judged, as a restore does: nothing is due any more.",
    query: ImportQuery,
    answer: { schema: "DueCorrections" },
    owner: true,
    example: { query: "?exchange=KRX" },
    handle: async (c, { exchange }) => {
      await ports.book(exchange).forgetChanges();
      return c.json({ exchange, due: null, left: null } satisfies DueBody);
    },
  });

  return routes;
}

function encodeChanges({ due, left }: ChangedRows): Pick<DueBody, "due" | "left"> {
  return {
    due: due && { from: formatTradingDay(due.from), sessions: due.sessions.map(formatTradingDay) },
    left: left && {
      first_day: formatTradingDay(left.first),
      days: left.days,
      possible_from: formatDay(left.possibleFrom),
    },
  };
}
