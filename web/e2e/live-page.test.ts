/** The dashboard while the market moves: what wakes, what stays, and what is announced. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, it } from "vitest";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { GATE, INDICES, PRICES, STATUS } from "./stub-market.ts";
import { eventsOf } from "./stub-pages.ts";
import { detailOf, ROWS, SIGNALS } from "./stub-signals.ts";

const stage = stagePage();

interface Shown extends OpenPage {
  readonly live: StubbedLive;
}

interface Setting {
  /** The page's clock can be made to stand still. */
  readonly hasClock?: boolean;
  readonly live?: Parameters<typeof stubLive>[1];
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly browser?: BrowserContextOptions;
}

async function show(setting: Setting = {}): Promise<Shown> {
  const page = await stage.open({ ...setting.browser });
  if (setting.hasClock === true) {
    await page.page.clock.install();
  }
  await stubApi(page.page, setting.answers);
  const live = await stubLive(page.page, setting.live);
  await page.page.goto(`${stage.url()}${WHOLE_LIST}`);
  await page.page.locator(".signal-name").first().waitFor();
  return { ...page, live };
}

async function names(page: Page): Promise<readonly string[]> {
  return page.locator(".signals .row-link").allTextContents();
}

function first(): SignalRow {
  const [row] = ROWS;
  if (!row) {
    throw new Error("The stub has rows");
  }
  return row;
}

const DAY = "2025-06-16";
const PATIENT = { timeout: 10_000 };
const NO_FEED = { state: "none", clock: null, session: null } as const;

const DEMO_ROWS = ROWS.map((row, i) => ({ ...row, ticker: `D0000${i}` }));

/** Every answer of the demo: one of another exchange would be a switch. */
const DEMO: Readonly<Record<string, Answer>> = {
  "/api/kr/signals": { body: { ...SIGNALS, exchange: "DEMO", signals: DEMO_ROWS } },
  "/api/kr/scan/status": { body: { ...STATUS, exchange: "DEMO" } },
  "/api/kr/market-gate": { body: { ...GATE, exchange: "DEMO" } },
  "/api/kr/indices": { body: { ...INDICES, exchange: "DEMO" } },
  "/api/kr/realtime-prices": { body: { ...PRICES, exchange: "DEMO", prices: {} } },
};

/** As many rows as a long list has, far from the pivot by their number. */
function manyRows(count: number): readonly SignalRow[] {
  return Array.from({ length: count }, (_, i) => ({
    ...first(),
    id: `many-${i}`,
    ticker: String(100_000 + i),
    name: `종목 ${i}`,
    distance_pct: -i / 100,
    current_price: null,
  }));
}

describe("live dashboard", () => {
  it("[UI24] moves price, change and distance of the one symbol that ticked", async ({ expect }) => {
    const { page, live } = await show();
    const row = page.locator(".signal-row", { hasText: "삼성전자" });
    const others = page.locator(".signal-row", { hasNotText: "삼성전자" });
    await page.locator('.connection[data-state="live"], .connection[data-state="quiet"]').waitFor();
    // The closes are here.
    await page.locator(".signals .change.up").first().waitFor();
    const before = await others.allTextContents();
    await live.tick("005930", 72_619, 2.5);
    await row.locator("td", { hasText: "72,619" }).waitFor();
    await expect
      .poll(async () => row.locator("td").allTextContents())
      .toEqual(expect.arrayContaining(["+1.00%", "▲+2.50%", "72,619"]));
    await expect.poll(async () => others.allTextContents()).toEqual(before);
    // Its quote is missing: the change is unknown, not 0.
    const missing = page.locator(".signal-row", { hasText: ROWS.at(-1)?.name ?? "" });
    await expect.poll(async () => missing.locator("td").nth(1).textContent()).toBe("–");
  });

  it("[UI18] keeps every row where it is under the pointer, and sorts on the key or when let go", async ({
    expect,
  }) => {
    const { page, live } = await show();
    const before = await names(page);
    await page.locator(".signal-row").nth(2).hover();
    await live.tick(ROWS.find(({ name }) => name === before[5])?.ticker ?? "", 48_350, 1);
    await live.change([], [ROWS.find(({ name }) => name === before[1])?.id ?? ""], null);
    await page.getByRole("button", { name: "다시 정렬" }).waitFor();
    await page.locator(".signal-row").nth(1).getByText("목록에서 빠짐").waitFor();
    await expect.poll(async () => names(page)).toEqual(before);
    await page.keyboard.press("s");
    await page.locator(".signal-row", { hasText: before[1] ?? "" }).waitFor({ state: "detached" });
    await expect.poll(async () => (await names(page))[0]).toBe(before[5]);
  });

  it("[UI18] sorts again when the pointer leaves", async ({ expect }) => {
    const { page, live } = await show();
    const before = await names(page);
    await page.locator(".signal-row").nth(2).hover();
    await live.change([], [ROWS.find(({ name }) => name === before[1])?.id ?? ""], null);
    await page.getByText("목록에서 빠짐").waitFor();
    await page.mouse.move(5, 5);
    await page.getByText("목록에서 빠짐").waitFor({ state: "detached" });
    await expect.poll(async () => names(page)).toEqual(before.filter((_, i) => i !== 1));
  });

  it("[UI19] shows that the connection is lost, keeps the list, and reconnects on request", async ({
    expect,
  }) => {
    const { page, live } = await show({ hasClock: true });
    await page.locator('.connection[data-state="live"], .connection[data-state="quiet"]').waitFor();
    // From here on time stands still: the page does not come back by itself, and what it shows then does not pass.
    await page.clock.pauseAt(Date.now() + 10_000);
    await live.cut();
    await page.locator('.connection[data-state="reconnecting"]', { hasText: "재연결" }).waitFor();
    await expect.poll(async () => page.locator(".signal-row").count()).toBe(ROWS.length);
    live.restore();
    await page.getByRole("button", { name: "다시 연결" }).click();
    /** What the badge shows after a little of the page's own time: less than any of its states lasts. */
    const after = async (ms: number): Promise<string | null> => {
      await page.clock.runFor(ms);
      return page.locator(".connection").textContent();
    };
    await expect.poll(async () => after(200), PATIENT).toContain("복구됨");
    // A recovery is shown for a moment only.
    await expect.poll(async () => after(1_000), PATIENT).not.toContain("복구됨");
  });

  it("[UI19][UI23] calls a market without a feed so, and offers no pause where nothing moves", async ({
    expect,
  }) => {
    const { page } = await show({ live: { feed: NO_FEED } });
    await page.locator(".connection", { hasText: "실시간 시세 없음" }).waitFor();
    await expect.poll(async () => page.locator(".connection button, .pause").count()).toBe(0);
    await expect.poll(async () => page.locator(".session").textContent()).toContain("KST");
    await page.keyboard.press("p");
    await expect.poll(async () => page.locator(".connection").getAttribute("data-state")).toBe("closed");
  });

  it("[UI33] states beside every close of which day it is, and of old ones how old", async ({ expect }) => {
    const { page } = await show({ live: { feed: NO_FEED } });
    await page.locator(".connection", { hasText: "실시간 시세 없음" }).waitFor();
    await page.locator(".indices .as-of").first().waitFor();
    await expect
      .poll(async () => page.locator(".indices .as-of").allTextContents())
      .toEqual(["2025-06-13 종가", "2025-06-13 종가"]);
    await expect
      .poll(async () => page.locator(".signal-panel .as-of").textContent())
      .toBe("2025-06-13 종가 기준");
    await expect
      .poll(async () => page.locator(".gate-card .panel-head").textContent())
      .toContain("2025-06-13 종가 기준");
    await expect.poll(async () => page.locator("th.at-colPrice").textContent()).toBe("종가");
    await expect
      .poll(async () => page.locator(".old-note").textContent())
      .toMatch(/^2025-06-13 종가입니다. [0-9,]+일 전의 값입니다/);
  });

  it("[UI23] holds everything back on pause, shows how much waits, and shows the last on resume", async ({
    expect,
  }) => {
    const { page, live } = await show();
    await page.locator('.connection[data-state="live"], .connection[data-state="quiet"]').waitFor();
    await page.keyboard.press("p");
    await page.locator('.connection[data-state="paused"]').waitFor();
    await live.tick("005930", 70_001, 1);
    await live.tick("005930", 70_002, 1);
    await page.locator(".connection", { hasText: "변경 1건 대기" }).waitFor();
    await expect.poll(async () => page.locator(".signals").textContent()).not.toContain("70,00");
    await page.getByRole("button", { name: "재개" }).click();
    await page.locator("td", { hasText: "70,002" }).waitFor();
  });

  it("[UI20] shows what changed since the scan, from which state to which and why; a fresh page counts the same", async ({
    expect,
  }) => {
    const at = "2025-06-16T09:20:00.000+09:00";
    const moved = { ...first(), state: "TRIGGERED" as const, updated_at: at };
    const events = [
      ...eventsOf(detailOf(first())).events,
      {
        seq: 4,
        session: DAY,
        from: "READY",
        to: "TRIGGERED",
        reason: "triggered",
        values: {},
        at,
        run_id: "",
        superseded_by: null,
      },
    ];
    const answers = {
      [`/api/kr/signals/${first().id}/events`]: { body: { ...eventsOf(detailOf(first())), events } },
    };
    const { page, live } = await show({ answers });
    await page.locator('.connection[data-state="live"], .connection[data-state="quiet"]').waitFor();
    await live.change([moved], [ROWS[1]?.id ?? ""], null);
    await page.locator(".changes-card").getByRole("button", { name: "모두 보기" }).click();
    const item = page.locator(".change-item", { hasText: first().name });
    await item.locator(".change-reason", { hasText: "진입 기준가 도달" }).waitFor();
    await expect.poll(async () => item.textContent()).toMatch(/임박.*→.*피벗 터치/);
    const counts = page.locator(".change-counts");
    await expect.poll(async () => counts.textContent()).toBe("신규 0변경 1종료 0이 화면을 연 뒤 종료 1");

    await page.context().close();
    const rows = [moved, ...ROWS.slice(2)];
    const fresh = await show({
      answers: { ...answers, "/api/kr/signals": { body: { ...SIGNALS, signals: rows, count: rows.length } } },
      live: { rows },
    });
    await fresh.page.locator(".changes-card").getByRole("button", { name: "모두 보기" }).click();
    await fresh.page.locator(".change-item", { hasText: first().name }).waitFor();
    await expect
      .poll(async () => fresh.page.locator(".change-counts").textContent())
      .toBe("신규 0변경 1종료 0");
  });

  it("[UI25] never speaks a price", async ({ expect }) => {
    const { page, live } = await show();
    await live.tick("005930", 70_001, 1);
    await page.locator("td", { hasText: "70,001" }).waitFor();
    const spoken = page.locator("output, [role=status], [role=alert], [aria-live]");
    await expect.poll(async () => spoken.count()).toBeGreaterThan(0);
    await expect.poll(async () => (await spoken.allTextContents()).join(" ")).not.toMatch(/[0-9],[0-9]{3}/);
    await expect.poll(async () => page.locator("[aria-live] .signals, output .price").count()).toBe(0);
  });

  it("[UI26] keeps a few rows of three hundred, reaches the last by keyboard and loses no focus", async ({
    expect,
  }) => {
    const rows = manyRows(300);
    const { page, complaints } = await show({
      live: { rows },
      answers: { "/api/kr/signals": { body: { ...SIGNALS, signals: rows, count: rows.length } } },
    });
    await page.locator(".signals tr.gap").waitFor();
    await expect.poll(async () => page.locator(".signal-row").count()).toBeLessThan(60);
    // Rows that do not exist take no space from those that do.
    await expect
      .poll(async () =>
        page.evaluate<number>(
          "document.querySelector('.signals').clientWidth - document.querySelector('.signal-row').lastElementChild.getBoundingClientRect().right + document.querySelector('.signals').getBoundingClientRect().left",
        ),
      )
      .toBeLessThan(2);
    await expect.poll(async () => page.locator(".signals").getAttribute("aria-rowcount")).toBe("301");
    await page.keyboard.press("j");
    await page.locator(".row-link:focus", { hasText: /^종목 0$/ }).waitFor();
    await page.keyboard.press("End");
    await page.locator(".row-link:focus", { hasText: "종목 299" }).waitFor();
    await expect
      .poll(async () => page.locator(".signal-row", { hasText: "종목 299" }).getAttribute("aria-rowindex"))
      .toBe("301");
    await expect.poll(async () => page.locator(".signal-row").count()).toBeLessThan(60);
    await page.evaluate("scrollTo(0, 0)");
    await page.locator(".row-link", { hasText: /^종목 1$/ }).waitFor();
    await expect.poll(async () => page.locator(".row-link:focus").textContent()).toBe("종목 299");
    expect(complaints).toEqual([]);
  });

  it("[UI26] does the same with cards on a phone", async ({ expect }) => {
    const rows = manyRows(300);
    const { page } = await show({
      live: { rows },
      answers: { "/api/kr/signals": { body: { ...SIGNALS, signals: rows, count: rows.length } } },
      browser: { viewport: { width: 390, height: 800 } },
    });
    await page.locator(".signal-cards li.gap").waitFor();
    await expect.poll(async () => page.locator(".signal-card").count()).toBeLessThan(60);
    // Cards are measured when they are there: the end moves while one scrolls to it.
    await expect
      .poll(async () => {
        await page.evaluate("scrollTo(0, document.body.scrollHeight)");
        return page.locator(".signal-card", { hasText: "종목 299" }).count();
      }, PATIENT)
      .toBe(1);
  });

  it("[UI12] shows the demo's own clock beside its ribbon", async ({ expect }) => {
    const { page } = await show({
      live: { exchange: "DEMO", rows: DEMO_ROWS, feed: { clock: "2026-01-05T10:31:00.000+09:00" } },
      answers: DEMO,
    });
    await page.locator(".ribbon").waitFor();
    await page.locator(".session", { hasText: "데모 시계" }).waitFor();
    await expect.poll(async () => page.locator(".session").textContent()).toContain("01-05 10:31");
  });
});
