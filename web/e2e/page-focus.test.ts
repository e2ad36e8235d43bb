/** Where a reader without a pointer is after each step from page to page. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { launchBrowser, openPage } from "./browser.ts";
import { WHOLE_LIST } from "./stage-page.ts";
import { type PageServer, servePage } from "./page-server.ts";
import { stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { detailOf, ROWS } from "./stub-signals.ts";

const FOLDER = new URL("../../dist/web", import.meta.url).pathname;
const PATIENT = { timeout: 20_000 };
const FOCUSED = "document.activeElement?.textContent ?? null";

let browser: Browser;
let server: PageServer;

describe("the focus", () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    server = await servePage(FOLDER);
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it("[UI10] goes to the heading of the signal that was opened, and on the way back to its row", async ({
    expect,
  }) => {
    const { context, page, complaints } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await stubApi(page);
    await stubLive(page);
    await page.goto(`${server.url}${WHOLE_LIST}`);
    const row = page.locator(".signal-row a.row-link").nth(1);
    await row.waitFor(PATIENT);
    const href = (await row.getAttribute("href")) ?? "";
    const name = ROWS.map(detailOf).find(({ id }) => href.startsWith(`/signals/${id}?from=`))?.name;
    await row.focus();
    await page.keyboard.press("Enter");
    await page.locator(".page-head h2").waitFor(PATIENT);
    await expect.poll(async () => page.evaluate<string | null>(FOCUSED), PATIENT).toBe(name);

    await page.goBack();
    const there = "document.activeElement?.getAttribute('href') ?? null";
    await expect.poll(async () => page.evaluate<string | null>(there), PATIENT).toBe(href);

    // The bare list of scans: its only heading.
    await page.locator('nav a[href="/runs"]').first().click();
    await expect.poll(async () => page.evaluate<string | null>(FOCUSED), PATIENT).toBe("스캔 기록");
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  it("[UI8] states under the list how many the scan detected, and how many were there before", async ({
    expect,
  }) => {
    const { context, page } = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    await stubApi(page);
    await stubLive(page);
    await page.goto(`${server.url}${WHOLE_LIST}`);
    const origin = page.locator(".list-origin");
    await origin.waitFor(PATIENT);
    await expect
      .poll(async () => origin.textContent())
      .toBe(`이번 스캔 포착 9 + 이전부터 추적 ${ROWS.length - 9}`);
    await context.close();
  });
});
