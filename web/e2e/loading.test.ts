/** A cold load with slow answers: nothing moves when they come, and nothing is denied before they are there. */
import type { Page } from "playwright-core";
import * as v from "valibot";
import { describe, it } from "vitest";
import { assert } from "../../worker/core/assert.ts";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi, type StubbedApi } from "./stub-api.ts";
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
/** How many load at once. */
const TABS = 5;
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

/**
 * A real market without a feed, the demo, a real market with a feed on the first morning after a long break, and one whose socket
 * states that there is no feed after all other answers are there.
 */
const MARKETS = ["KRX", "DEMO", "KRX live", "KRX late"] as const;

/** Before the page's own code: a tab that has been to other pages is as cold as a new one, which costs a process each. */
const FORGET = "localStorage.clear(); sessionStorage.clear();";

/** A tab with the answers of one market, all of them late. */
async function openMarket(market: (typeof MARKETS)[number], screen: (typeof SCREENS)[number]): Promise<Page> {
  const { page } = await stage.open(screen);
  const { answers } = await stubApi(page);
  if (market === "DEMO") {
    for (const [asked, answer] of answers) {
      answers.set(asked, ofDemo(answer));
    }
  }
  await stubLive(
    page,
    market === "DEMO"
      ? { isSilent: true }
      : {
          feed: { state: market === "KRX live" ? "live" : "none" },
          feedAfter: market === "KRX late" ? ANSWER_MS + 300 : 0,
        },
  );
  await slow(page);
  await page.addInitScript(FORGET);
  await page.addInitScript(WATCH);
  return page;
}

/** Runs each task once, in as many tabs as are given. */
async function share<Task>(
  tasks: readonly Task[],
  tabs: readonly Tab[],
  run: (task: Task, tab: Tab) => Promise<void>,
): Promise<void> {
  const left = [...tasks];
  await Promise.all(
    tabs.map(async (tab) => {
      for (let task = left.shift(); task !== undefined; task = left.shift()) {
        await run(task, tab);
      }
    }),
  );
}

interface Tab extends StubbedApi {
  readonly page: Page;
}

async function openTab(): Promise<Tab> {
  const { page } = await stage.open();
  await page.addInitScript(FORGET);
  return { page, ...(await stubApi(page)) };
}

describe("a cold load", () => {
  it.for(MARKETS)(
    "[UI150] nothing moves when the answers come: %s",
    { timeout: WALK_MS },
    async (market, { expect }) => {
      // What the feed adds stands round every page alike.
      const pages = PAGES.filter(({ path }) => !market.startsWith("KRX l") || path === "/");
      const load = async (page: Page, { path, ready }: (typeof PAGES)[number], at: string): Promise<void> => {
        await page.goto(`${stage.url()}${path}`);
        await page
          .locator(market === "DEMO" ? ".ribbon" : ready)
          .first()
          .waitFor();
        await page.waitForTimeout(SETTLED_MS);
        const shifts = v.parse(Shifts, await page.evaluate("window.shifts"));
        const sum = shifts.reduce((total, { value }) => total + value, 0);
        expect.soft(sum, `${path} ${at}: ${JSON.stringify(shifts, null, 1)}`).toBeLessThanOrEqual(MOST_MOVED);
      };
      // Most of each load is waiting.
      await Promise.all(
        SCREENS.map(async (screen) => {
          const page = await openMarket(market, screen);
          for (const one of pages) {
            await load(page, one, `${screen.viewport.width} ${screen.locale}`);
          }
          await page.context().close();
        }),
      );
    },
  );

  it(
    "[UI151] denies nothing before the answer is there, whichever is missing",
    async ({ expect }) => {
      const tabs = await Promise.all(Array.from({ length: TABS }, openTab));
      const [first] = tabs;
      assert(first !== undefined, "There is a tab");
      for (const { path, ready } of PAGES) {
        first.asked.clear();
        await first.page.goto(`${stage.url()}${path}`);
        await first.page.locator(ready).first().waitFor();
        await first.page.waitForTimeout(300);
        const known = new Set(await denialsOf(first.page));
        const asked = [...first.asked.keys()];
        expect(asked.length, path).toBeGreaterThan(4);
        await share([...asked.map((one) => [one]), asked], tabs, async (missing, { page, answers }) => {
          const whole = new Map(answers);
          for (const one of missing) {
            answers.set(one, "hang");
          }
          await page.goto(`${stage.url()}${path}`);
          await page.locator("main h2, main .skeleton").first().waitFor();
          await page.waitForTimeout(300);
          const early = (await denialsOf(page)).filter((line) => !known.has(line));
          expect.soft(early, `${path} without ${missing.join(", ")}`).toEqual([]);
          for (const [one, answer] of whole) {
            answers.set(one, answer);
          }
        });
      }
      await Promise.all(tabs.map(({ page }) => page.context().close()));
    },
    WALK_MS,
  );
});
