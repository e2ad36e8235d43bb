/** Every page in both languages, in light, dark and the reader's own colours, on a phone and on a desk: nothing is found. */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import { makeApp } from "../../worker/http/app.ts";
import { NO_SOCKETS } from "../../worker/testing/memory/documented-api.ts";
import { makeMemoryPorts } from "../../worker/testing/memory/memory-ports.ts";
import { matrixFaults, resize, WIDTHS } from "./faults.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { ARCHIVE, LIVE_SIGNALS, STUDY_ENTRIES } from "./stub-outcome-lists.ts";
import { RUN_FULL } from "./stub-pages.ts";
import { ROWS } from "./stub-signals.ts";
import { STOCK_NEAR } from "./stub-stock.ts";

const ANSWERS: Readonly<Record<string, Answer>> = {
  "/api/kr/performance/signals": { body: LIVE_SIGNALS },
  "/api/kr/study/entries": { body: STUDY_ENTRIES },
  "/api/kr/archive": { body: ARCHIVE },
  "/api/session": { body: { required: true, active: false, expires_at: null } },
};

/** What is there when a page is whole. */
const PAGES = [
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
  { path: "/settings", ready: "main .key-list" },
  { path: "/login", ready: "#token" },
  { path: "/nowhere", ready: ".empty" },
] as const;

const stage = stagePage();

/** By the page's own switch, which a wide screen shows. */
async function inEnglish(page: Page): Promise<void> {
  await resize(page, 1440);
  await page.getByRole("button", { name: "English" }).first().click();
  await page.locator("html[lang=en]").waitFor();
}

describe("every page", () => {
  it.for(PAGES)(
    "[UI232] lacks nothing in either language, in no theme, wide or narrow: $path",
    async ({ path, ready }, { expect }) => {
      const { page, complaints } = await stage.open();
      await stubApi(page, ANSWERS);
      await stubLive(page, { feed: { state: "none" } });
      await page.goto(`${stage.url()}${path}`);
      await page.locator(ready).first().waitFor();
      const korean = await matrixFaults(page, { rules: "all", themes: WIDTHS });
      await inEnglish(page);
      const english = await matrixFaults(page, { rules: "all", themes: [] });
      expect([...korean.map((one) => `ko ${one}`), ...english.map((one) => `en ${one}`)]).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("[UI232] lacks nothing in either language, in no theme, wide or narrow: /docs", async ({ expect }) => {
    const app = makeApp(makeMemoryPorts({ sockets: NO_SOCKETS }));
    const answer = await app.request("http://radar.example/docs");
    const { page } = await stage.open();
    await page.route("http://radar.example/docs", async (route) => {
      await route.fulfill({
        contentType: "text/html; charset=utf-8",
        headers: { "Content-Security-Policy": answer.headers.get("Content-Security-Policy") ?? "" },
        body: await answer.clone().text(),
      });
    });
    await page.goto("http://radar.example/docs");
    await page.locator("section pre").first().waitFor();
    // It is in one language, and for people at a desk who write programs.
    expect(
      (await matrixFaults(page, { rules: "all", themes: WIDTHS })).filter((one) => !one.includes("SMALL")),
    ).toEqual([]);
  });
});
