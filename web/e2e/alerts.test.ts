/** The alerts of a device in a real browser: from the key at a signal to the notice over the page, its count, and the list of the day. */
import type { BrowserContext, Page } from "playwright-core";
import { describe, it } from "vitest";
import { assert } from "../../worker/core/assert.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { DeviceRule } from "../store/alerts/device-rules.ts";
import { ANY_RULE, MORNING } from "../store/alerts/stage-alerts.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { type EventReader, StubbedLog } from "./stub-events.ts";
import { LISTED, LISTED_ANSWERS, STAYING } from "./stub-listed.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";

const PATIENT = { timeout: 15_000, interval: 50 };

const stage = stagePage();

/** A page that reads the log of events. */
interface Tab {
  readonly page: Page;
  readonly reader: EventReader;
  readonly live: StubbedLive;
}

interface Shown extends Tab, OpenPage {
  readonly log: StubbedLog;
}

function rowOfTicker(ticker: string): SignalRow {
  const row = LISTED.find((one) => one.ticker === ticker);
  assert(row !== undefined, "The stub lists the share");
  return row;
}

const ROTEM = rowOfTicker("064350");

/** The browser keeps one rule, from before its reader came. */
function keeping(rule: Partial<DeviceRule>): string {
  const rules = JSON.stringify({ version: 1, rules: [{ ...ANY_RULE, ...rule }] });
  return `localStorage["vcp.alerts"] ??= ${JSON.stringify(rules)};`;
}

/** Its clock and its server's clock show the same morning, whatever the hour of the machine. */
async function openTab(page: Page, log: StubbedLog, { path, script }: Options): Promise<Tab> {
  await page.clock.setFixedTime(MORNING);
  await page.addInitScript(`${STAYING}; ${script ?? ""}`);
  await stubApi(page, LISTED_ANSWERS);
  const reader = await log.serve(page);
  const live = await stubLive(page, { rows: LISTED });
  live.later(MORNING - Date.now());
  await page.goto(`${stage.url()}${path ?? WHOLE_LIST}`);
  // What takes the keys loads behind the rows, with the region.
  await page.locator(".toasts").waitFor({ state: "attached" });
  return { page, reader, live };
}

interface Options {
  readonly path?: string;
  /** Runs before the scripts of the page. */
  readonly script?: string;
}

async function show(options: Options = {}): Promise<Shown> {
  const opened = await stage.open();
  const log = new StubbedLog();
  return { ...opened, ...(await openTab(opened.page, log, options)), log };
}

/** How far the browser has read, by what it keeps. */
async function positionOf(page: Page): Promise<number | null> {
  return page.evaluate<number | null>(`JSON.parse(localStorage["vcp.notices.KRX"] ?? "{}").position ?? null`);
}

/** The message of the signals behind which the log is read, in each of the tabs. */
async function announce(row: SignalRow, ...tabs: readonly Tab[]): Promise<void> {
  await Promise.all(tabs.map(async ({ live }) => live.change([{ ...row, state: "CONFIRMED" }], [], null)));
}

/** An event in the log, and the message behind it. */
async function happen({ log, ...tab }: Shown, row: SignalRow, kind: string): Promise<void> {
  log.add(row, kind);
  await announce(row, tab);
}

/** The count in the title is there; the page has drawn what it shows. */
async function unreadOf(page: Page): Promise<string> {
  return /^\((\d+)\) /u.exec(await page.title())?.[1] ?? "0";
}

/**
 * Counts what would sound. Whether the reader has pressed something is taken from his own presses: the tool of a test counts as
 * one itself.
 */
const EARS = `
  globalThis.heard = { contexts: 0, notes: 0 };
  let isPressed = false;
  for (const kind of ["keydown", "pointerdown"]) {
    addEventListener(kind, ({ isTrusted }) => { isPressed ||= isTrusted; }, true);
  }
  Object.defineProperty(navigator, "userActivation", { value: { get hasBeenActive() { return isPressed; } } });
  globalThis.AudioContext = class extends AudioContext {
    constructor() { super(); heard.contexts += 1; }
  };
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (...at) { heard.notes += 1; return start.apply(this, at); };
`;

/** A browser whose notifications are kept, over all of its tabs; the reader looks at another window, and answers as he is asked to. */
const WINDOWS = `
  document.hasFocus = () => false;
  globalThis.Notification = class extends EventTarget {
    static get permission() { return localStorage["test.permission"] ?? "default"; }
    static async requestPermission() {
      localStorage["test.asked"] = Number(localStorage["test.asked"] ?? 0) + 1;
      localStorage["test.permission"] = localStorage["test.answer"];
      return localStorage["test.permission"];
    }
    constructor(title, { tag }) {
      super();
      localStorage["test.shown " + tag + " " + crypto.randomUUID()] = title;
    }
  };
`;

/** The tags of all that was shown over other windows, in their order. */
async function notified(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(
    `Object.keys(localStorage).filter((key) => key.startsWith("test.shown ")).map((key) => key.split(" ")[1]).sort()`,
  );
}

/** What stands over the page, in the list of the day, and first in the title. */
const SHOWN = `({
  toasts: document.querySelectorAll(".toast").length,
  listed: document.querySelectorAll("#today li[data-state=unread]").length,
  title: document.title.split(" · ")[0],
})`;

/** A second tab of the same browser. */
async function anotherTab(context: BrowserContext, log: StubbedLog, options: Options): Promise<Tab> {
  return openTab(await context.newPage(), log, options);
}

describe("the alerts of a device", () => {
  it("[UI295] from the key at a signal to its notice over the page, the count in title, bell and icon, and the list of the day", async ({
    expect,
  }) => {
    const shown = await show();
    const { page, complaints } = shown;
    const row = page.locator(`[data-row="${ROTEM.id}"] .row-link`);
    await row.focus();
    await page.keyboard.press("a");
    await page.locator(".toast[data-kind=asked]", { hasText: ROTEM.name }).waitFor();
    await expect.poll(async () => positionOf(page), PATIENT).toBe(0);
    await happen(shown, ROTEM, "confirmed");
    // Neither in what prices redraw, nor spoken twice: a child of the region of the notices.
    await page
      .locator("main > output.toasts > .toast[data-kind=events]", { hasText: `돌파 확정 · ${ROTEM.name}` })
      .waitFor();
    await expect.poll(async () => page.title(), PATIENT).toMatch(/^\(1\) \S/u);
    const bell = page.locator(".bell");
    await expect.poll(async () => bell.getAttribute("aria-label")).toBe("알림, 읽지 않음 1건");
    await expect.poll(async () => bell.getAttribute("data-count")).toBe("1");
    const icon = page.locator("link[rel=icon]");
    await expect.poll(async () => icon.getAttribute("href"), PATIENT).toMatch(/^data:image\/png/u);
    // What no rule asks for moves the position alone.
    await happen(shown, rowOfTicker("005930"), "confirmed");
    await expect.poll(async () => positionOf(page), PATIENT).toBe(2);
    await expect.poll(async () => bell.getAttribute("data-count")).toBe("1");

    await page.keyboard.press("g");
    await page.keyboard.press("a");
    const today = page.locator("#today");
    await today.locator("h3", { hasText: ROTEM.name }).waitFor();
    await expect.poll(async () => today.locator("li[data-state=unread]").count()).toBe(1);
    await expect.poll(async () => page.title(), PATIENT).toMatch(/^\(1\) 알림/u);
    await today.getByRole("button", { name: "모두 읽음" }).click();
    await today.locator("li[data-state=read]").waitFor();
    await expect.poll(async () => page.title()).toMatch(/^알림/u);
    await expect.poll(async () => bell.getAttribute("data-count")).toBeNull();
    await expect.poll(async () => icon.getAttribute("href"), PATIENT).toBe("/icon.svg");
    expect(complaints).toEqual([]);
  });

  it("[UI279] makes no tone before the reader has pressed something, and one for each reading after it", async ({
    expect,
  }) => {
    const shown = await show({ script: EARS + keeping({ channels: ["page", "sound"] }) });
    const { page } = shown;
    const heard = async (): Promise<unknown> => page.evaluate("heard");
    await expect.poll(async () => positionOf(page), PATIENT).toBe(0);
    await happen(shown, ROTEM, "confirmed");
    await expect.poll(async () => unreadOf(page), PATIENT).toBe("1");
    expect(await heard()).toEqual({ contexts: 0, notes: 0 });
    // Any press; what sounds is made within it, as some browsers want it.
    await page.keyboard.press("j");
    await expect.poll(heard, PATIENT).toEqual({ contexts: 1, notes: 0 });
    await happen(shown, ROTEM, "touched");
    await expect.poll(async () => unreadOf(page), PATIENT).toBe("2");
    await expect.poll(heard, PATIENT).toEqual({ contexts: 1, notes: 2 });
  });

  it("[UI276] shows nothing of the quiet hours before they end, and then what waited together", async ({
    expect,
  }) => {
    const quiet = { from: 540, until: 660, zone: "Asia/Seoul" };
    const shown = await show({ path: "/alerts", script: keeping({ quiet }) });
    const { page, log, live } = shown;
    await expect.poll(async () => positionOf(page), PATIENT).toBe(0);
    log.add(ROTEM, "touched");
    log.add(ROTEM, "confirmed");
    log.add(rowOfTicker("005930"), "near", { within: 3 });
    log.add(rowOfTicker("042700"), "failed");
    await announce(ROTEM, shown);
    await expect.poll(async () => positionOf(page), PATIENT).toBe(4);
    // What is read is shown in the same moment, or not: nothing is on its way any more.
    expect(await page.evaluate(SHOWN)).toEqual({ toasts: 0, listed: 0, title: "알림" });
    // The reader comes back after them.
    const late = 61 * 60_000;
    live.later(late);
    await page.clock.setFixedTime(MORNING + late);
    await page.reload();
    await page.locator(".toast[data-kind=events]", { hasText: "외 3건" }).waitFor();
    await expect.poll(async () => unreadOf(page), PATIENT).toBe("4");
    await expect.poll(async () => page.evaluate(SHOWN)).toMatchObject({ toasts: 1, listed: 4 });
  });

  it("[UI284][UI275] of two tabs one notifies, whichever leads, and the other once that is closed", async ({
    expect,
  }) => {
    const script = `${WINDOWS} localStorage["test.permission"] = "granted"; ${keeping({ channels: ["page", "notification"] })}`;
    const first = await show({ script });
    const { context, log } = first;
    await expect.poll(async () => positionOf(first.page), PATIENT).toBe(0);
    const second = await anotherTab(context, log, { script });
    const tabs = [first, second] as const;
    // It leads from its opening on, and reads at once.
    await expect.poll(() => second.reader.asked.length, PATIENT).toBeGreaterThan(0);
    const ids = [log.add(ROTEM, "touched").id];
    await announce(ROTEM, ...tabs);
    await expect.poll(async () => notified(second.page), PATIENT).toEqual(ids);
    for (const { page } of tabs) {
      await expect.poll(async () => unreadOf(page), PATIENT).toBe("1");
    }
    const before = first.reader.asked.length;
    await first.page.evaluate("dispatchEvent(new Event('focus'))");
    await expect.poll(() => first.reader.asked.length, PATIENT).toBeGreaterThan(before);
    ids.push(log.add(ROTEM, "confirmed").id);
    await announce(ROTEM, ...tabs);
    await expect.poll(async () => notified(second.page), PATIENT).toEqual(ids.toSorted());
    await expect.poll(async () => unreadOf(second.page), PATIENT).toBe("2");
    const asked = second.reader.asked.length;
    await first.page.close();
    await expect.poll(() => second.reader.asked.length, PATIENT).toBeGreaterThan(asked);
    ids.push(log.add(ROTEM, "failed").id);
    await announce(ROTEM, second);
    await expect.poll(async () => notified(second.page), PATIENT).toEqual(ids.toSorted());
    await expect.poll(async () => unreadOf(second.page), PATIENT).toBe("3");
    // Once more behind the last of them: nothing comes twice.
    await announce(ROTEM, second);
    await expect.poll(() => second.reader.asked.at(-1), PATIENT).toBe(3);
    expect(await notified(second.page)).toEqual(ids.toSorted());
  });

  it("[UI296] asks for the browser's permission at a press alone, and states what it has answered", async ({
    expect,
  }) => {
    const script = `${WINDOWS} ${keeping({ channels: ["page", "notification"] })}`;
    const shown = await show({
      path: "/alerts",
      script: `localStorage["test.answer"] = "denied"; ${script}`,
    });
    const { page } = shown;
    const asked = async (): Promise<unknown> => page.evaluate('localStorage["test.asked"] ?? "0"');
    await expect.poll(async () => positionOf(page), PATIENT).toBe(0);
    // A rule that asks for it, and an event of it, are no press; the rule states what is missing.
    await happen(shown, ROTEM, "confirmed");
    await expect.poll(async () => unreadOf(page), PATIENT).toBe("1");
    expect([await asked(), await notified(page)]).toEqual(["0", []]);
    const ways = page.locator("#device-channels");
    await page.locator("#rules").getByText("브라우저 알림이 아직 허용되지 않았습니다").waitFor();
    await ways.getByRole("button", { name: "알림 허용하기" }).click();
    await ways.locator(".notice", { hasText: "사이트 설정에서 알림을 허용으로 바꾼 뒤" }).waitFor();
    expect(await asked()).toBe("1");
    await expect.poll(async () => ways.getByRole("button", { name: "알림 허용하기" }).count()).toBe(0);
    // The reader follows that.
    await page.evaluate('localStorage["test.permission"] = "granted"');
    await page.reload();
    await ways.getByText("허용됨").waitFor();
    await expect.poll(async () => page.locator("#rules .notice").count()).toBe(0);
    await ways.getByRole("button", { name: "시험해 보기: 브라우저 알림" }).click();
    await ways.getByText("보냈습니다.").waitFor();
    expect([await asked(), await notified(page)]).toEqual(["1", ["test"]]);
  });

  it("[UI297] takes a notice as read whose link is followed, over the page and in the list of the day", async ({
    expect,
  }) => {
    const shown = await show({ path: "/runs", script: keeping({}) });
    const { page } = shown;
    await expect.poll(async () => positionOf(page), PATIENT).toBe(0);
    await happen(shown, ROTEM, "confirmed");
    const notice = page.locator(".toast[data-kind=events]", { hasText: ROTEM.name });
    await notice.getByRole("link").click();
    await notice.waitFor({ state: "detached" });
    await page.waitForURL(`**/signals/${ROTEM.id}`);
    await expect.poll(async () => unreadOf(page), PATIENT).toBe("0");
    await happen(shown, rowOfTicker("005930"), "touched");
    await expect.poll(async () => unreadOf(page), PATIENT).toBe("1");
    await page.locator(".bell").click();
    await page.locator("#today li[data-state=unread] a", { hasText: "피벗 터치" }).click();
    await page.waitForURL("**/signals/005930.*");
    await expect.poll(async () => unreadOf(page), PATIENT).toBe("0");
  });
});
