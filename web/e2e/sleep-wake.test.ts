/** A machine that slept with the page open: its sockets died without a close, and its clock has jumped. */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { ROWS } from "./stub-signals.ts";

const PATIENT = { timeout: 15_000, interval: 20 };
const HOUR_MS = 3_600_000;

const stage = stagePage();

async function show(): Promise<OpenPage & { live: StubbedLive }> {
  const page = await stage.open();
  await page.page.clock.install();
  await stubApi(page.page);
  const live = await stubLive(page.page);
  await page.page.goto(stage.url());
  await page.page.locator('.connection[data-state="live"], .connection[data-state="quiet"]').waitFor();
  // From here on the page's time passes only as a test lets it.
  await page.page.clock.pauseAt(Date.now() + 10_000);
  return { ...page, live };
}

/** The clock is later by `ms`, no timer has run meanwhile, and the page is seen again. */
async function wakeAfter(page: Page, ms: number): Promise<void> {
  await page.clock.setSystemTime((await page.evaluate<number>("Date.now()")) + ms);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
}

async function badgeAfter(page: Page, ms: number): Promise<string> {
  await page.clock.runFor(ms);
  return (await page.locator(".connection").textContent()) ?? "";
}

function moved(): SignalRow {
  const [row] = ROWS;
  if (row === undefined) {
    throw new Error("The stub has rows");
  }
  return { ...row, state: "TRIGGERED" };
}

describe("sleep and wake", () => {
  it("[LV3] a page that was frozen for an hour probes at once, comes back, and shows how long it was blind", async ({
    expect,
  }) => {
    const { page, live, complaints } = await show();
    live.silence();
    live.change([moved()], [], null);
    await wakeAfter(page, HOUR_MS);
    await expect.poll(() => live.pings, PATIENT).toBe(1);
    await expect.poll(async () => badgeAfter(page, 500), PATIENT).toMatch(/복구됨.*36[0-9]{2}초 공백/u);
    const row = page.locator(".signal-row", { hasText: moved().name });
    expect(await row.locator(".state").textContent()).toContain("피벗 터치");
    live.tick("005930", 72_619, 2.5);
    await expect
      .poll(async () => {
        await page.clock.runFor(100);
        return row.textContent();
      }, PATIENT)
      .toContain("72,619");
    expect(complaints).toEqual([]);
  });

  it("[LV3] a socket that died during a short sleep is given up 8 s after the probe", async ({ expect }) => {
    const { page, live } = await show();
    live.silence();
    await wakeAfter(page, 15_000);
    await expect.poll(() => live.pings, PATIENT).toBe(1);
    expect(await badgeAfter(page, 5_000)).not.toContain("재연결");
    expect(await badgeAfter(page, 4_000)).toMatch(/재연결|복구됨/u);
    await expect.poll(async () => badgeAfter(page, 500), PATIENT).toContain("복구됨");
  });
});
