/** What stands round every page, on a phone and between a phone and a desk: reach, one line, nothing cut. */
import { describe, it } from "vitest";
import { findingsOf } from "./accessibility.ts";
import { stagePage } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { SIGNALS } from "./stub-signals.ts";

const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true };
const LANGUAGES = ["ko-KR", "en-US"] as const;
const THEMES = ["light", "dark"] as const;
const WALK_MS = 120_000;

/** What can be pressed round the page and is smaller than a finger, by its text. */
const TOO_SMALL = `
  [...document.querySelectorAll("header a, header button, header input, .strip button")]
    .map((one) => ({ name: one.getAttribute("aria-label") ?? one.textContent ?? "", box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
    .map(({ name, box }) => name + " " + box.width + " x " + box.height)`;

/** Texts round the page that are wider than their place. */
const CUT = `
  [...document.querySelectorAll(".app-header *, .strip .connection *, .strip .session *, .strip .old-note")]
    .filter((one) => one.clientWidth > 2 && !one.matches('.visually-hidden') && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.localName + "." + one.className)`;

const stage = stagePage();

describe("round the page", () => {
  it(
    "[UI152] on a phone the header is one line, the tabs are under the thumb, and a finger hits each",
    async ({ expect }) => {
      for (const locale of LANGUAGES) {
        for (const colorScheme of THEMES) {
          const { page, context, complaints } = await stage.open({ ...PHONE, locale, colorScheme });
          await stubApi(page);
          await stubLive(page);
          await page.goto(`${stage.url()}/runs`);
          await page.locator(".runs tbody tr").first().waitFor();
          await page.locator(".pause").waitFor();
          const header = async () => page.locator(".app-header").boundingBox();
          await expect
            .poll(async () => (await header())?.height, { message: locale })
            .toBeLessThanOrEqual(56);
          const tabs = page.locator(".app-header > nav");
          const place = async () => tabs.boundingBox();
          await expect
            .poll(async () => ((await place())?.y ?? 0) + ((await place())?.height ?? 0), { message: locale })
            .toBe(780);
          await expect.poll(async () => tabs.locator("a").count()).toBe(5);
          await expect
            .poll(async () => page.evaluate<readonly string[]>(TOO_SMALL), { message: locale })
            .toEqual([]);
          await expect
            .poll(async () => page.evaluate<readonly string[]>(CUT), { message: locale })
            .toEqual([]);
          // Every column of the scans is there, none behind the edge.
          await expect
            .poll(
              async () =>
                page.evaluate<number>(
                  "Math.max(...[...document.querySelectorAll('.table-scroll')].map((one) => one.scrollWidth - one.clientWidth))",
                ),
              { message: locale },
            )
            .toBeLessThanOrEqual(0);
          // What the footer ends with can be read above the tabs.
          await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
          const footer = async () => page.locator(".page-footer").boundingBox();
          await expect
            .poll(async () => ((await footer())?.y ?? 0) + ((await footer())?.height ?? 0), {
              message: locale,
            })
            .toBeLessThanOrEqual((await place())?.y ?? 0);
          expect(await findingsOf(page), `${locale} ${colorScheme}`).toEqual([]);
          await tabs.locator("a").nth(4).tap();
          await page.locator(".state-list li").first().waitFor();
          await expect
            .poll(async () => tabs.locator("a[aria-current=page]").getAttribute("href"))
            .toBe("/status");
          expect(complaints).toEqual([]);
          await context.close();
        }
      }
    },
    WALK_MS,
  );

  it("[UI152] a phone chooses language and appearance in the settings", async ({ expect }) => {
    const { page } = await stage.open({ ...PHONE, locale: "ko-KR" });
    await stubApi(page);
    await page.goto(stage.url());
    await page.getByRole("button", { name: "설정" }).tap();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "English" }).tap();
    await page.getByRole("heading", { name: "Active VCP signals" }).waitFor();
    await dialog.getByRole("button", { name: "Light" }).tap();
    await expect.poll(async () => page.locator("html").getAttribute("data-theme")).toBe("light");
    expect(await findingsOf(page)).toEqual([]);
  });

  it("[UI307] the strip of a phone says once that the market is closed, and cuts nothing", async ({
    expect,
  }) => {
    for (const locale of LANGUAGES) {
      const { page, context } = await stage.open({ ...PHONE, locale });
      const exchange = "DEMO";
      await stubApi(page, { "/api/kr/signals": { body: { ...SIGNALS, exchange, signals: [], count: 0 } } });
      const live = await stubLive(page, {
        exchange,
        rows: [],
        feed: { state: "closed", clock: "2025-06-13T15:30:00.000+09:00", session: "break" },
      });
      await page.goto(stage.url());
      await page.locator(".session > b").waitFor();
      await page.locator(".pause").waitFor();
      await expect.poll(async () => page.evaluate<readonly string[]>(CUT), { message: locale }).toEqual([]);
      await live.feed({ session: "closed" });
      const named = page.locator(".strip b", { hasText: /장 마감|Market closed/u });
      await page.locator(".session > b").waitFor({ state: "detached" });
      await expect.poll(async () => named.count(), { message: locale }).toBe(1);
      await context.close();
    }
  });

  it("[UI305] what the search finds lies wholly on the screen", async ({ expect }) => {
    for (const locale of LANGUAGES) {
      const { page, context } = await stage.open({ locale });
      await stubApi(page);
      await page.goto(stage.url());
      await page.locator(".stock-search input").fill("삼");
      const found = page.locator(".search-found", { has: page.locator("a") });
      await found.waitFor();
      for (const width of [320, 360, 768, 1050, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const left = async () => (await found.boundingBox())?.x;
        await expect.poll(left, { message: `${locale} ${width}` }).toBeGreaterThanOrEqual(0);
        const right = async () => ((await left()) ?? 0) + ((await found.boundingBox())?.width ?? 0);
        await expect.poll(right, { message: `${locale} ${width}` }).toBeLessThanOrEqual(width);
        // A name and its codes in one look.
        await expect
          .poll(async () => (await found.boundingBox())?.width, { message: `${locale} ${width}` })
          .toBeGreaterThanOrEqual(290);
      }
      await context.close();
    }
  });

  it("[UI152] the header is one line from 768 px on, in both languages", async ({ expect }) => {
    for (const locale of LANGUAGES) {
      const { page, context } = await stage.open({ locale });
      await stubApi(page);
      await page.goto(stage.url());
      await page.locator(".chip").waitFor();
      for (const width of [768, 800, 860, 999, 1000, 1200]) {
        await page.setViewportSize({ width, height: 900 });
        const height = await page.evaluate<number>("document.querySelector('.app-header').offsetHeight");
        expect.soft(height, `${locale} ${width}`).toBeLessThanOrEqual(57);
        expect.soft(await page.evaluate<readonly string[]>(CUT), `${locale} ${width}`).toEqual([]);
      }
      await context.close();
    }
  });
});
