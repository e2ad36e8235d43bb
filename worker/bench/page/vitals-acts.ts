/** What a reader does, for the bench of delays: each act on the page that it belongs to, by mouse or finger, and by the keys. */
import type { Locator, Page } from "playwright-core";
import { LONG_ROWS, rowAt } from "../../../web/e2e/stub-long-list.ts";

type Press = "click" | "tap";

interface Act {
  readonly name: string;
  readonly path: string;
  /** There before the first act. */
  readonly ready: string;
  /** `turn` counts the acts from 0. */
  readonly act: (page: Page, press: Press, turn: number) => Promise<void>;
}

const LIST = "/?state=all&grade=all";

/** Without the waits of the test tool, which would be no part of the reader's act. */
async function pressOn(page: Page, target: Locator, press: Press): Promise<void> {
  const box = await target.boundingBox();
  if (box === null) {
    throw new Error(`${String(target)} has no place`);
  }
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await (press === "click" ? page.mouse.click(x, y) : page.touchscreen.tap(x, y));
}

const SEARCHED = "samsung";

export const ACTS: readonly Act[] = [
  {
    name: "floor: a button",
    path: "/floor.html",
    ready: "button",
    act: async (page, press) => pressOn(page, page.locator("button"), press),
  },
  {
    name: "chip",
    path: LIST,
    ready: ".row-link",
    act: async (page, press, turn) => pressOn(page, page.locator(".pick:visible").nth(turn % 2), press),
  },
  {
    name: "sort",
    path: LIST,
    ready: ".row-link",
    act: async (page, press, turn) => {
      const heads = page.locator(".signals .sort:visible, .sort-select button:visible");
      await pressOn(page, heads.nth(turn % Math.min(4, await heads.count())), press);
    },
  },
  {
    name: "open a row",
    path: LIST,
    ready: ".row-link",
    act: async (page, press) => {
      const row = page.locator(".row-link").first();
      await row.scrollIntoViewIfNeeded();
      await pressOn(page, row, press);
      await page.waitForURL("**/signals/**");
      await page.waitForTimeout(300);
      await page.goBack();
      await page.locator(".row-link").first().waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: "flip",
    path: `/signals/${rowAt(LONG_ROWS).id}?list=state%3Dall%26grade%3Dall`,
    ready: ".flip-bar",
    act: async (page, press) => pressOn(page, page.locator(".flip-bar button").last(), press),
  },
  {
    name: "search, a letter",
    path: LIST,
    ready: ".row-link",
    act: async (page, _press, turn) => {
      const letter = turn % SEARCHED.length;
      const field = page.locator(".stock-search input");
      if (letter === 0) {
        await field.fill("");
        await field.focus();
        await page.evaluate("globalThis.takeFelt()");
      }
      await page.keyboard.press(SEARCHED[letter] ?? "s");
    },
  },
];
