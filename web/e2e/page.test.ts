import type { BrowserContextOptions } from "playwright-core";
import { describe, it } from "vitest";
import type { OpenPage } from "./browser.ts";
import { FOLDER, stagePage, WHOLE_LIST } from "./stage-page.ts";
import { FORM_RULES } from "../../worker/core/vcp/form-rules.ts";
import { BUDGETS, dashboardCode, firstScripts, pageSizes, ruleTexts } from "./page-size.ts";
import { type Answer, stubApi, type StubbedApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { GATE, HEALTH_BARE, RUN_DONE, STATUS } from "./stub-market.ts";
import { EMPTY_SIGNALS, ROWS, SIGNALS } from "./stub-signals.ts";

/** A long walk through widths, on a machine that may be slow. */
const WALK_MS = 120_000;

const LIST = "/api/kr/signals";
const NEAREST = "현대로템";

/** Run in the page, which has a DOM; these tests have none. */
const SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
/** A cell whose content does not fit; the table itself never grows with it. */
const CUT_CELLS =
  "[...document.querySelectorAll('.signals td, .signals thead th')].filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.className + cell.textContent)";

/** Pixels by which the search field's hint is longer than its space. */
const HINT_OVER = `(() => {
  const field = document.querySelector(".stock-search input");
  const style = getComputedStyle(field);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  return pen.measureText(field.placeholder).width - (field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
})()`;

/** Notes when the first row is on the page. */
const WATCH_ROWS = `new MutationObserver((_, observer) => {
  if (document.querySelector(".row-link")) {
    window.rowsAt = performance.now();
    observer.disconnect();
  }
}).observe(document, { childList: true, subtree: true })`;

/** Names of the scripts that were asked for before that. */
const SCRIPTS_BEFORE_ROWS = `performance.getEntriesByType("resource")
  .filter(({ name, startTime }) => name.endsWith(".js") && startTime < window.rowsAt)
  .map(({ name }) => name.split("/").at(-1))`;

const stage = stagePage();

interface Shown extends OpenPage {
  readonly api: StubbedApi;
}

async function show(
  changes: Readonly<Record<string, Answer>> = {},
  options?: BrowserContextOptions,
): Promise<Shown> {
  const page = await stage.open({ ...options });
  const api = await stubApi(page.page, changes);
  // This file tests what REST alone brings.
  await stubLive(page.page, { isSilent: true });
  await page.page.goto(`${stage.url()}${WHOLE_LIST}`);
  return { ...page, api };
}

describe("first page", () => {
  it("[UI5] lists the signals nearest to the pivot first", async ({ expect }) => {
    const { page } = await show();
    await page.locator(".signal-row").first().waitFor();
    const names = async () => page.locator(".signals .row-link").allTextContents();
    await expect.poll(names).toHaveLength(ROWS.length);
    await expect
      .poll(async () => (await names()).slice(0, 3))
      .toEqual([NEAREST, "삼성전자", "한화에어로스페이스"]);
    await expect
      .poll(async () => page.locator("thead th[aria-sort]").allTextContents())
      .toEqual(["피벗까지"]);
  });

  it("[UI2] shows a missing relative strength as a dash in the table", async ({ expect }) => {
    const { page } = await show();
    const young = page.locator(".signal-row", { hasText: "새내기상장" });
    await expect.poll(async () => young.locator("td").nth(10).textContent()).toBe("–");
    const known = page.locator(".signal-row", { hasText: "삼성전자" });
    await expect.poll(async () => known.locator("td").nth(10).textContent()).toBe("88");
  });

  it("[UI3] writes the scan's time in Seoul's clock on a machine in Berlin", async ({ expect }) => {
    const { page } = await show();
    const time = page.locator(".scan-item time");
    await expect.poll(async () => time.textContent()).toMatch(/18:20 KST$/);
  });

  it("[UI7] keeps the list while a reload runs, fails, and succeeds", async ({ expect }) => {
    const { page, api } = await show();
    await page.locator(".signal-row").first().waitFor();
    const reload = page.getByRole("button", { name: "새로고침" });

    api.answers.set(LIST, "hang");
    await reload.click();
    await page.locator(".signal-panel[aria-busy=true]").waitFor();
    await expect.poll(async () => page.locator(".signal-name").count()).toBe(ROWS.length);

    api.answers.set(LIST, { status: 503 });
    await reload.click();
    await page.locator(".signal-panel .notice", { hasText: "이전 내용을 표시" }).waitFor();
    await expect.poll(async () => page.locator(".signal-name").count()).toBe(ROWS.length);

    const revised = SIGNALS.signals.map((row) => ({ ...row, score: 88.8 }));
    api.answers.set(LIST, { body: { ...SIGNALS, signals: revised } });
    await page.getByRole("button", { name: "다시 시도" }).click();
    await page.locator(".signals td", { hasText: "88.8" }).first().waitFor();
    await expect.poll(async () => page.locator(".signal-panel .notice").count()).toBe(0);
    expect(api.asked.get(LIST)).toBe(4);
  });

  it("[UI8] names the command that imports bars when there are none", async ({ expect }) => {
    const { page } = await show({
      [LIST]: { body: EMPTY_SIGNALS },
      "/api/kr/scan/status": { body: { ...STATUS, last_run: null } },
      "/api/kr/market-gate": { status: 404 },
      "/api/health": { body: HEALTH_BARE },
    });
    await page.getByText("npm run import -- FILE --use").waitFor();
    await page.locator(".gate-card", { hasText: "스캔을 실행하면" }).waitFor();
    await expect.poll(async () => page.locator(".gate-card .notice").count()).toBe(0);
  });

  it("[UI8] shows the funnel of a scan that found nothing, and that nothing was scanned yet", async ({
    expect,
  }) => {
    const funnel = { universe: 2_761, eligible: 1_204, template: 187, base: 12, detected: 0 };
    const { page, api } = await show({
      [LIST]: { body: EMPTY_SIGNALS },
      "/api/kr/scan/status": { body: { ...STATUS, last_run: { ...RUN_DONE, funnel } } },
    });
    await page.locator(".empty .funnel").waitFor();
    await expect
      .poll(async () => page.locator(".empty").textContent())
      .toContain("2,761개 종목 중 수축 베이스가 있는 종목은 12개");
    await expect.poll(async () => page.locator('.empty a[href="/runs"]').count()).toBe(1);
    api.answers.set("/api/kr/scan/status", { body: { ...STATUS, last_run: null } });
    await page.reload();
    await page.getByText("아직 스캔하지 않았습니다").waitFor();
  });

  it("[UI6] distinguishes a refusal with its request id from a server out of reach", async ({ expect }) => {
    const { page, api } = await show({ [LIST]: { status: 503 } });
    const notice = page.locator(".signal-panel .notice");
    await notice.waitFor();
    await expect
      .poll(async () => notice.textContent())
      .toContain("서버가 데이터를 읽지 못했습니다. 잠시 후 다시 시도하세요. (D1)");
    await expect.poll(async () => notice.locator("code").textContent()).toBe("req-7f3a");
    api.answers.set(LIST, "cut");
    await notice.getByRole("button").click();
    await page.getByText("서버에 연결할 수 없습니다").waitFor();
  });

  it("[UI9] keeps the list when the gate and the indices fail", async ({ expect }) => {
    const { page } = await show({ "/api/kr/market-gate": { status: 503 }, "/api/kr/indices": "cut" });
    await page.locator(".gate-card .notice").waitFor();
    await page.getByText("지수를 불러오지 못했습니다").waitFor();
    await page.locator(".signals .signal-name").first().waitFor();
    await expect.poll(async () => page.locator(".signals .signal-name").count()).toBe(ROWS.length);
    await expect.poll(async () => page.locator(".signal-panel .notice").count()).toBe(0);
  });

  it("[UI10] opens a row with the keyboard alone and shows why it is listed", async ({ expect }) => {
    const { page } = await show();
    await page.locator(".signal-row").first().waitFor();
    await page.keyboard.press("j");
    await page.locator(".row-link:focus", { hasText: NEAREST }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator(".row-link:focus", { hasText: "삼성전자" }).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.locator(".row-link:focus", { hasText: NEAREST }).waitFor();
    await expect.poll(async () => page.locator(".row-link[tabindex='0']").count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/signals/*");
    await page.locator(".page-title h2", { hasText: NEAREST }).waitFor();
    await expect.poll(async () => page.locator(".checklist tbody tr").count()).toBe(8);
    await expect
      .poll(async () => page.locator(".term-fail").textContent())
      .toMatch(/RS 순위 70 이상.*64.*70/);
    await expect.poll(async () => page.locator(".below caption").textContent()).toBe("수축 단계");
    await expect.poll(async () => page.locator(".plan").textContent()).toContain("3R");
    await page.goBack();
    await page.locator(".signal-row").first().waitFor();
  });

  it(
    "[UI11] never scrolls sideways and complains of nothing, in both languages and themes",
    async ({ expect }) => {
      for (const locale of ["ko-KR", "en-US"]) {
        for (const colorScheme of ["light", "dark"] as const) {
          const { page, complaints, context } = await show({}, { locale, colorScheme });
          await page.locator(".signal-name").first().waitFor();
          for (const width of [360, 400, 480, 767, 768, 1024, 1199, 1200, 1280, 1440, 1600]) {
            await page.setViewportSize({ width, height: 800 });
            await page.locator(width < 768 ? ".signal-cards" : ".signals").waitFor();
            const over = await page.evaluate<number>(SIDEWAYS);
            const cut = await page.evaluate<readonly string[]>(CUT_CELLS);
            expect({ locale, width, over, cut }).toEqual({ locale, width, over: 0, cut: [] });
          }
          expect(complaints).toEqual([]);
          await context.close();
        }
      }
    },
    WALK_MS,
  );

  it("[UI35] shows the first signal of a phone without scrolling, and the whole hint of the search", async ({
    expect,
  }) => {
    const look = async (locale: string): Promise<void> => {
      const { page, context } = await show({}, { locale, viewport: { width: 360, height: 780 } });
      // With all that takes space above, the note on old closes too.
      for (const above of [".gate-answer", ".scan-item time", ".indices .as-of", ".old-note"]) {
        await page.locator(above).first().waitFor();
      }
      const card = async () => page.locator(".signal-card").first().boundingBox();
      await expect
        .poll(async () => ((await card())?.y ?? 0) + ((await card())?.height ?? 780), { message: locale })
        .toBeLessThanOrEqual(780);
      await expect
        .poll(async () => page.evaluate<number>(HINT_OVER), { message: locale })
        .toBeLessThanOrEqual(0);
      // The rest is one press away.
      await expect.poll(async () => page.locator(".gate-card tr.reason").first().isVisible()).toBe(false);
      await page.locator(".gate-card summary").click();
      await page.locator(".gate-card tr.reason").first().waitFor();
      await context.close();
    };
    await Promise.all(["ko-KR", "en-US"].map(look));
  });

  it("[UI34] explains its marks on request, by keyboard, and gives the focus back", async ({ expect }) => {
    for (const [locale, name, part] of [
      ["ko-KR", "읽는 법", "임박"],
      ["en-US", "How to read this", "Near pivot"],
    ] as const) {
      const { page, context } = await show({}, { locale });
      const button = page.getByRole("button", { name });
      await button.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name });
      await dialog.waitFor();
      await expect.poll(async () => dialog.textContent()).toContain(part);
      await expect.poll(async () => dialog.locator(".state").count()).toBe(11);
      await expect
        .poll(async () => dialog.locator(".grade").allTextContents())
        .toEqual(["S", "A", "B", "C", "D"]);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await page.locator("button.quiet:focus", { hasText: name }).waitFor();
      await context.close();
    }
  });

  it("[UI12] shows DEMO on ribbon and header, and never beside KRX", async ({ expect }) => {
    const { page, api } = await show({ [LIST]: { body: { ...SIGNALS, exchange: "DEMO" } } });
    await page.locator(".ribbon", { hasText: "가상" }).waitFor();
    await expect.poll(async () => page.locator(".app-header .chip").textContent()).toContain("데모");
    api.answers.set(LIST, { body: SIGNALS });
    await page.reload();
    await page.locator(".chip", { hasText: "KRX" }).waitFor();
    await expect.poll(async () => page.locator(".ribbon").count()).toBe(0);
  });

  it("[UI13] states on the page that it recommends nothing, and its source", async ({ expect }) => {
    const { page } = await show({}, { locale: "en-US" });
    const footer = page.locator("footer", { hasText: "Source: KRX daily bars" });
    await footer.waitFor();
    await expect.poll(async () => footer.textContent()).toContain("Not a recommendation to buy or sell");
  });

  it("[UI14] switches language and appearance at once and keeps both over a reload", async ({ expect }) => {
    const { page } = await show();
    const background = async (): Promise<string> =>
      page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const light = await background();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Active VCP signals" }).waitFor();
    await page.getByRole("button", { name: "Appearance: System" }).click();
    await page.getByRole("button", { name: "Appearance: Light" }).click();
    await expect.poll(async () => background()).not.toBe(light);
    await page.reload();
    await page.getByRole("button", { name: "Appearance: Dark" }).waitFor();
    await expect.poll(async () => page.locator("html").getAttribute("lang")).toBe("en");
    await expect.poll(async () => background()).not.toBe(light);
  });

  it("[UI15] shows every component of the gate, open where it has a column of its own", async ({
    expect,
  }) => {
    const { page } = await show({}, { viewport: { width: 1280, height: 900 } });
    await page.locator(".gate-card tr.reason").first().waitFor();
    await expect.poll(async () => page.locator(".gate-card tr.reason").count()).toBe(GATE.components.length);
    const row = page.locator("tr.reason", { hasText: "200일선 위" }).nth(1);
    await expect.poll(async () => row.textContent()).toMatch(/768\.86.*772\.43.*0\/6/);
    await expect.poll(async () => page.locator(".gate-answer").textContent()).toContain("주의");
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.locator(".gate-card tr.reason").first().waitFor({ state: "hidden" });
    await page.locator(".gate-answer").click();
    await page.locator(".gate-card tr.reason").first().waitFor();
  });

  it("[UI16] loads the texts of the rules and not their table, whose limits and sources other pages show", ({
    expect,
  }) => {
    const texts = ruleTexts(FOLDER);
    const code = `${texts}\n${dashboardCode(FOLDER)}`;
    const missing = FORM_RULES.filter(({ ko, en }) => !texts.includes(ko) || !texts.includes(en.slice(1)));
    const shown = FORM_RULES.filter((one) => code.includes(one.source) || code.includes(`"${one.measure}"`));
    expect({ missing, shown }).toEqual({ missing: [], shown: [] });
  });

  it("[UI16][UI250] loads no script before its rows but those of the budget, and the rest behind them", async ({
    expect,
  }) => {
    const { page } = await stage.open();
    await stubApi(page);
    await stubLive(page, { isSilent: true });
    await page.addInitScript(WATCH_ROWS);
    await page.goto(stage.url());
    await page.locator(".row-link").first().waitFor();
    await page.locator(".scan-item time").waitFor();
    const before = await page.evaluate<readonly string[]>(SCRIPTS_BEFORE_ROWS);
    expect(before.toSorted()).toEqual([...firstScripts(FOLDER, "ko")].toSorted());
    expect(before.filter((name) => /^(?:changes-card|scan-summary|gate-reasons)-/u.test(name))).toEqual([]);
  });

  it("[UI16] stays inside its budget", ({ expect }) => {
    const sizes = pageSizes(FOLDER);
    for (const part of ["dashboard", "list", "chart", "styles"] as const) {
      expect(sizes[part], part).toBeGreaterThan(0);
      expect(sizes[part], part).toBeLessThanOrEqual(BUDGETS[part]);
    }
  });
});
