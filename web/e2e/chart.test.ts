/** The chart as a reader uses it: today's bar, its switches, its keys, wheel and touch, its marks, and the saved picture. */
import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, it } from "vitest";
import type { StockSignalsBody } from "../../worker/protocol/rest/signal-list.ts";
import { findingsOf } from "./accessibility.ts";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { chartOf } from "./stub-chart.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { detailOf, ROWS } from "./stub-signals.ts";

const TEST_MS = 90_000;
const PATIENCE_MS = 25_000;

const [ROW] = ROWS;
if (ROW === undefined) {
  throw new Error("The list has a row");
}
const { ticker: TICKER, id: ID } = ROW;
const CHART = chartOf(detailOf(ROW));
const PATH = `/signals/${ID}`;
const SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** One that failed, of an earlier base, and the drawn one. */
const EARLIER = {
  ...ROW,
  id: `${TICKER}.20240601.20240901`,
  state: "FAILED",
  grade: "B",
  signal_date: "2024-10-01",
  triggered_on: "2024-10-08",
} as const;
const SIGNALS_OF: StockSignalsBody = {
  exchange: "KRX",
  ticker: TICKER,
  signals: [ROW, EARLIER],
  count: 2,
  generated_at: "2025-06-13T16:00:00.000+09:00",
};
const ANSWERS: Readonly<Record<string, Answer>> = {
  [`/api/kr/stocks/${TICKER}/signals`]: { body: SIGNALS_OF },
  [`/api/kr/stocks/${TICKER}/chart`]: {
    body: { ...CHART, events: [{ type: "adjustment", date: "2024-12-02", factor: 0.5 }] },
  },
};

const stage = stagePage();

async function show(
  path = PATH,
  options: BrowserContextOptions = {},
  answers = ANSWERS,
): Promise<{ readonly page: Page; readonly live: StubbedLive; readonly complaints: readonly string[] }> {
  const { page, complaints } = await stage.open(options);
  page.setDefaultTimeout(PATIENCE_MS);
  await stubApi(page, answers);
  const live = await stubLive(page);
  await page.goto(`${stage.url()}${path}`);
  await page.locator(".chart-wait").waitFor({ state: "detached" });
  await page.locator(".chart-host canvas").first().waitFor();
  return { page, live, complaints };
}

/** What the canvases of the chart show, as one number that another picture does not have. */
const DRAWN = `[...document.querySelectorAll(".chart-host canvas")].reduce((sum, one) => {
  const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
  return data.reduce((hash, byte) => (hash * 31 + byte) | 0, sum);
}, 7)`;

const drawn = async (page: Page): Promise<number> => page.evaluate<number>(DRAWN);
const spoken = async (page: Page): Promise<string> => page.locator(".chart-panel [aria-live]").innerText();

describe("the chart", () => {
  it(
    "[UI180] grows a provisional bar with the feed's own open, high and low, and holds its volume against a whole day's mean",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const { page, live } = await show();
      const legend = page.locator(".chart-bar");
      await expect.poll(async () => legend.innerText()).toContain("2025-06-13");
      const before = await drawn(page);
      const close = CHART.bars.at(-1)?.close ?? 0;
      const session = {
        open: close + 100,
        high: close + 900,
        low: close - 200,
        change: 300,
        volume: 5_000_000,
      };
      await live.tick(TICKER, close + 300, 0.4, session);
      await legend.getByText("잠정").waitFor();
      const text = async () => legend.innerText();
      for (const value of [close + 100, close + 900, close - 200, close + 300]) {
        await expect.poll(text).toContain(value.toLocaleString("ko-KR"));
      }
      await expect.poll(text).toMatch(/50일 평균 대비 \d+%/u);
      await expect.poll(() => drawn(page)).not.toBe(before);
      // Without an open there is no candle, and the price is shown all the same.
      await live.tick(TICKER, close + 400, 0.5, { ...session, change: 400, open: null });
      await legend.getByText((close + 400).toLocaleString("ko-KR")).waitFor();
      await expect.poll(async () => legend.innerText()).toContain("–");
      // Another number of shares: nothing is drawn that would look like a fall.
      await live.tick(TICKER, Math.round(close / 5), 0, { ...session, change: 0 });
      await page.getByText("오늘 기준가가 직전 종가와 크게 달라").waitFor();
      await expect.poll(async () => legend.innerText()).not.toContain("잠정");
      await page.keyboard.press("t");
      await expect
        .poll(async () => page.locator(".chart-table tbody tr").first().innerText())
        .toContain("잠정");
    },
  );

  it(
    "[UI181][UI182] switches weeks, logarithm and the RS line by press and key, in the address and on the device",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const { page } = await show();
      const pressed = async (): Promise<readonly string[]> =>
        page.locator('.chart-tools [aria-pressed="true"]').allInnerTexts();
      await expect.poll(async () => pressed()).toEqual(["일봉", "RS 선"]);
      await expect.poll(async () => page.locator(".mean-rs").innerText()).toContain("KOSPI");
      const daily = await drawn(page);
      await page.getByRole("button", { name: "주봉" }).click();
      await page.locator(".chart-bar").getByText("2025-06-09 주").waitFor();
      await page.keyboard.press("l");
      await page.waitForURL("**/signals/*?bars=week&scale=log&rs=on");
      await page.getByRole("button", { name: "RS 선" }).click();
      await page.waitForURL("**?bars=week&scale=log&rs=off");
      await expect.poll(async () => page.locator(".mean-rs").count()).toBe(0);
      await expect.poll(async () => drawn(page)).not.toBe(daily);
      // The next share opens as this one was left, and an address wins over what is kept.
      await page.goto(`${stage.url()}${PATH}`);
      await page.locator(".chart-tools").waitFor();
      await expect.poll(async () => pressed()).toEqual(["주봉", "로그"]);
      await page.goto(`${stage.url()}${PATH}?bars=day&scale=linear&rs=on`);
      await page.locator(".chart-tools").waitFor();
      await expect.poll(async () => pressed()).toEqual(["일봉", "RS 선"]);
      await page.keyboard.press("Shift+W");
      await page.waitForURL("**?bars=week&scale=linear&rs=on");
      await page.keyboard.press("d");
      await page.waitForURL("**?bars=day&scale=linear&rs=on");
    },
  );

  it(
    "[UI182] states that there is no line where the server names no index",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const body = { ...CHART, index: null };
      const { page } = await show(PATH, {}, { [`/api/kr/stocks/${TICKER}/chart`]: { body } });
      const button = page.getByRole("button", { name: "RS 선" });
      await expect.poll(async () => button.isDisabled()).toBe(true);
      await expect.poll(async () => button.getAttribute("title")).toContain("지수가 없어");
      await expect.poll(async () => page.locator(".mean-rs").count()).toBe(0);
    },
  );

  it(
    "[UI183] is read and zoomed by keyboard, speaks the day, and lets go with Escape and Tab",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const { page } = await show();
      const host = page.locator(".chart-host");
      await host.focus();
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => spoken(page)).toMatch(/^2025-06-13, 시가 .*종가 .*거래량 .*평균/u);
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => spoken(page)).toMatch(/^2025-06-12/u);
      await expect.poll(async () => page.locator(".chart-tip").innerText()).toContain("2025-06-12");
      const before = await drawn(page);
      await page.keyboard.press("+");
      await expect.poll(() => drawn(page)).not.toBe(before);
      await page.keyboard.press("Home");
      await expect.poll(() => spoken(page)).toContain(CHART.bars[0]?.date ?? "?");
      await page.keyboard.press("End");
      await expect.poll(() => spoken(page)).toMatch(/^2025-06-13/u);
      await page.keyboard.press("Escape");
      await page.locator(".chart-tip").waitFor({ state: "detached" });
      await page.keyboard.press("ArrowLeft");
      await page.locator(".chart-tip").waitFor();
      await page.keyboard.press("Tab");
      await page.locator(".chart-tip").waitFor({ state: "detached" });
      await expect
        .poll(async () => page.evaluate("document.activeElement.closest('.chart-host')"))
        .toBeNull();
    },
  );

  it(
    "[UI183] zooms with Ctrl and the wheel over it; the wheel alone scrolls the page",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const { page } = await show(PATH, { viewport: { width: 1_440, height: 600 } });
      const box = await page.locator(".chart-host").boundingBox();
      await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 150);
      const scrolled = async (): Promise<number> => page.evaluate<number>("window.scrollY");
      await page.locator(".chart-tip").waitFor();
      const before = await drawn(page);
      await page.keyboard.down("Control");
      await page.mouse.wheel(0, -240);
      await expect.poll(() => drawn(page)).not.toBe(before);
      await expect.poll(async () => scrolled()).toBe(0);
      await page.keyboard.up("Control");
      // The pointer rests over the chart all the while.
      await page.mouse.wheel(0, 60);
      await expect.poll(scrolled).toBe(60);
    },
  );

  it(
    "[UI308] stands beside a calculator whose risk is in won, if the reader wants it so",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const { page } = await show();
      const card = page.locator(".position");
      const field = (name: string) => card.locator(`input[name=${name}]`);
      await card.locator("summary").click();
      await field("equity").fill("1,000만");
      await card.getByRole("button", { name: "원", exact: true }).click();
      // What the per cent came to, then what is typed, and both at the next visit.
      await expect.poll(async () => field("risk").inputValue()).toBe("100,000");
      await field("risk").fill("20만");
      await expect.poll(async () => card.locator("output").innerText()).toBe("49주");
      await page.reload();
      await expect.poll(async () => field("risk").inputValue()).toBe("200,000");
      await card.getByRole("button", { name: "자금의 %" }).click();
      await expect.poll(async () => field("risk").inputValue()).toBe("1");
    },
  );

  it(
    "[UI185] marks earlier signals with their outcome, actions and days without trading, as a picture and as a list",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const { page } = await show();
      await page.getByText("차트의 표시 3개").click();
      const lines = async () => page.locator(".chart-marks li").allInnerTexts();
      await expect.poll(async () => (await lines())[0]).toContain("2024-12-02 권리락 등: 이전 가격 ×0.5000");
      const halted = CHART.bars.findIndex(({ open }) => open === null);
      await expect
        .poll(async () => (await lines()).join("\n"))
        .toContain(`${CHART.bars[halted]?.date} 거래 없음 1일`);
      await expect
        .poll(async () => (await lines()).join("\n"))
        .toMatch(/2024-10-08 이전 시그널 B · 실패 · 20거래일 후 [+−]\d/u);
      await expect
        .poll(async () => page.locator(`.chart-marks a[href="/signals/${EARLIER.id}"]`).count())
        .toBe(1);
      await expect.poll(async () => page.locator(`.chart-marks a[href="/signals/${ID}"]`).count()).toBe(0);
    },
  );

  it(
    "[UI186] saves a picture with name, code, day and the sentence that it is no recommendation",
    { timeout: TEST_MS },
    async ({ expect }) => {
      const { page, complaints } = await show();
      // The letters of a picture cannot be read back, so what is written into it is listened to.
      await page.evaluate(`(() => {
        const write = CanvasRenderingContext2D.prototype.fillText;
        window.written = [];
        CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
          if (!this.canvas.isConnected) window.written.push(text);
          return write.call(this, text, ...rest);
        };
      })()`);
      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "PNG 저장" }).click();
      const download = await saving;
      expect(download.suggestedFilename()).toBe(`${TICKER}-2025-06-13.png`);
      const bytes = await readFile(await download.path());
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
      const host = await page.locator(".chart-host").boundingBox();
      expect(Math.abs(width - (host?.width ?? 0))).toBeLessThan(3);
      expect(height).toBeGreaterThan((host?.height ?? 0) + 60);
      const written = await page.evaluate<readonly string[]>("window.written");
      expect(written).toContain(`${ROW.name} ${TICKER} · 2025-06-13`);
      expect(written.join(" ")).toContain("매수·매도 권유가 아님");
      expect(complaints).toEqual([]);
    },
  );

  it.for([
    { width: 360, locale: "ko-KR", colorScheme: "light" },
    { width: 360, locale: "en-US", colorScheme: "dark" },
    { width: 1_440, locale: "en-US", colorScheme: "light" },
    { width: 1_440, locale: "ko-KR", colorScheme: "dark", forcedColors: "active" },
  ] as const)(
    "[UI187] has no automatic finding and no sideways scroll: %o",
    { timeout: TEST_MS },
    async ({ width, ...options }, { expect }) => {
      const viewport = { width, height: 900 };
      const { page, live, complaints } = await show(PATH, { ...options, viewport, reducedMotion: "reduce" });
      await live.tick(TICKER, CHART.bars.at(-1)?.close ?? 0, 0, { change: 0 });
      await page.locator(".chart-marks summary").click();
      await page.locator(".chart-host").focus();
      await page.keyboard.press("ArrowLeft");
      await expect.poll(() => spoken(page)).not.toBe("");
      // On a narrow screen the values stand over the chart and cover none of it.
      await expect.poll(async () => page.locator(".chart-tip").count()).toBe(width === 360 ? 0 : 1);
      expect(await findingsOf(page)).toEqual([]);
      await expect.poll(async () => page.evaluate<number>(SIDEWAYS)).toBe(0);
      if (width === 360) {
        for (const button of await page.locator(".chart-panel button").all()) {
          await expect.poll(async () => (await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
        }
      }
      expect(complaints).toEqual([]);
    },
  );
});
