/** The page with a long list, and what its tests ask of it: one open page a test. */
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { OpenPage } from "./browser.ts";
import { type PageStage, stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { LONG_ROWS, LONG_SIGNALS } from "./stub-long-list.ts";

export const PATIENT = { timeout: 10_000 };
export const PHONE = { viewport: { width: 360, height: 780 }, hasTouch: true };
const NO_FEED = { state: "none", clock: null, session: null } as const;
export const LONG: Readonly<Record<string, Answer>> = { "/api/kr/signals": { body: LONG_SIGNALS } };

interface Shown extends OpenPage {
  readonly live: StubbedLive;
}

interface ListOptions extends BrowserContextOptions {
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly rows?: readonly SignalRow[];
  /** Runs in the page before its scripts. */
  readonly script?: string;
}

export interface ListStage extends PageStage {
  /** The address of the list behind that of the page; the usual one without it. */
  show(path?: string, options?: ListOptions): Promise<Shown>;
}

/** To be called once in a file, outside of its tests. */
export function stageList(): ListStage {
  const stage = stagePage();
  return {
    ...stage,
    show: async (path = "/", { answers = LONG, rows = LONG_ROWS, script = "", ...options } = {}) => {
      const page = await stage.open(options);
      await page.page.addInitScript(script);
      await stubApi(page.page, answers);
      const live = await stubLive(page.page, { rows, feed: NO_FEED });
      await page.page.goto(`${stage.url()}${path}`);
      await page.page.locator(".pick").first().waitFor();
      return { ...page, live };
    },
  };
}

export async function names(page: Page): Promise<readonly string[]> {
  return page.locator(".row-link").allTextContents();
}

export async function tickers(page: Page): Promise<readonly string[]> {
  return page.locator(".signal-name .number").allTextContents();
}

/** Of the address, without its question mark. */
export function searchOf(page: Page): string {
  return decodeURIComponent(new URL(page.url()).search.slice(1));
}

/** A button by its name and number. */
export function chip(page: Page, name: string | RegExp): Locator {
  return page.getByRole("button", { name });
}

/** What the chips show, by name. */
export async function counts(page: Page): Promise<Readonly<Record<string, number>>> {
  const texts = await page.locator(".pick").allTextContents();
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = "", count = ""] = /^(.*) (\d+|–)$/u.exec(text.trim()) ?? [];
      return [name, Number(count)];
    }),
  );
}

/** Presses Tab until an element whose text or label matches has the focus. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate<string>(
      "(document.activeElement?.getAttribute('aria-label') ?? '') + ' ' + (document.activeElement?.textContent ?? '')",
    );
    if (name.test(there)) {
      return;
    }
  }
  throw new Error(`Tab never reached ${String(name)}`);
}

/** In each frame the name over the chart, and that of the note among the parts that are shown; and the canvas that stands. */
export const WATCH_SIDE = `(() => {
  globalThis.stood = document.querySelector(".chart-host canvas");
  globalThis.pairs = [];
  const look = () => {
    const note = document.querySelector(".side:not(.late) textarea");
    if (note) pairs.push([document.querySelector(".page-title h2").textContent, note.ariaLabel]);
    requestAnimationFrame(look);
  };
  look();
})()`;

/** The picture of the chart as one number, once two looks in a row see the same. */
export async function settled(page: Page): Promise<number> {
  const look = async (): Promise<number> =>
    page.evaluate<number>(`[...document.querySelectorAll(".chart-host canvas")].reduce((sum, one) => {
      const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
      return data.reduce((hash, byte) => (hash * 31 + byte) | 0, sum);
    }, 7)`);
  for (let before = await look(); ;) {
    await page.waitForTimeout(300);
    const now = await look();
    if (now === before) {
      return now;
    }
    before = now;
  }
}

/** Where the list and the place beside it stand, and how far the page is scrolled. */
export const BOXES = `JSON.stringify([scrollY, ...[".list-rows", ".list-preview", ".signals"].map((part) => {
  const { x, y, width, height } = document.querySelector(part).getBoundingClientRect();
  return [x, y, width, height];
})])`;

/** Counts from now on what a screen reader would speak of the steps. */
export const SPOKEN = `(() => {
  globalThis.spoken = 0;
  new MutationObserver(() => { globalThis.spoken += 1; })
    .observe(document.querySelector(".flip-bar output"), { childList: true, characterData: true, subtree: true });
})()`;

/** One finger, sideways by so many pixels. */
export async function sweep(page: Page, { x, y }: { x: number; y: number }, by: number): Promise<void> {
  const tool = await page.context().newCDPSession(page);
  const touch = async (type: "touchStart" | "touchMove" | "touchEnd", at: number | null): Promise<void> => {
    await tool.send("Input.dispatchTouchEvent", { type, touchPoints: at === null ? [] : [{ x: at, y }] });
  };
  await touch("touchStart", x);
  await touch("touchMove", x + by / 2);
  await touch("touchMove", x + by);
  await touch("touchEnd", null);
}

/** UI251: the rows that a press asked for are made in the task behind its frame. */
export async function drawnBehind(page: Page): Promise<void> {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))",
  );
}
