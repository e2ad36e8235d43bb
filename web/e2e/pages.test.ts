/** The pages behind the dashboard, and the keys that lead through them. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, it } from "vitest";
import type { OpenPage } from "./browser.ts";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { RUN_DONE, STATUS } from "./stub-market.ts";
import { RUN_FULL } from "./stub-pages.ts";
import { MISSED_EVENING } from "./stub-status.ts";
import { detailOf, ROWS } from "./stub-signals.ts";
import { LACKING } from "./stub-stock.ts";
import { eventually } from "../../worker/testing/eventually.ts";

/** A long walk through widths, on a machine that may be slow. */
const WALK_MS = 120_000;

const SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
const SIGNAL = ROWS[0]?.id ?? "";

const PATIENT = { timeout: 10_000 };

const PATHS = [
  { path: `/signals/${SIGNAL}`, ready: ".chart-host canvas" },
  { path: "/s/068270", ready: ".form-checklist" },
  { path: "/runs", ready: ".runs tbody tr" },
  { path: "/status", ready: ".state-list li" },
  { path: "/performance", ready: ".outcomes tbody tr, .outcome-cards li" },
  { path: `/runs/${RUN_FULL.id}`, ready: ".rejects li" },
] as const;

/** How the cells of all tables of the page are laid out. */
const LAID_OUT =
  '[...new Set([...document.querySelectorAll("th, td")].map((one) => getComputedStyle(one).display))]';

const stage = stagePage();

interface Shown extends OpenPage {
  readonly live: StubbedLive;
}

async function show(
  path: string,
  answers: Readonly<Record<string, Answer>> = {},
  options?: BrowserContextOptions,
): Promise<Shown> {
  const page = await stage.open({ ...options });
  await stubApi(page.page, answers);
  const live = await stubLive(page.page);
  await page.page.goto(`${stage.url()}${path}`);
  return { ...page, live };
}

/** Two keys in a row must not be far apart in time, which a slow machine cannot promise: again, until one is there. */
async function goByKeys(page: Page, key: string, ready: string): Promise<void> {
  await eventually(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.locator(ready).first().waitFor({ timeout: 3_000 });
  }, WALK_MS);
}

describe("pages", () => {
  it("[UI21] draws the chart without a complaint of the policy, names what it shows, and credits its maker", async ({
    expect,
  }) => {
    const { page, complaints } = await show(`/signals/${SIGNAL}`);
    await page.locator(".chart-host canvas").first().waitFor();
    await expect
      .poll(async () => page.locator("figure.chart-frame").getAttribute("aria-label"))
      .toBe("좌측 고점 71,900 (2025-03-04)부터 3회 수축 −15.0%, −8.0%, −4.0%, 피벗 71,900, 손절 67,942");
    await expect
      .poll(async () => page.locator('.chart-credit a[href="https://www.tradingview.com/"]').count())
      .toBe(1);
    // The theme reaches the canvas, which has no styles of its own.
    const corner = async (): Promise<string | null> =>
      page.evaluate<string | null>(
        "[...document.querySelectorAll('.chart-host canvas')].map((one) => one.getContext('2d').getImageData(2, 2, 1, 1).data).filter((one) => one[3] > 0).map((one) => one.join())[0] ?? null",
      );
    await expect.poll(corner, PATIENT).toBe("255,255,255,255");
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(corner, PATIENT).toBe("21,24,30,255");
    expect(complaints).toEqual([]);
  });

  it("[UI82] a missed evening names its session, why, and what takes over, and keeps list and funnel of the scan before", async ({
    expect,
  }) => {
    const step = {
      ...RUN_DONE,
      id: "step",
      status: "skipped",
      as_of: null,
      funnel: null,
      diff: null,
    } as const;
    const status = { ...STATUS, overdue: true, missing: MISSED_EVENING, last_run: step, last_done: RUN_DONE };
    const { page } = await show("/", { "/api/kr/scan/status": { body: status } });
    const notice = page.locator(".missing-scan");
    await notice.waitFor();
    await expect.poll(async () => notice.count()).toBe(1);
    await expect
      .poll(async () => notice.textContent())
      .toBe(
        "2025-06-13 거래일의 스캔이 06-13 15:45 KST까지 완료되어야 했습니다. 목록과 시그널은 이전 스캔 기준입니다. 2025-06-13 장 마감 시세: 실패, 한국투자증권 KIS에서 응답하지 않았습니다. 06-16 08:05 KST에 거래소 공식 시세로 대체됩니다.상태 자세히",
      );
    await expect.poll(async () => page.locator(".scan-card .funnel li").count()).toBe(5);
    const refused = {
      ...STATUS,
      overdue: true,
      missing: { ...MISSED_EVENING, has_rows: true, outcome: null, reason: "jump: 9 of 40", next: null },
    };
    const other = await show("/", { "/api/kr/scan/status": { body: refused } });
    await other.page.locator(".missing-scan").waitFor();
    await expect
      .poll(async () => other.page.locator(".missing-scan").textContent())
      .toContain("시세는 수신했지만 스캔하지 않았습니다");
  });

  it("[UI21] gives the same as a table, newest first, with a gap shown as a dash", async ({ expect }) => {
    const { page } = await show(`/signals/${SIGNAL}`);
    await page.locator(".chart-host canvas").first().waitFor();
    await page.keyboard.press("t");
    const rows = page.locator(".chart-table tbody tr");
    await rows.first().waitFor();
    await expect.poll(async () => rows.count()).toBe(60);
    await expect.poll(async () => rows.first().textContent()).toContain("2025-06-13");
    await expect.poll(async () => page.locator(".chart-host").count()).toBe(0);
    while ((await page.getByRole("button", { name: "60일 더 보기" }).count()) > 0) {
      await page.getByRole("button", { name: "60일 더 보기" }).click();
    }
    await expect.poll(async () => rows.count()).toBe(480);
    await expect.poll(async () => rows.nth(229).locator("td").first().textContent()).toBe("–");
  });

  it("[UI21] falls back to the table when the chart's code does not come", async ({ expect }) => {
    const { page } = await show("/runs");
    await page.route("**/vcp-chart-*.js", async (route) => route.abort());
    await page.goto(`${stage.url()}/signals/${SIGNAL}`);
    await page.getByText("차트를 표시할 수 없어").waitFor();
    await expect.poll(async () => page.locator(".chart-table tbody tr").count()).toBe(60);
  });

  it("[UI10][UI10a][UI30] shows score and life of a signal, latest first, and follows its price and state", async ({
    expect,
  }) => {
    const row = ROWS[0];
    const moved = row && {
      ...detailOf(row),
      state: "TRIGGERED" as const,
      reason: "triggered",
      triggered_on: "2025-06-16",
    };
    const { page, live } = await show(`/signals/${SIGNAL}`);
    await page.locator(".event").first().waitFor();
    const events = async () => page.locator(".event-line").allTextContents();
    await expect.poll(events).toHaveLength(3);
    await expect.poll(async () => (await events())[0]).toContain("피벗에 접근");
    await expect.poll(async () => (await events())[2]).toContain("신규 포착");
    const takenBack = async () => page.locator(".event-superseded").allTextContents();
    await expect.poll(takenBack).toHaveLength(1);
    await expect.poll(async () => (await takenBack())[0]).toContain("정정으로 취소");
    await page.locator(".score-details summary").click();
    // Four parts and their terms.
    await expect
      .poll(async () => page.locator(".score-details tbody tr").count())
      .toBe(4 + Object.keys(row ? detailOf(row).score_terms : {}).length);
    await live.tick("005930", 72_100, 2);
    await page.locator(".quote-price", { hasText: "72,100" }).waitFor();
    await expect.poll(async () => page.locator(".head-distance").textContent()).toContain("+0.28%");
    // From when it is goes with it.
    const before = await page.locator(".quote-time", { hasText: "KST" }).textContent();
    live.later(90_000);
    await live.tick("005930", 72_200, 2.1);
    await expect.poll(async () => page.locator(".quote-time").textContent()).not.toBe(before);
    await page.route(`**/api/kr/signals/${SIGNAL}`, async (route) => route.fulfill({ json: moved }));
    if (row) {
      await live.change(
        [{ ...row, state: "TRIGGERED", updated_at: "2025-06-16T09:20:00.000+09:00" }],
        [],
        null,
      );
    }
    await page.locator(".page-facts", { hasText: "진입 기준가 도달" }).waitFor();
    // Levels, conditions and score stand still from here on, and state since when.
    await expect
      .poll(async () => page.locator(".measured-on").allTextContents())
      .toEqual(Array.from({ length: 4 }, () => "2025-06-13 종가 기준 · 돌파 직전 값"));
  });

  it("[UI10] states of an ended signal when and why it ended, and of an unknown one that it is unknown", async ({
    expect,
  }) => {
    const row = ROWS[0];
    const ended = row && {
      ...detailOf(row),
      state: "FAILED" as const,
      reason: "PIVOT_FAIL",
      ended_on: "2025-06-16",
    };
    const { page } = await show(`/signals/${SIGNAL}`, {
      [`/api/kr/signals/${SIGNAL}`]: { body: ended ?? {} },
    });
    await page.getByText("2025-06-16 종료된 시그널입니다. 돌파 후 손절가 이탈").waitFor();
    await expect.poll(async () => page.locator(".head-distance").count()).toBe(0);
    await page.goto(`${stage.url()}/signals/000000.20250101.20250201`);
    await page.getByText("이 시그널을 찾을 수 없습니다").waitFor();
  });

  it("[UI22] lists the scans and shows of one its funnel, its rejects in plain text and its changes", async ({
    expect,
  }) => {
    const { page } = await show("/runs");
    await page.locator(".runs tbody tr").first().waitFor();
    // A class of another part that lays its children out differently would break the rows apart.
    await expect.poll(async () => page.evaluate(LAID_OUT)).toEqual(["table-cell"]);
    await expect
      .poll(async () => page.locator(".runs tbody tr").allTextContents())
      .toEqual([
        expect.stringMatching(/06-13 18:20정기.*완료.*2,761.*9.*2 · 1 · 2.*2\.0초/),
        expect.stringMatching(/06-12 18:20정기/),
        expect.stringMatching(/수동.*실패실행 중에 중단됨–––– · – · –/),
        expect.stringMatching(/건너뜀일봉 데이터 없음/),
      ]);
    await page.locator(".runs .row-link").first().click();
    await page.locator(".rejects li").first().waitFor();
    await expect.poll(async () => page.locator(".funnel li").count()).toBe(5);
    await expect
      .poll(async () => page.locator(".rejects li").first().textContent())
      .toContain("거래대금 부족");
    await expect.poll(async () => page.locator(".rejects li", { hasText: "CT99" }).count()).toBe(1);
    // An ended signal is on no list; one that the master does not know keeps its ticker as name.
    await expect
      .poll(async () => page.locator(".run-diff > div:last-child a").allTextContents())
      .toEqual(["셀트리온", "000660"]);
    await page.goto(`${stage.url()}/runs/none`);
    await page.getByText("이 스캔을 찾을 수 없습니다").waitFor();
  });

  it("[UI27] names of a share that is no candidate which rule stands in the way, with value and threshold", async ({
    expect,
  }) => {
    const { page } = await show("/");
    await page.locator(".signal-row").first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("셀트");
    await page.locator(".search-found a", { hasText: "셀트리온" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".why-not").waitFor();
    await expect
      .poll(async () => page.locator(".why-not").textContent())
      .toMatch(
        new RegExp(`${LACKING.ko} ${LACKING.id}.*13\\.7%.*≤ ${(100 * LACKING.limit).toFixed(1)}%`, "u"),
      );
    await page.goto(`${stage.url()}/s/999999`);
    await page.getByText("이 거래소에 없는 종목입니다").waitFor();
  });

  it("[UI28] leads everywhere by keys, and lets single keys be switched off", async ({ expect }) => {
    const { page } = await show("/");
    await page.locator(".signal-row").first().waitFor();
    await goByKeys(page, "r", ".runs tbody tr");
    await goByKeys(page, "d", ".signal-row");
    await page.keyboard.press("?");
    await page.getByRole("checkbox", { name: "단일 키 단축키 사용" }).uncheck();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.keyboard.press("p");
    await page.locator(".pause", { hasText: "실시간 일시정지" }).waitFor();
    await expect.poll(() => new URL(page.url()).pathname).toBe("/");
  });

  it("[UI29] turns the colours of change on request and keeps them", async ({ expect }) => {
    const { page } = await show("/");
    const colour = async (): Promise<string> =>
      page.evaluate<string>("getComputedStyle(document.querySelector('.change.up')).color");
    await page.locator(".signals .change.up").first().waitFor();
    const red = await colour();
    await page.getByRole("button", { name: "화면 설정" }).click();
    await page.getByRole("radio", { name: /미국식/ }).check();
    const green = await colour();
    expect(green).not.toBe(red);
    await page.reload();
    await page.locator(".signals .change.up").first().waitFor();
    await expect.poll(async () => colour()).toBe(green);
  });

  it(
    "[UI11] never scrolls sideways on any page, in both languages and themes",
    async ({ expect }) => {
      for (const [locale, colorScheme] of [
        ["ko-KR", "dark"],
        ["en-US", "light"],
      ] as const) {
        const { page, complaints, context } = await show("/", {}, { locale, colorScheme });
        for (const { path, ready } of PATHS) {
          await page.goto(`${stage.url()}${path}`);
          await page.locator(ready).first().waitFor();
          for (const width of [360, 480, 768, 1000, 1200, 1440, 1600]) {
            await page.setViewportSize({ width, height: 800 });
            const over = await page.evaluate<number>(SIDEWAYS);
            expect({ path, locale, width, over }).toEqual({ path, locale, width, over: 0 });
          }
        }
        expect(complaints).toEqual([]);
        await context.close();
      }
    },
    WALK_MS,
  );
});
