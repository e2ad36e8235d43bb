import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import * as v from "valibot";
import { afterAll, beforeAll, describe, it } from "vitest";
import { HealthBody } from "../../worker/protocol/health.ts";
import { RunBody } from "../../worker/protocol/run.ts";
import { waitUntil } from "../../worker/testing/wait-until.ts";
import { type RealWorker, startWorker } from "../../worker/testing/real-worker.ts";
import { askOwner } from "../../worker/testing/ask-owner.ts";
import { launchBrowser, openPage } from "./browser.ts";

const Runs = v.object({ runs: v.array(RunBody) });
/** How long the page is left without a server. */
const BLIND_MS = 3_000;

let stateDir: string;
let worker: RealWorker;
let browser: Browser;

async function isReady(): Promise<boolean> {
  const health = v.parse(HealthBody, await (await fetch(`${worker.url}/api/health`)).json());
  return health.last_run?.status === "done" && health.feed?.state !== "preparing";
}

async function advanceSession(): Promise<readonly string[]> {
  await askOwner(worker, "POST", "/api/admin/demo", JSON.stringify({ advance: "session" }));
  const { runs } = v.parse(Runs, await (await fetch(`${worker.url}/api/kr/runs?limit=1`)).json());
  return runs[0]?.diff?.born ?? [];
}

/** The word for the state of each drawn signal, by address. A long list draws only a part of its rows. */
async function drawn(page: Page): Promise<ReadonlyMap<string, string>> {
  const rows = await page.$$eval(".signal-row", (all) =>
    all.map((row): [string, string] => [
      row.querySelector("a")?.getAttribute("href") ?? "",
      row.querySelector(".state")?.textContent ?? "",
    ]),
  );
  return new Map(rows);
}

/** What two pages say of the same signals, and how many those are. */
async function compare(
  a: Page,
  b: Page,
): Promise<{ readonly common: number; readonly differing: readonly string[] }> {
  const [left, right] = [await drawn(a), await drawn(b)];
  const common = [...left.keys()].filter((href) => right.has(href));
  return { common: common.length, differing: common.filter((href) => left.get(href) !== right.get(href)) };
}

/** Keeps every word of recovery: the page shows one for seconds, and a slow machine would look too late. */
const HEAR_RECOVERY = `
  const heard = (globalThis.heard = []);
  new MutationObserver(() => {
    const badge = document.querySelector('.connection[data-state="recovered"]');
    if (badge && badge.textContent !== heard.at(-1)) {
      heard.push(badge.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
`;

/** Seconds of the gap that the page told of; `null` before it did. */
async function toldGap(page: Page): Promise<number | null> {
  const heard = await page.evaluate<readonly string[]>("globalThis.heard");
  const [, seconds] = /(\d+)초 공백/.exec(heard.join("\n")) ?? [];
  return seconds === undefined ? null : Number(seconds);
}

describe("the moving demo", () => {
  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), "vcp-radar-"));
    worker = await startWorker({ stateDir });
    await waitUntil(isReady, "the demo is ready", 60_000);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await worker.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  it("[UI31] brings a new signal to the open page when a session ends, and the page back after a kill", async ({
    expect,
  }) => {
    // Tall enough for every row: the list draws only those in sight.
    const viewport = { width: 1440, height: 6_000 };
    const { page, complaints } = await openPage(browser, { viewport });
    await page.goto(worker.url);
    await page.locator(".signal-row").first().waitFor();
    await page.evaluate("document.documentElement.dataset.opened = 'once'");
    await page.evaluate(HEAR_RECOVERY);

    const born = await advanceSession();
    expect(born.length).toBeGreaterThan(0);
    for (const id of born) {
      await page.locator(`.signal-row a[href="/signals/${id}"]`).first().waitFor({ timeout: 15_000 });
    }

    const port = Number(new URL(worker.url).port);
    await worker.kill();
    await page.locator('.connection[data-state="reconnecting"]').waitFor();
    await sleep(BLIND_MS);
    worker = await startWorker({ stateDir, port });
    await expect.poll(() => toldGap(page), { timeout: 60_000 }).not.toBeNull();
    expect(await toldGap(page)).toBeGreaterThanOrEqual(BLIND_MS / 1_000);

    const fresh = await openPage(browser, { viewport });
    await fresh.page.goto(worker.url);
    await fresh.page.locator(".signal-row").first().waitFor();
    const count = ".count.number";
    expect(await page.locator(count).first().textContent()).toBe(
      await fresh.page.locator(count).first().textContent(),
    );
    await expect
      .poll(async () => (await compare(page, fresh.page)).differing, { timeout: 15_000 })
      .toEqual([]);
    expect((await compare(page, fresh.page)).common).toBeGreaterThan(20);
    expect(await page.evaluate("document.documentElement.dataset.opened")).toBe("once");
    // The browser logs each connection that was refused while there was no server.
    expect(complaints.filter((text) => !text.startsWith("WebSocket connection to"))).toEqual([]);
  }, 150_000);
});
