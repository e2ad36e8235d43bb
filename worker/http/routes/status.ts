/** `/api/kr/status`: whether the days of an exchange come in as they should: keys, steps, what is missing and what comes next. */
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import { formatDay } from "../../protocol/format.ts";
import { encodeBackfill } from "../../protocol/rest/backfill.ts";
import { encodeDifferences, encodeStatedDay } from "../../protocol/rest/day-facts.ts";
import { encodeMissing, encodeNext, encodeStep } from "../../protocol/rest/day-step.ts";
import { encodeSource, type MarketStatusBody } from "../../protocol/rest/market-status.ts";
import { ExchangeQuery } from "../../protocol/rest/query.ts";
import { encodeRun } from "../../protocol/rest/scan-run.ts";
import { ApiRoutes } from "../request/api-routes.ts";
import { sendDated } from "../request/etag.ts";
import type { HttpPorts } from "../request/ports.ts";
import type { HealthReader } from "./health.ts";

const RUNS = 5;

export function statusRoutes(ports: HttpPorts, readHealth: HealthReader): ApiRoutes {
  const routes = new ApiRoutes(ports);

  routes.get("/", {
    summary: "How an exchange's daily prices arrive: sources, steps, what is missing and what comes next.",
    query: ExchangeQuery,
    answer: { schema: "MarketStatus" },
    handle: async (c, query) => {
      const { body: health, due } = await readHealth(query.exchange);
      const { status: _ok, server_time: _time, last_run: _run, ...state } = health;
      const { plan, sources, steps, next, newestFinal, newestProvisional, daysOff, backfill } = due.days;
      const { statedDays, differences } = due.days;
      const body: MarketStatusBody = {
        ...state,
        plan,
        sources: sources.map(encodeSource),
        steps: steps.map(encodeStep),
        next: encodeNext(next),
        newest_final: formatDay(newestFinal),
        newest_provisional: formatDay(newestProvisional),
        days_off: daysOff.map(formatTradingDay),
        stated_days: statedDays.map(encodeStatedDay),
        differences: differences.map(encodeDifferences),
        backfill: encodeBackfill(backfill),
        missing: encodeMissing(due.missing),
        runs: due.runs.slice(0, RUNS).map(encodeRun),
        generated_at: health.server_time,
      };
      return await sendDated(c, body);
    },
  });

  return routes;
}
