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
