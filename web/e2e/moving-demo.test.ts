import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import * as v from "valibot";
import { afterAll, beforeAll, describe, it } from "vitest";
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import { RunBody } from "../../worker/protocol/rest/scan-run.ts";
import { waitUntil } from "../../worker/testing/stage/wait-until.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { askOwner } from "../../worker/testing/stage/ask-owner.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { WHOLE_LIST } from "./stage-page.ts";

const Runs = v.object({ runs: v.array(RunBody) });
/** How long the page is left without a server. */
const BLIND_MS = 3_000;
/** Tall enough for every row: the list draws only those in sight. */
const VIEWPORT = { width: 1440, height: 6_000 };
const SUBSCRIBED = /"type":"subscribed","topic":"signal:vcp"[^}]*"recovered":(?<recovered>true|false)/u;
const PATIENT = { timeout: 15_000, interval: 50 };

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

/** Sessions of the demo without a new signal in a row, at most: on some days nothing is found, as on a real market. */
const QUIET_SESSIONS = 5;

/** Ends sessions until one brings a signal; the ids that the last one brought. */
async function advanceToBirth(): Promise<readonly string[]> {
  for (let session = 0; session < QUIET_SESSIONS; session++) {
    const born = await advanceSession();
    if (born.length > 0) {
      return born;
    }
  }
  return [];
}

/** The label for the state of each drawn signal, by address. A long list draws only a part of its rows. */
async function drawn(page: Page): Promise<ReadonlyMap<string, string>> {
  const rows = await page.$$eval(".signal-row", (all) =>
    all.map((row): [string, string] => [
      row.querySelector("a")?.getAttribute("href") ?? "",
      row.querySelector(".state")?.textContent ?? "",
    ]),
  );
  return new Map(rows);
}

/** What two pages show of the same signals, and how many those are. */
async function compare(
  a: Page,
  b: Page,
): Promise<{ readonly common: number; readonly differing: readonly string[] }> {
  const [left, right] = [await drawn(a), await drawn(b)];
  const common = [...left.keys()].filter((href) => right.has(href));
  return { common: common.length, differing: common.filter((href) => left.get(href) !== right.get(href)) };
}

/** Keeps every text of a recovery: the page shows one for seconds, and a slow machine would look too late. */
const HEAR_RECOVERY = `
  const heard = (globalThis.heard = []);
  new MutationObserver(() => {
    const badge = document.querySelector('.connection[data-state="recovered"]');
    if (badge && badge.textContent !== heard.at(-1)) {
      heard.push(badge.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
`;

/** What a browser does whose owner forbids sockets. */
const FORBID_SOCKETS = `
  globalThis.WebSocket = class {
    constructor() {
      throw new DOMException("Sockets are forbidden here", "SecurityError");
    }
  };
`;

/** Seconds of the gap that the page showed; `null` before it did. */
async function toldGap(page: Page): Promise<number | null> {
  const heard = await page.evaluate<readonly string[]>("globalThis.heard");
  const [, seconds] = /(\d+)초 공백/.exec(heard.join("\n")) ?? [];
  return seconds === undefined ? null : Number(seconds);
}

/** Resolves when the page has drawn all of these signals. */
async function seeAll(page: Page, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    // The address may name the list that it is gone through from.
    await page.locator(`.signal-row a[href^="/signals/${id}"]`).first().waitFor({ timeout: 15_000 });
  }
}

/** The frames that came over each of the page's sockets, of those that open from now on. */
function hearSockets(
  page: Page,
): readonly { readonly isOpen: boolean; readonly frames: readonly string[] }[] {
  const all: { isOpen: boolean; frames: string[] }[] = [];
  page.on("websocket", (socket) => {
    const mine = { isOpen: true, frames: new Array<string>() };
    all.push(mine);
    socket.on("framereceived", ({ payload }) => mine.frames.push(String(payload)));
    socket.on("close", () => {
      mine.isOpen = false;
    });
  });
  return all;
}

/** What the browser reports when a tab comes to the front or goes from it. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, "hidden", { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  `);
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

  // First, while the session has just begun: in a break no price moves.
  it("[LV15] moves the prices of a page to which no socket comes through", async ({ expect }) => {
    const { context, page, complaints } = await openPage(browser, { viewport: VIEWPORT });
    await page.clock.install();
    await page.addInitScript(FORBID_SOCKETS);
    await page.goto(`${worker.url}${WHOLE_LIST}`);
    await page.locator(".signal-row .price").first().waitFor();
    const after = async (ms: number, selector: string): Promise<readonly string[]> => {
      await page.clock.runFor(ms);
      return page.locator(selector).allTextContents();
    };
    await expect
      .poll(async () => after(15_000, '.connection[data-state="polling"]'), PATIENT)
      .toHaveLength(1);
    const before = await after(0, ".signal-row .price");
    await askOwner(worker, "POST", "/api/admin/demo", JSON.stringify({ advance: "tick" }));
    // On the page's clock a question lasts ten seconds: between two jumps the answer of a slow machine needs time of its own.
    await expect
      .poll(async () => after(10_000, ".signal-row .price"), { timeout: 40_000, interval: 1_000 })
      .not.toEqual(before);
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  it("[UI40] notifies two tabs of each change, and one of them when the other is closed", async ({
    expect,
  }) => {
    const { context, page } = await openPage(browser, { viewport: VIEWPORT });
    const other = await context.newPage();
    const tabs = [page, other];
    const sockets = tabs.map(hearSockets);
    for (const tab of tabs) {
      await tab.goto(`${worker.url}${WHOLE_LIST}`);
      await tab.locator(".signal-row").first().waitFor();
    }
    const born = await advanceToBirth();
    expect(born.length).toBeGreaterThan(0);
    await Promise.all(tabs.map(async (tab) => seeAll(tab, born)));

    await other.evaluate(HEAR_RECOVERY);
    await page.close();
    const next = await advanceToBirth();
    expect(next.length).toBeGreaterThan(0);
    await seeAll(other, next);
    // Each tab has had a socket of its own, and the one that is left has kept it.
    expect(sockets.map((of) => of.length)).toEqual([1, 1]);
    expect(sockets[1]?.map(({ isOpen }) => isOpen)).toEqual([true]);
    expect(await toldGap(other)).toBeNull();
    await context.close();
  }, 60_000);

  it("[LV3] lets a hidden tab rest after five minutes, and makes up for all that it missed when it is shown", async ({
    expect,
  }) => {
    const { context, page, complaints } = await openPage(browser, { viewport: VIEWPORT });
    await page.clock.install();
    const sockets = hearSockets(page);
    await page.goto(`${worker.url}${WHOLE_LIST}`);
    await page.locator(".signal-row").first().waitFor();
    await expect.poll(() => sockets[0]?.frames.join("\n"), PATIENT).toMatch(SUBSCRIBED);
    // An answer of REST that comes while no socket is there would be newer than the stream's place.
    await page.locator('.reload[aria-busy="false"]').waitFor();
    await setHidden(page, true);
    await page.clock.fastForward(301_000);
    await page.locator('.connection[data-state="idle"]').waitFor();

    const born = await advanceSession();
    await setHidden(page, false);
    await seeAll(page, born);
    expect(SUBSCRIBED.exec(sockets[1]?.frames.join("\n") ?? "")?.groups).toEqual({ recovered: "true" });
    expect(sockets.length).toBe(2);
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  it("[UI39] shows what a scan found to a page that was opened anew while it ran", async ({ expect }) => {
    const { context, page } = await openPage(browser, { viewport: VIEWPORT });
    await page.goto(`${worker.url}${WHOLE_LIST}`);
    await page.locator(".signal-row").first().waitFor();
    const scan = askOwner(worker, "POST", "/api/kr/scan", "{}");
    await page.reload();
    const { run_id: id } = v.parse(v.object({ run_id: v.string() }), await scan);
    await page.locator(`.scan-item a[href="/runs/${id}"]`).waitFor();
    await expect.poll(async () => page.locator(".scan-item").textContent()).not.toContain("처리");
    await context.close();
  }, 60_000);

  it("[UI31] brings a new signal to the open page when a session ends, and the page back after a kill", async ({
    expect,
  }) => {
    const { page, complaints } = await openPage(browser, { viewport: VIEWPORT });
    await page.goto(`${worker.url}${WHOLE_LIST}`);
    await page.locator(".signal-row").first().waitFor();
    await page.evaluate("document.documentElement.dataset.opened = 'once'");
    await page.evaluate(HEAR_RECOVERY);

    const born = await advanceToBirth();
    expect(born.length).toBeGreaterThan(0);
    await seeAll(page, born);

    // The parts that load behind the first rows come from the server that is to be killed.
    await page.locator(".list-preview .chart-host canvas").first().waitFor();
    await page.waitForLoadState("networkidle");
    const port = Number(new URL(worker.url).port);
    await worker.kill();
    await page.locator('.connection[data-state="reconnecting"]').waitFor();
    await sleep(BLIND_MS);
    worker = await startWorker({ stateDir, port });
    await expect.poll(() => toldGap(page), { timeout: 60_000 }).not.toBeNull();
    expect(await toldGap(page)).toBeGreaterThanOrEqual(BLIND_MS / 1_000);

    const fresh = await openPage(browser, { viewport: VIEWPORT });
    await fresh.page.goto(`${worker.url}${WHOLE_LIST}`);
    await fresh.page.locator(".signal-row").first().waitFor();
    const count = ".count.number";
    const countOf = async (shown: Page): Promise<string | null> => shown.locator(count).first().textContent();
    await expect.poll(async () => (await countOf(page)) === (await countOf(fresh.page))).toBe(true);
    await expect
      .poll(async () => (await compare(page, fresh.page)).differing, { timeout: 15_000 })
      .toEqual([]);
    // The list of the demo has ten names at least.
    expect((await compare(page, fresh.page)).common).toBeGreaterThanOrEqual(10);
    await expect.poll(async () => page.evaluate("document.documentElement.dataset.opened")).toBe("once");
    // The browser logs each connection that was refused while there was no server.
    expect(complaints.filter((text) => !text.startsWith("WebSocket connection to"))).toEqual([]);
  }, 150_000);
});
