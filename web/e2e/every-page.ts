/** Every page with the answers that fill it, for tests that look at all of them. */
import type { Page } from "playwright-core";
import { WHOLE_LIST } from "./stage-page.ts";
import { KEPT_ALERTS, NO_EVENTS } from "./stub-alerts.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { ARCHIVE, LIVE_SIGNALS, STUDY_ENTRIES } from "./stub-outcome-lists.ts";
import { RUN_FULL } from "./stub-pages.ts";
import { ROWS } from "./stub-signals.ts";
import { STOCK_NEAR } from "./stub-stock.ts";

/** Beside the usual ones. */
const PAGE_ANSWERS: Readonly<Record<string, Answer>> = {
  "/api/kr/performance/signals": { body: LIVE_SIGNALS },
  "/api/kr/study/entries": { body: STUDY_ENTRIES },
  "/api/kr/archive": { body: ARCHIVE },
  "/api/kr/events": NO_EVENTS,
  "/api/session": { body: { required: true, active: false, expires_at: null } },
};

/** `ready` is there when the page is whole. */
export const PAGES = [
  { path: WHOLE_LIST, ready: ".row-link" },
  { path: "/?state=halted&grade=D", ready: ".empty" },
  { path: `/signals/${ROWS[0]?.id ?? ""}`, ready: ".chart-host canvas" },
  { path: `/s/${STOCK_NEAR.ticker}`, ready: ".form-checklist" },
  { path: "/runs", ready: ".runs tbody tr" },
  { path: `/runs/${RUN_FULL.id}`, ready: ".rejects li" },
  { path: "/performance", ready: "[data-study]" },
  { path: "/performance/signals?by=grade&key=A&horizon=10", ready: ".outcome-list tbody tr" },
  { path: "/performance/signals?cohort=signal_trigger&by=grade&key=B", ready: ".outcome-list tbody tr" },
  { path: "/archive", ready: ".archive tbody tr" },
  { path: "/methodology", ready: "[data-set]" },
  { path: "/status", ready: ".state-list li" },
  { path: "/watch/starred", ready: ".watch [data-row]" },
  { path: "/alerts", ready: "#today .state-list li" },
  { path: "/settings", ready: "main .key-list" },
  { path: "/login", ready: "#token" },
  { path: "/nowhere", ready: ".empty" },
] as const;

/** What the device keeps: a stock of the list, one of no market, and its alerts. */
const KEPT = `for (const [key, text] of ${JSON.stringify(Object.entries({ "vcp.stars": '["005930","068270","999990"]', ...KEPT_ALERTS }))}) {
  localStorage.setItem(key, text);
}`;

/** Answers what every page asks for, from here on and wherever the page goes. */
export async function answerWhole(page: Page): Promise<void> {
  await stubApi(page, PAGE_ANSWERS);
  // As a market without a feed answers: it has no clock of its own, and no session.
  await stubLive(page, { feed: { state: "none", clock: null, session: null } });
  await page.addInitScript(KEPT);
}

/** Opens a page that has its answers, and waits until it is whole. */
export async function openWhole(
  page: Page,
  url: string,
  { path, ready }: { readonly path: string; readonly ready: string },
): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.locator(ready).first().waitFor();
}
