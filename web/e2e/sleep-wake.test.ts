/** A machine that slept with the page open, whose sockets died without a close, or whose clock was set; and tabs out of sight. */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { nowKst, type StubbedLive, stubLive } from "./stub-live.ts";
import { HEALTH_BARE } from "./stub-market.ts";
import { ROWS } from "./stub-signals.ts";

const PATIENT = { timeout: 15_000, interval: 20 };
const HOUR_MS = 3_600_000;

const stage = stagePage();

interface Shown extends OpenPage {
  readonly live: StubbedLive;
}

async function show(): Promise<Shown> {
  const page = await stage.open();
  await page.page.clock.install();
  await stubApi(page.page, { "/api/health": { body: { ...HEALTH_BARE, server_time: nowKst() } } });
  const live = await stubLive(page.page);
  await page.page.goto(`${stage.url()}${WHOLE_LIST}`);
  await page.page.locator('.connection[data-state="live"], .connection[data-state="quiet"]').waitFor();
  // From here on the page's time passes only as a test lets it.
  await page.page.clock.pauseAt(Date.now() + 10_000);
  live.later(10_000);
  return { ...page, live };
}

/** Sets the machine's own clock, and no other. */
async function setClock(page: Page, ms: number): Promise<void> {
  await page.clock.setSystemTime((await page.evaluate<number>("Date.now()")) + ms);
}

/** The time is later by `ms`, no timer has run meanwhile, the monotonic clock stood still, and the page is seen again. */
async function wakeAfter({ page, live }: Shown, ms: number): Promise<void> {
  live.later(ms);
  await setClock(page, ms);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
}

/** Puts the tab out of sight, or back. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, "hidden", { configurable: true, value: ${isHidden} });
    document.dispatchEvent(new Event("visibilitychange"));
  `);
}

/** The session's clock as the page shows it, in milliseconds since the epoch. */
async function sessionTime(page: Page): Promise<number> {
  return Date.parse((await page.locator(".session time").getAttribute("datetime")) ?? "");
}

async function badgeAfter({ page, live }: Shown, ms: number): Promise<string> {
  live.later(ms);
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
    const shown = await show();
    const { page, live, complaints } = shown;
    live.silence();
    await live.change([moved()], [], null);
    await wakeAfter(shown, HOUR_MS);
    await expect.poll(() => live.pings, PATIENT).toBe(1);
    await expect.poll(async () => badgeAfter(shown, 500), PATIENT).toMatch(/복구됨.*36[0-9]{2}초 공백/u);
    const row = page.locator(".signal-row", { hasText: moved().name });
    await expect.poll(async () => row.locator(".state").textContent()).toContain("피벗 터치");
    await live.tick("005930", 72_619, 2.5);
    await expect
      .poll(async () => {
        await page.clock.runFor(100);
        return row.textContent();
      }, PATIENT)
      .toContain("72,619");
    expect(complaints).toEqual([]);
  });

  it("[LV3] a socket that died during a short sleep is given up 8 s after the probe", async ({ expect }) => {
    const shown = await show();
    const { live } = shown;
    live.silence();
    await wakeAfter(shown, 15_000);
    await expect.poll(() => live.pings, PATIENT).toBe(1);
    expect(await badgeAfter(shown, 5_000)).not.toContain("재연결");
    expect(await badgeAfter(shown, 4_000)).toMatch(/재연결|복구됨/u);
    await expect.poll(async () => badgeAfter(shown, 500), PATIENT).toContain("복구됨");
  });

  it("[LV3][LV21] a page that comes out of the page cache without its socket is back within seconds", async ({
    expect,
  }) => {
    const shown = await show();
    const { page, live } = shown;
    live.silence();
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await expect.poll(() => live.pings, PATIENT).toBe(1);
    expect(await badgeAfter(shown, 9_000)).toMatch(/재연결|복구됨/u);
    await expect.poll(async () => badgeAfter(shown, 500), PATIENT).toContain("복구됨");
  });

  it("[LV21] a tab that stood still for an hour finds by its first timer that its line is dead", async ({
    expect,
  }) => {
    const shown = await show();
    const { page, live } = shown;
    live.silence();
    live.later(HOUR_MS);
    await page.clock.fastForward(HOUR_MS);
    await expect.poll(async () => badgeAfter(shown, 500), PATIENT).toMatch(/복구됨.*36[0-9]{2}초 공백/u);
  });

  it("[LV3][LV21] a tab in the background for an hour has no socket, and is back with the gap when shown", async ({
    expect,
  }) => {
    const shown = await show();
    const { page, live } = shown;
    await setHidden(page, true);
    for (let minute = 0; minute < 60; minute++) {
      live.later(60_000);
      await page.clock.fastForward(60_000);
    }
    await expect.poll(async () => page.locator(".connection").getAttribute("data-state")).toBe("idle");
    await setHidden(page, false);
    await expect.poll(async () => badgeAfter(shown, 500), PATIENT).toMatch(/복구됨.*3[0-9]{3}초 공백/u);
  });
});

describe("a clock that is set", () => {
  it.for([-5, 5])(
    "[LV19][UI41] by %d h ends no line that lives, hides none that died, and moves no time on the page",
    async (hours, { expect }) => {
      const shown = await show();
      const { page, live, complaints } = shown;
      const before = live.sockets;
      await setClock(page, hours * HOUR_MS);
      // In short steps: an answer to a probe is on its way in real time.
      for (let k = 0; k < 80; k++) {
        expect(await badgeAfter(shown, 500)).not.toMatch(/재연결|복구됨/u);
      }
      expect([live.sockets, Math.abs((await sessionTime(page)) - Date.now()) < 300_000]).toEqual([
        before,
        true,
      ]);
      live.silence();
      await badgeAfter(shown, 20_000);
      await setClock(page, hours * HOUR_MS);
      expect(await badgeAfter(shown, 14_000)).toMatch(/재연결|복구됨/u);
      await expect.poll(async () => badgeAfter(shown, 500), PATIENT).toMatch(/복구됨\D*[0-9]{2}초 공백/u);
      expect(complaints).toEqual([]);
    },
  );

  it("[UI41] wrong by years from the start, it makes no close old", async ({ expect }) => {
    const page = await stage.open();
    await page.page.clock.install({ time: Date.now() + 10 * 365 * 24 * HOUR_MS });
    await stubApi(page.page);
    await stubLive(page.page, { feed: { state: "none", clock: null, session: null } });
    await page.page.goto(`${stage.url()}${WHOLE_LIST}`);
    await page.page.locator(".old-note").waitFor();
    const age = async () =>
      /([0-9,]+)일/u.exec((await page.page.locator(".old-note").textContent()) ?? "")?.[1] ?? "";
    const real = (Date.now() - Date.parse(ROWS[0]?.updated_at ?? "")) / 86_400_000;
    await expect.poll(async () => Math.abs(Number((await age()).replace(",", "")) - real)).toBeLessThan(60);
  });
});
