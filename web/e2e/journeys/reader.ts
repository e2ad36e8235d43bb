/**
 * A reader who goes through the page by mouse, by keyboard alone or with a finger, and finds the way only by what is on the
 * screen: every press, every wait and every scroll is counted, because they are what a journey costs.
 */
import type { Locator, Page } from "playwright-core";
import { assert } from "../../../worker/core/assert.ts";

export const WAYS = ["mouse", "keyboard", "touch"] as const;
export type Way = (typeof WAYS)[number];

/** The screen that belongs to each way. */
export const SCREENS = {
  mouse: { viewport: { width: 1440, height: 900 } },
  keyboard: { viewport: { width: 1440, height: 900 } },
  touch: { viewport: { width: 360, height: 780 }, hasTouch: true },
} as const satisfies Record<Way, object>;

/** What a journey took. */
export interface Cost {
  /** Clicks, taps, or keys with those of Tab. */
  readonly presses: number;
  /** What stood in the way, each in a phrase. */
  readonly stumbles: readonly string[];
}

/** Milliseconds after which a wait is a stumble. */
const LONG_MS = 1_000;
/** Milliseconds after which the journey is given up. */
const MOST_MS = 20_000;
/** Milliseconds that the market may take for what is waited for. */
const MOST_HAPPEN_MS = 120_000;
const MOST_TABS = 120;
/** Pixels of a turn of the wheel, or of a finger's pull. */
const TURN = 240;
const MOST_TURNS = 40;
/** Milliseconds for what a scroll draws. */
const SETTLED_MS = 80;

/** What is asked of an element inside the page, whose types the tests do not have. */
interface PageElement {
  readonly parentElement: PageElement | null;
  readonly ownerDocument: {
    readonly activeElement: PageElement | null;
    readonly defaultView: {
      readonly innerWidth: number;
      readonly innerHeight: number;
      getComputedStyle(element: PageElement): { readonly position: string; readonly overflowY: string };
    };
    elementFromPoint(x: number, y: number): PageElement | null;
  };
  readonly scrollHeight: number;
  readonly clientHeight: number;
  closest(selector: string): PageElement | null;
  getAttribute(name: string): string | null;
  contains(other: PageElement): boolean;
  getBoundingClientRect(): Record<"left" | "top" | "width" | "height", number>;
}

/** Whether the beginning of an element lies on the screen, under nothing that is fixed there. Runs in the page. */
function isOnScreen(element: PageElement): boolean {
  const { ownerDocument } = element;
  const { innerWidth, innerHeight } = ownerDocument.defaultView;
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + Math.min(width / 2, 100), top + Math.min(height / 2, 20)];
  if (width === 0 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) {
    return false;
  }
  for (let at = ownerDocument.elementFromPoint(x, y); at !== null; at = at.parentElement) {
    if (at.contains(element)) {
      return true;
    }
    const { position } = ownerDocument.defaultView.getComputedStyle(at);
    if ((position === "fixed" || position === "sticky") && !element.contains(at)) {
      return false;
    }
  }
  return true;
}

/** Runs in the page. */
function isBelow(element: PageElement): boolean {
  return element.getBoundingClientRect().top > element.ownerDocument.defaultView.innerHeight / 2;
}

/**
 * Where a reader scrolls to bring an element on the screen: at the edge of what scrolls, because in its middle a chart takes the
 * wheel. Runs in the page.
 */
function placeToScroll(element: PageElement): { readonly x: number; readonly y: number } {
  const view = element.ownerDocument.defaultView;
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const scrolls = ["auto", "scroll"].includes(view.getComputedStyle(at).overflowY);
    if (scrolls && at.scrollHeight > at.clientHeight + 1) {
      const { left, top, width, height } = at.getBoundingClientRect();
      const bottom = Math.min(top + height, view.innerHeight);
      return { x: left + width - 6, y: (Math.max(top, 0) + bottom) / 2 };
    }
  }
  return { x: view.innerWidth - 6, y: view.innerHeight / 2 };
}

/** Runs in the page. */
function hasFocus(element: PageElement): boolean {
  return element.ownerDocument.activeElement === element;
}

/** Whether the focus is on the link that skips what stands before the content, and the element in the content. Runs in the page. */
function isBehindSkip(element: PageElement): boolean {
  return (
    element.ownerDocument.activeElement?.getAttribute("href") === "#main" && element.closest("main") !== null
  );
}

/** Whether the focus is nowhere; a part that gives it back does so within some frames. */
const FOCUS_IS_LOST = `(async () => {
  for (let i = 0; i < 10 && document.activeElement === document.body; i++) {
    await new Promise(requestAnimationFrame);
  }
  return document.activeElement === document.body;
})()`;

const DRAWN = "new Promise((run) => requestAnimationFrame(() => requestAnimationFrame(run)))";

export class Reader {
  readonly #page: Page;
  readonly way: Way;
  #presses = 0;
  readonly #stumbles: string[] = [];

  constructor(page: Page, way: Way) {
    this.#page = page;
    this.way = way;
  }

  get cost(): Cost {
    return { presses: this.#presses, stumbles: this.#stumbles };
  }

  /** Waits until it is there and on the screen; what stands in it, in one line. */
  async read(target: Locator): Promise<string> {
    await this.#find(target);
    await this.#checkFocus(String(target));
    return (await target.innerText()).replaceAll(/\s+/gu, " ").trim();
  }

  /**
   * What comes while `act` runs and stands for some seconds only, in one line: both are read the moment it is there. The wait
   * for what is to happen is no stumble.
   */
  async readWhile(target: Locator, act: () => Promise<void>): Promise<string> {
    const patience = { timeout: MOST_HAPPEN_MS };
    const read = Promise.all([target.innerText(patience), target.evaluate(isOnScreen, undefined, patience)]);
    const [[text, isSeen]] = await Promise.all([read, act()]);
    if (!isSeen) {
      this.#stumbles.push(`off the screen: ${String(target)}`);
    }
    return text.replaceAll(/\s+/gu, " ").trim();
  }

  /** Asks the page until it is so: its policy forbids a wait that runs inside it. */
  async until(expression: string): Promise<void> {
    const from = performance.now();
    while (!(await this.#page.evaluate<boolean>(expression))) {
      assert(performance.now() - from < MOST_MS, `It never came: ${expression}`);
      await this.#page.waitForTimeout(SETTLED_MS);
    }
  }

  /** Into a field, from the clipboard: one press besides those that lead to it, of which a field with the focus needs none. */
  async write(target: Locator, text: string): Promise<void> {
    await this.#wait(target);
    if (!(await target.evaluate(hasFocus))) {
      await (this.way === "keyboard" ? this.#reachByTab(target) : this.press(target));
    }
    this.#presses += 1;
    await this.#page.keyboard.insertText(text);
  }

  /** `keys`: what the page's own list of keys has for the same, one after the other (`g p`), for a reader without a mouse. */
  async press(target: Locator, keys: string | null = null): Promise<void> {
    if (this.way === "keyboard") {
      await (keys === null ? this.#pressByTab(target) : this.#type(keys));
      return;
    }
    await this.#find(target);
    this.#presses += 1;
    const box = await target.boundingBox();
    if (box === null) {
      throw new Error(`${String(target)} has no place`);
    }
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await (this.way === "mouse" ? this.#page.mouse.click(x, y) : this.#page.touchscreen.tap(x, y));
  }

  /** Keys of the keyboard, one after the other, each when what the one before did is drawn. */
  async #type(keys: string): Promise<void> {
    for (const key of keys.split(" ")) {
      this.#presses += 1;
      await this.#page.keyboard.press(key);
      await this.#page.evaluate(DRAWN).catch(async (error: unknown) => {
        // Expected of a key that has led to another document.
        assert(String(error).includes("context was destroyed"), String(error));
        await this.#page.waitForLoadState();
      });
    }
  }

  async #pressByTab(target: Locator): Promise<void> {
    await this.#reachByTab(target);
    await this.#type("Enter");
  }

  async #reachByTab(target: Locator): Promise<void> {
    await this.#wait(target);
    for (let tabs = 0; !(await target.evaluate(hasFocus)); tabs++) {
      if (tabs === MOST_TABS) {
        throw new Error(`Tab never reached ${String(target)}`);
      }
      await this.#type("Tab");
      if (tabs === 0 && (await target.evaluate(isBehindSkip))) {
        await this.#type("Enter");
      }
    }
    if (!(await target.evaluate(isOnScreen))) {
      this.#stumbles.push(`the focus is off the screen: ${String(target)}`);
    }
  }

  async #wait(target: Locator): Promise<void> {
    const from = performance.now();
    await target.waitFor({ timeout: MOST_MS });
    const ms = performance.now() - from;
    if (ms > LONG_MS) {
      this.#stumbles.push(`waited ${(ms / 1_000).toFixed(1)} s for ${String(target)}`);
    }
  }

  async #find(target: Locator): Promise<void> {
    await this.#wait(target);
    for (let turns = 0; !(await target.evaluate(isOnScreen)); turns++) {
      if (turns === 0) {
        this.#stumbles.push(`scrolled for ${String(target)}`);
      }
      if (turns === MOST_TURNS) {
        throw new Error(`No scroll brings ${String(target)} on the screen`);
      }
      await this.#scroll((await target.evaluate(isBelow)) ? TURN : -TURN, target);
    }
  }

  async #scroll(by: number, target: Locator): Promise<void> {
    if (this.way === "keyboard") {
      await this.#type(by > 0 ? "PageDown" : "PageUp");
      return;
    }
    const { x, y } = await target.evaluate(placeToScroll);
    if (this.way === "mouse") {
      await this.#page.mouse.move(x, y);
      await this.#page.mouse.wheel(0, by);
      await this.#page.waitForTimeout(SETTLED_MS);
    } else {
      await this.#pull(x, y, -by);
    }
  }

  /** One finger over the screen, which rests before it is lifted: nothing glides on. */
  async #pull(x: number, y: number, by: number): Promise<void> {
    const inspector = await this.#page.context().newCDPSession(this.#page);
    const touch = async (type: "touchStart" | "touchMove" | "touchEnd", at: number | null): Promise<void> => {
      await inspector.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: at === null ? [] : [{ x, y: at }],
      });
    };
    await touch("touchStart", y);
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await touch("touchMove", y + by * share);
    }
    await this.#page.waitForTimeout(SETTLED_MS);
    await touch("touchMove", y + by);
    await touch("touchEnd", null);
    await inspector.detach();
  }

  /** A reader without a mouse whose focus has gone begins again at the top of the page. */
  async #checkFocus(where: string): Promise<void> {
    if (this.way !== "keyboard" || this.#presses === 0) {
      return;
    }
    const isLost = await this.#page.evaluate<boolean>(FOCUS_IS_LOST);
    if (isLost) {
      this.#stumbles.push(`the focus was lost before ${where}`);
    }
  }
}
