/** `/api/admin/days`: what a machine that calls the vendors in this Worker's place is to ask for, and the answers that it brings. */
import type { CollectorSources, TakenDelivery, WantedFromVendors } from "../../app/ports/market-sources.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { formatKst } from "../../protocol/format.ts";
import type { DeliveryAnswer, WantedDays } from "../../protocol/rest/market-days.ts";
import { CollectQuery } from "../../protocol/rest/query.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { IMPORT_LIMIT, readBytes } from "../request/body-limit.ts";
import type { HttpPorts } from "../request/ports.ts";
import { Refusal } from "../request/problem-response.ts";
import { backfillBody } from "./admin-backfill.ts";

const EXCHANGE = "KRX";

/** The body is read in the object of the book: a request of the platform's free plan has 10 ms, a session of rows takes more. */
export function dayRoutes(ports: HttpPorts): ApiRoutes {
  const { deliveries } = ports;
  const routes = new ApiRoutes(ports);

  routes.get("/days", {
    summary:
      "What is to be asked of the vendors now, for a machine that asks them in the Worker's place (npm run collect).",
    query: CollectQuery,
    answer: { schema: "WantedDays" },
    owner: true,
    example: { query: "?exchange=KRX&official=true&master=true" },
    handle: async (c, query) =>
      c.json(encodeWanted(await deliveries.wantedDays(canOf(query), query.sessions))),
  });

  routes.post("/days", {
    summary: "One step of the day with what the vendors answered to it; what is settled is not done again.",
    query: CollectQuery,
    body: { type: "application/json", schema: "DayDelivery", limit: IMPORT_LIMIT },
    answer: { schema: "DeliveryAnswer" },
    problems: ["asked-here"],
    owner: true,
    example: {
      query: "?exchange=KRX&official=true",
      body: '{"kind":"official_master","day":"2025-06-17","answers":[{"call":"instruments","source":"krx","of":"session","day":"2025-06-17","answer":{"status":"not_ready","retry_at":0}}]}',
    },
    handle: async (c, query) => {
      const taken = await deliveries.takeDay(await readBytes(c, IMPORT_LIMIT), query.sessions);
      return c.json(encodeTaken(taken, await deliveries.wantedDays(canOf(query), query.sessions)));
    },
  });

  return routes;
}

function canOf({
  official,
  master,
  present,
  snapshot,
  history,
}: Required<CollectorSources>): CollectorSources {
  return { official, master, present, snapshot, ...(history && { history }) };
}

function encodeWanted(wanted: WantedFromVendors): WantedDays {
  const { now, askedHere, steps, tickers, backfill, shares = null } = wanted;
  return {
    exchange: EXCHANGE,
    now: formatKst(now),
    asked_here: [...askedHere],
    steps: steps.map(({ kind, day }) => ({ kind, day: formatTradingDay(day) })),
    tickers: tickers && [...tickers],
    backfill: backfillBody(EXCHANGE, backfill),
    shares: shares && {
      from: formatTradingDay(shares.from),
      to: formatTradingDay(shares.to),
      tickers: [...shares.tickers],
    },
  };
}

function encodeTaken(taken: TakenDelivery, wanted: WantedFromVendors): DeliveryAnswer {
  if (taken.status === "bad") {
    throw new Refusal("bad-body", { detail: taken.text, field: "body" });
  }
  if (taken.status === "asked_here") {
    throw new Refusal("asked-here", {
      detail: `This Worker asks ${taken.source} itself: its secret is set and MARKET_SOURCES names it. Take one of the two away where the Worker runs, and it takes deliveries of ${taken.source}.`,
    });
  }
  const { kind, day, status, text } = taken;
  return { kind, day: formatTradingDay(day), status, text, wanted: encodeWanted(wanted) };
}
