/** How the days of a real market come in, as a browser shows it: a real Worker before the fake of a vendor, at another time, and faster. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, it } from "vitest";
import { tradingDayAt, tradingDayOf } from "../../worker/core/calendar/trading-day.ts";
import { SimulatedExchange } from "../../worker/testing/fakes/exchange/simulated-exchange.ts";
import { serveMarket, type ServedMarket } from "../../worker/testing/fakes/served-market.ts";
import { askOwner } from "../../worker/testing/stage/ask-owner.ts";
import { OtherTime } from "../../worker/testing/stage/other-time.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { findingsOf } from "./accessibility.ts";
import { launchBrowser, openPage, type OpenPage } from "./browser.ts";

/** A Wednesday; the session before it has been published. */
const NOON = Date.parse("2026-11-18T12:00:00+09:00");
/** The vendor's spacing of calls is most of a backfill's time. */
const SPEED = 20;
const DAYS = 150;
const TURN = "5-55/10 * * * *";
const PATIENT = { timeout: 30_000, interval: 100 };
const WIDE = { viewport: { width: 1440, height: 900 } };

let stateDir: string;
let market: ServedMarket;
let worker: RealWorker;
let browser: Browser;
let opened: OpenPage[] = [];

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "vcp-days-"));
  const origin = Date.now();
  const time = new OtherTime({ origin, shift: NOON - origin, speed: SPEED });
  const today = tradingDayAt(NOON);
  const exchange = new SimulatedExchange({
    first: tradingDayOf(today - DAYS),
    last: tradingDayOf(today + 10),
    names: 40,
    seed: 1,
  });
  market = await serveMarket(exchange, time);
  worker = await startWorker({
    stateDir,
    entry: "worker/testing/stage/other-time-worker.ts",
    vars: { ...market.vars, MARKET_SOURCES: "krx", DEMO_SESSION_S: "86400", ...time.vars() },
  });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await worker.stop();
  await market.end();
  rmSync(stateDir, { recursive: true, force: true });
});

afterEach(async () => {
  await Promise.all(opened.map(({ context }) => context.close()));
  opened = [];
});

async function open(path: string, options: BrowserContextOptions = WIDE): Promise<OpenPage> {
  const page = await openPage(browser, options);
  opened.push(page);
  await page.page.goto(`${worker.url}${path}`);
  return page;
}

async function ring(): Promise<void> {
  await (await fetch(`${worker.url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(TURN)}`)).text();
}

/** Sessions that the bar shows; `null` without a bar. */
async function shown(page: Page): Promise<number | null> {
  const bar = page.locator("progress");
  return (await bar.count()) === 0 ? null : Number(await bar.first().getAttribute("value"));
}

describe("the days of a market", () => {
  it("[UI84] the demo has a status too: what it is, and what moves it", async ({ expect }) => {
    const { page } = await open("/status");
    await page.getByRole("heading", { name: "무엇이 움직이나" }).waitFor();
    expect(await page.locator(".status-page").textContent()).toContain("실제 시장이 아닙니다");
    expect(await page.getByText("시세 원천").count()).toBe(0);
  });

  it(
    "[UI83] the past is a bar that moves by itself, states why it waits, and ends in the row of its scan",
    { timeout: 120_000 },
    async ({ expect }) => {
      await askOwner(worker, "PUT", "/api/admin/exchange", '{"exchange":"KRX"}');
      market.krx.traps.cut = true;
      await ring();
      const { page: runs, complaints } = await open("/runs");
      await runs.locator('.backfill[data-status="waiting"]').waitFor(PATIENT);
      expect(await runs.locator(".backfill").textContent()).toContain("KRX Open API가 답하지 않았습니다");
      expect(await runs.locator(".backfill").textContent()).toContain("10분 안에");
      market.krx.traps.cut = false;
      await ring();
      await runs.locator('.backfill[data-status="running"]').waitFor(PATIENT);
      const first = (await shown(runs)) ?? 0;
      const { page: dashboard } = await open("/");
      await dashboard.locator(".empty").getByRole("progressbar").waitFor(PATIENT);
      expect(await dashboard.locator(".empty").textContent()).toContain("시장의 과거를 받는 중입니다");
      await expect.poll(async () => shown(runs), PATIENT).toBeGreaterThan(first);
      await expect.poll(async () => shown(runs), { timeout: 60_000, interval: 100 }).toBeNull();
      await runs.locator(".runs .run-done").first().waitFor(PATIENT);
      await expect.poll(async () => shown(dashboard), PATIENT).toBeNull();
      expect(await runs.locator(".runs").textContent()).toContain(
        "과거 시세: 실패, KRX Open API가 답하지 않았습니다",
      );
      expect(complaints).toEqual([]);
    },
  );

  it("[UI80] the status states that all is right and what comes next, without a finding of accessibility", async ({
    expect,
  }) => {
    for (const locale of ["ko-KR", "en-US"]) {
      const { page } = await open("/status", { ...WIDE, locale });
      await page.locator(".verdict.tone-good").waitFor();
      const text = (await page.locator(".verdict").textContent()) ?? "";
      expect(text).toContain(
        locale === "ko-KR" ? "모두 정상입니다. 다음은 11월 19일 08:05" : "Nov 19, 08:05",
      );
      expect(await page.locator('[data-source="krx"]').getAttribute("class")).toBe("state-good");
      expect(await page.locator('[data-source="kis"]').textContent()).toContain("MARKET_SOURCES");
      expect(await page.locator('[data-step="backfill"]').getAttribute("class")).toBe("state-good");
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect([locale, colorScheme, await findingsOf(page)]).toEqual([locale, colorScheme, []]);
      }
      expect(await page.content()).not.toContain(market.vars["KRX_AUTH_KEY"]);
    }
  });
});
