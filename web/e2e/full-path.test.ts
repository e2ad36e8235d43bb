import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { ScanAnswer } from "../../worker/protocol/rest/scan-report.ts";
import { SignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { buildMarket } from "../../worker/testing/builders/constructed-market.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { askOwner, sendMarket } from "../../worker/testing/stage/ask-owner.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { PATIENT } from "./list-stage.ts";
import { WHOLE_LIST } from "./stage-page.ts";

let stateDir: string;
let worker: RealWorker;
let browser: Browser;

describe("the whole path", () => {
  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), "vcp-radar-"));
    worker = await startWorker({ stateDir });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await worker.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("[UI17] shows an imported, scanned base on the page as REST gives it", async ({ expect }) => {
    const market = buildMarket();
    const { page, complaints } = await openPage(browser, { viewport: { width: 1440, height: 900 } });

    await askOwner(worker, "PUT", "/api/admin/exchange", JSON.stringify({ exchange: "KRX" }));
    await page.goto(`${worker.url}${WHOLE_LIST}`);
    await page.getByText("npm run import -- FILE --use").waitFor();

    const report = await sendMarket(worker, market);
    expect(report).toMatchObject({ rejects: [], tickers: 31 });
    const scan = v.parse(ScanAnswer, await askOwner(worker, "POST", "/api/kr/scan", "{}"));
    expect(scan.results.map(({ ticker }) => ticker)).toContain(market.leader.ticker);

    await page.getByRole("button", { name: "새로고침" }).click();
    const row = page.locator(".signal-row", { hasText: market.leader.name });
    await row.waitFor();

    const response = await fetch(`${worker.url}/api/kr/signals?limit=100`);
    const { signals } = v.parse(SignalsBody, await response.json());
    const signal = signals.find(({ ticker }) => ticker === market.leader.ticker);
    expect(signal?.state).toBe("READY");
    expect(signal?.depths.map((depth) => Math.round(100 * depth))).toEqual([25, 12, 6]);
    for (const part of [signal?.footprint, signal?.pivot.toLocaleString("ko-KR"), "임박"]) {
      await expect.poll(async () => row.textContent(), PATIENT).toContain(part);
    }

    await page.locator(".gate-card summary").click();
    await page.locator(".gate-card tr.reason").first().waitFor();
    await row.getByRole("link").click();
    await page.locator(".chart-host canvas").first().waitFor();
    await expect.poll(async () => page.locator(".checklist tbody tr").count(), PATIENT).toBe(8);
    await expect.poll(async () => page.locator(".event-list").textContent(), PATIENT).toContain("신규 포착");
    expect(complaints).toEqual([]);
  });

  it("[UI11] serves the page under the strict policy of the deployment's headers", async ({ expect }) => {
    const response = await fetch(worker.url);
    await response.text();
    expect(response.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(response.headers.get("Content-Security-Policy")).not.toContain("unsafe");
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });
});
