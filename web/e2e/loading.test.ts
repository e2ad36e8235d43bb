/** A cold load with slow answers: nothing moves when they come, and nothing is denied before they are there. */
import type { Page } from "playwright-core";
import * as v from "valibot";
import { describe, it } from "vitest";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { ROWS } from "./stub-signals.ts";

const PAGES = [
  { path: "/", ready: ".signal-name" },
  { path: "/status", ready: ".state-list li" },
  { path: "/runs", ready: ".runs tbody tr" },
  { path: `/signals/${ROWS[0]?.id}`, ready: ".chart-host canvas" },
  { path: "/s/068270", ready: ".form-checklist" },
  { path: "/performance", ready: ".outcomes tbody tr, .outcome-cards li" },
] as const;

/** A phone and a desk; and a tablet, whose header has the least room for the longer language. */
const SCREENS = [
  ...[
    { width: 360, height: 780 },
    { width: 1440, height: 900 },
  ].flatMap((viewport) => ["ko-KR", "en-US"].map((locale) => ({ viewport, locale }))),
  { viewport: { width: 768, height: 1024 }, locale: "en-US" },
];

/** Longer than the page needs to draw itself without an answer. */
const ANSWER_MS = 700;
/** For what follows an answer: further requests, and their own answers. */
const SETTLED_MS = ANSWER_MS + 200;
const MOST_MOVED = 0.05;
/** Many loads on a machine that may be slow. */
const WALK_MS = 240_000;

const Shifts = v.array(v.object({ value: v.number(), moved: v.array(v.string()) }));

/** Runs before the page's own code: every shift that the reader did not cause, with what moved. */
const WATCH = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      if (!hadRecentInput) {
        const moved = sources.map(({ node, previousRect, currentRect }) =>
          (node?.className ?? node?.parentElement?.className) + ": " + box(previousRect) + " -> " + box(currentRect));
        window.shifts.push({ value, moved });
      }
    }
  }).observe({ type: "layout-shift", buffered: true });`;

const stage = stagePage();

async function slow(page: Page): Promise<void> {
  await page.route("**/api/**", async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, ANSWER_MS);
    });
    await route.fallback();
  });
}

/** The same answer of the demo market. */
function ofDemo(answer: Answer): Answer {
  if (typeof answer === "string" || !("body" in answer)) {
    return answer;
  }
  const text = JSON.stringify(answer.body).replaceAll('"exchange":"KRX"', '"exchange":"DEMO"');
  return { body: v.parse(v.record(v.string(), v.unknown()), JSON.parse(text)) };
}

/** Sentences that deny something, in the first language of the page. */
const DENIAL = /없습니다|없음|아직|첫 방문/u;

/** The denials that are seen, without the footer's. */
async function denialsOf(page: Page): Promise<readonly string[]> {
  const lines = await page.evaluate<string>(
    "[...document.querySelectorAll('.strip, main')].map((part) => part.innerText).join('\\n')",
  );
  return lines.split("\n").filter((line) => DENIAL.test(line));
}

/** A real market without a feed, the demo, and a real market with a feed on the first morning after a long break. */
const MARKETS = ["KRX", "DEMO", "KRX live"] as const;

describe("a cold load", () => {
  for (const { path, ready } of PAGES) {
    // What the feed adds stands round every page alike.
    for (const market of MARKETS.filter((one) => one !== "KRX live" || path === "/")) {
      const exchange = market === "DEMO" ? "DEMO" : "KRX";
      it(
        `[UI150] nothing moves when the answers come: ${path}, ${market}`,
        async ({ expect }) => {
          // Most of each load is waiting.
          const load = async (screen: (typeof SCREENS)[number]): Promise<void> => {
            const { page, context } = await stage.open(screen);
            const { answers } = await stubApi(page);
            if (exchange === "DEMO") {
              for (const [asked, answer] of answers) {
                answers.set(asked, ofDemo(answer));
              }
            }
            await stubLive(
              page,
              exchange === "DEMO"
                ? { isSilent: true }
                : { feed: { state: market === "KRX live" ? "live" : "none" } },
            );
            await slow(page);
            await page.addInitScript(WATCH);
            await page.goto(`${stage.url()}${path}`);
            await page
              .locator(exchange === "DEMO" ? ".ribbon" : ready)
              .first()
              .waitFor();
            await page.waitForTimeout(SETTLED_MS);
            const shifts = v.parse(Shifts, await page.evaluate("window.shifts"));
            const sum = shifts.reduce((total, { value }) => total + value, 0);
            expect
              .soft(sum, `${screen.viewport.width} ${screen.locale}: ${JSON.stringify(shifts, null, 1)}`)
              .toBeLessThanOrEqual(MOST_MOVED);
            await context.close();
          };
          await Promise.all(SCREENS.map(load));
        },
        WALK_MS,
      );
    }
  }

  it(
    "[UI151] denies nothing before the answer is there, whichever is missing",
    async ({ expect }) => {
      for (const { path, ready } of PAGES) {
        const whole = await stage.open();
        const { asked } = await stubApi(whole.page);
        await whole.page.goto(`${stage.url()}${path}`);
        await whole.page.locator(ready).first().waitFor();
        await whole.page.waitForTimeout(300);
        const known = new Set(await denialsOf(whole.page));
        await whole.context.close();
        expect(asked.size, path).toBeGreaterThan(4);
        const load = async (missing: readonly string[]): Promise<void> => {
          const { page, context } = await stage.open();
          await stubApi(page, Object.fromEntries(missing.map((one) => [one, "hang"] as const)));
          await page.goto(`${stage.url()}${path}`);
          await page.locator("main h2, main .skeleton").first().waitFor();
          await page.waitForTimeout(300);
          const early = (await denialsOf(page)).filter((line) => !known.has(line));
          expect.soft(early, `${path} without ${missing.join(", ")}`).toEqual([]);
          await context.close();
        };
        await Promise.all([...[...asked.keys()].map((one) => [one]), [...asked.keys()]].map(load));
      }
    },
    WALK_MS,
  );
});
