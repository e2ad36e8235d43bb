/** The alerts of a device in a real browser: from the key at a signal to the notice over the page, its count, and the list of the day. */
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import { assert } from "../../worker/core/assert.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { MORNING } from "../store/alerts/stage-alerts.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { type EventReader, StubbedLog } from "./stub-events.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { eventsOf } from "./stub-pages.ts";
import { detailOf, ROWS, SIGNALS } from "./stub-signals.ts";

const PATIENT = { timeout: 15_000, interval: 50 };

const stage = stagePage();

/** The log of events with a page that reads it. */
interface Shown extends OpenPage {
  readonly log: StubbedLog;
  readonly reader: EventReader;
  readonly live: StubbedLive;
}

/** Under ids as the server makes them: the key reads the share of a page from its address. */
const LISTED: readonly SignalRow[] = ROWS.map((row) => ({ ...row, id: `${row.ticker}.20250304.20250520` }));
const ANSWERS: Readonly<Record<string, Answer>> = {
  "/api/kr/signals": { body: { ...SIGNALS, signals: [...LISTED] } },
  ...Object.fromEntries(
    LISTED.flatMap((row) => [
      [`/api/kr/signals/${row.id}`, { body: detailOf(row) }],
      [`/api/kr/signals/${row.id}/events`, { body: eventsOf(detailOf(row)) }],
    ]),
  ),
};

function rowOfTicker(ticker: string): SignalRow {
  const row = LISTED.find((one) => one.ticker === ticker);
  assert(row !== undefined, "The stub lists the share");
  return row;
}

const ROTEM = rowOfTicker("064350");

/** A page whose clock and whose server's clock show the same morning, whatever the hour of the machine. */
async function show(path = WHOLE_LIST): Promise<Shown> {
  const opened = await stage.open();
  const { page } = opened;
  const log = new StubbedLog();
  await page.clock.setFixedTime(MORNING);
  await stubApi(page, ANSWERS);
  const reader = await log.serve(page);
  const live = await stubLive(page, { rows: LISTED });
  live.later(MORNING - Date.now());
  await page.goto(`${stage.url()}${path}`);
  // What takes the keys loads behind the rows, with the region.
  await page.locator(".toasts").waitFor({ state: "attached" });
  return { ...opened, log, reader, live };
}

/** How far the browser has read, by what it keeps. */
async function positionOf(page: Page): Promise<number | null> {
  return page.evaluate<number | null>(`JSON.parse(localStorage["vcp.notices.KRX"] ?? "{}").position ?? null`);
}

/** An event in the log, and the message behind which it is read. */
async function happen(
  { log, live }: Pick<Shown, "log" | "live">,
  row: SignalRow,
  kind: string,
): Promise<void> {
  log.add(row, kind);
  await live.change([{ ...row, state: "CONFIRMED" }], [], null);
}

describe("the alerts of a device", () => {
  it("[UI295] from the key at a signal to its notice over the page, the count in title, bell and icon, and the list of the day", async ({
    expect,
  }) => {
    const shown = await show();
    const { page, complaints } = shown;
    const row = page.locator(`[data-row="${ROTEM.id}"] .row-link`);
    await row.focus();
    // Waited for before it comes: it stands for six seconds.
    const asked = page.locator(".toast[data-kind=asked]", { hasText: ROTEM.name }).waitFor();
    await page.keyboard.press("a");
    await asked;
    await expect.poll(async () => positionOf(page), PATIENT).toBe(0);
    // Neither in what prices redraw, nor spoken twice: a child of the region of the notices.
    const notice = page
      .locator("main > output.toasts > .toast[data-kind=events]", { hasText: `돌파 확정 · ${ROTEM.name}` })
      .waitFor();
    await happen(shown, ROTEM, "confirmed");
    await notice;
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
});
