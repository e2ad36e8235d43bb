/** Answers the page's requests in the browser itself, so that a test decides what the server answers. */
import type { Page } from "playwright-core";
import { encodeProblem } from "../../worker/protocol/rest/problem.ts";
import { chartOf } from "./stub-chart.ts";
import { GATE, INDICES, PRICES, STATUS } from "./stub-market.ts";
import { eventsOf, RUN_FULL, RUNS } from "./stub-pages.ts";
import { NAMES } from "./stub-names.ts";
import { PERFORMANCE } from "./stub-performance.ts";
import { detailOf, ROWS, SIGNALS } from "./stub-signals.ts";
import { DAYS_STATUS } from "./stub-status.ts";
import { STUDY, STUDY_STATUS } from "./stub-study.ts";
import { STOCK_CHART, STOCK_NEAR } from "./stub-stock.ts";

/** A body for 200, a status for a problem, `hang` for no answer, `cut` for a broken connection. */
export type Answer = { readonly body: object } | { readonly status: 404 | 503 } | "hang" | "cut";

export interface StubbedApi {
  /** By path without query; replace entries at any time. */
  readonly answers: Map<string, Answer>;
  /** How often each path was asked. */
  readonly asked: Map<string, number>;
}

export const DEFAULTS: readonly (readonly [string, Answer])[] = [
  ["/api/kr/signals", { body: SIGNALS }],
  ["/api/kr/market-gate", { body: GATE }],
  ["/api/kr/scan/status", { body: STATUS }],
  ["/api/kr/indices", { body: INDICES }],
  ["/api/kr/realtime-prices", { body: PRICES }],
  ["/api/kr/runs", { body: RUNS }],
  ["/api/kr/status", { body: DAYS_STATUS }],
  ["/api/kr/performance", { body: PERFORMANCE }],
  ["/api/kr/study", { body: STUDY }],
  ["/api/kr/study/status", { body: STUDY_STATUS }],
  [`/api/kr/runs/${RUN_FULL.id}`, { body: RUN_FULL }],
  [`/api/kr/stocks/${STOCK_NEAR.ticker}`, { body: STOCK_NEAR }],
  [`/api/kr/stocks/${STOCK_NEAR.ticker}/chart`, { body: STOCK_CHART }],
  ["/api/kr/names", { body: NAMES }],
  ...ROWS.map((row) => [`/api/kr/signals/${row.id}/events`, { body: eventsOf(detailOf(row)) }] as const),
  ...ROWS.map((row) => [`/api/kr/stocks/${row.ticker}/chart`, { body: chartOf(detailOf(row)) }] as const),
  ...ROWS.map((row) => [`/api/kr/signals/${row.id}`, { body: detailOf(row) }] as const),
];

export async function stubApi(
  page: Page,
  changes: Readonly<Record<string, Answer>> = {},
): Promise<StubbedApi> {
  const api: StubbedApi = { answers: new Map([...DEFAULTS, ...Object.entries(changes)]), asked: new Map() };
  // A socket that opens and stays silent: what the page shows comes from REST alone.
  await page.routeWebSocket("**/ws", () => {});
  await page.route("**/api/**", async (route) => {
    const path = new URL(route.request().url()).pathname;
    api.asked.set(path, (api.asked.get(path) ?? 0) + 1);
    const answer = api.answers.get(path) ?? { status: 404 };
    if (answer === "hang") {
      return;
    }
    if (answer === "cut") {
      await route.abort("connectionreset");
    } else if ("body" in answer) {
      await route.fulfill({ json: answer.body });
    } else {
      const name = answer.status === 404 ? "not-found" : "unavailable";
      const facts = { detail: "D1 did not do what was asked.", neighbour: "D1" };
      const problem = encodeProblem(name, facts, "req-7f3a");
      await route.fulfill({ status: answer.status, contentType: "application/problem+json", json: problem });
    }
  });
  return api;
}
