/** A page that is older than its server: what a newer one adds breaks nothing, and what it cannot understand is shown. */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import type { OpenPage } from "./browser.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { ROWS } from "./stub-signals.ts";

const RELOAD = "새 버전으로 다시 열기";
const CONNECTED = '.connection[data-state="live"], .connection[data-state="quiet"]';

const stage = stagePage();

async function show(greeting: Readonly<Record<string, unknown>>): Promise<OpenPage & { live: StubbedLive }> {
  const page = await stage.open({ viewport: { width: 360, height: 780 } });
  await page.page.clock.install();
  await stubApi(page.page);
  const live = await stubLive(page.page);
  live.greet(greeting);
  await page.page.goto(`${stage.url()}${WHOLE_LIST}`);
  await page.page.locator(".signal-name").first().waitFor();
  return { ...page, live };
}

/** Ends the sockets and lets the page come back, until the badge shows that it is back. */
async function reconnect(page: Page, live: StubbedLive): Promise<void> {
  await live.cut();
  await page.locator('.connection[data-state="reconnecting"]').waitFor();
  live.restore();
  do {
    await page.clock.runFor(1_000);
  } while ((await page.locator(CONNECTED).count()) === 0);
}

describe("version skew", () => {
  it("[LV17] offers to reload when the server has got another build, and disturbs nothing else", async ({
    expect,
  }) => {
    const { page, live } = await show({ build: "one" });
    await page.locator(CONNECTED).waitFor();
    const offer = page.getByRole("button", { name: RELOAD });
    await reconnect(page, live);
    await expect.poll(async () => offer.count()).toBe(0);

    live.greet({ build: "two" });
    await reconnect(page, live);
    await offer.waitFor();
    await live.tick("005930", 72_619, 2.5);
    await page.getByText("72,619").first().waitFor();
    await expect
      .poll(async () =>
        page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
      )
      .toBe(0);
    await Promise.all([page.waitForEvent("load"), offer.click()]);
    await page.locator(CONNECTED).waitFor();
    await expect.poll(async () => offer.count()).toBe(0);
  });

  it("[LV17] states of a server of another protocol that it cannot be understood, and goes on showing what it has", async ({
    expect,
  }) => {
    const { page, complaints } = await show({ protocol: 2 });
    const badge = page.locator('.connection[data-state="refused"]');
    await badge.waitFor();
    await expect.poll(async () => badge.textContent()).toMatch(/코드 4000.*서버와 버전이 다릅니다/u);
    await badge.getByRole("button", { name: RELOAD }).waitFor();
    await expect.poll(async () => page.locator(".signal-name").count()).toBe(ROWS.length);
    expect(complaints).toEqual([]);
  });

  it("[LV17] passes over messages and fields that it does not know", async ({ expect }) => {
    const { page, live, complaints } = await show({ shard: 7, features: ["deltas"] });
    await page.locator(CONNECTED).waitFor();
    const unknown = { type: "halt_update", topic: "signal:vcp", epoch: "e1", seq: 2, data: { halted: true } };
    live.send(JSON.stringify(unknown));
    live.send(JSON.stringify([unknown, { type: "notice" }, 7, null, ["a"], { type: { of: "something" } }]));
    live.send("not even JSON");
    const [row] = ROWS;
    if (row === undefined) {
      throw new Error("The stub has rows");
    }
    const withMore = { ...row, state: "TRIGGERED" as const, mood: "bright" };
    await live.change([withMore], [], null);
    const card = page.locator(".signal-card", { hasText: row.name });
    await card.locator(".state", { hasText: "피벗 터치" }).waitFor();
    await live.tick("005930", 72_619, 2.5);
    await page.getByText("72,619").first().waitFor();
    await expect.poll(async () => page.locator(".connection").getAttribute("data-state")).toBe("live");
    expect(complaints).toEqual([]);
  });
});
