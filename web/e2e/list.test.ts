/** The list as its reader chooses it: chips, order and address. */
import type { Locator } from "playwright-core";
import { describe, it } from "vitest";
import { LONG, PATIENT, chip, counts, names, searchOf, stageList, tickers } from "./list-stage.ts";
import { LONG_ROWS, rowAt } from "./stub-long-list.ts";
import { GATE, RUN_DONE, STATUS } from "./stub-market.ts";
import { detailOf, ROWS } from "./stub-signals.ts";
import { LIVE_SESSION } from "./stub-status.ts";

const stage = stageList();
/** A choice that hides everything. */
const SQUAT_D = "/?state=squat&grade=D";

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

describe("prices of a real session", () => {
  it("[UI270][UI272][UI244][UI245] state that they are asked for by turns, or that their share is halted, and the strip names the phase", async ({
    expect,
  }) => {
    const at = "2025-06-13T10:30:00.000+09:00";
    const forming = { as_of: "2025-06-13", at, quoted: 2_640, expected: 2_661, signals: ROWS.slice(0, 2) };
    const { page, live } = await stage.show("/", {
      answers: {
        ...LONG,
        "/api/kr/forming": { body: { exchange: "KRX", forming, generated_at: at } },
      },
    });
    await live.feed({ ...LIVE_SESSION, forming: { at, count: 2 } });
    await page.getByText("정규장", { exact: true }).waitFor();
    const [polled = "", halted = "", followed = ""] = await tickers(page);
    await live.tick(polled, 72_600, 2.5, { via: "polled" });
    await live.tick(halted, 4_400, 0, { via: "followed", halted: true });
    await live.tick(followed, 5_500, 1, { via: "followed" });
    const price = (ticker: string): Locator =>
      page.locator(".signal-row", { hasText: ticker }).locator(".price");
    await price(followed).getByText("5,500").waitFor();
    const shown = async (): Promise<unknown> =>
      Promise.all([polled, halted, followed].map(async (ticker) => price(ticker).textContent()));
    await expect.poll(shown, PATIENT).toEqual(["72,600 약 20초 간격 조회", "4,400 거래 정지", "5,500"]);
    await live.tick(followed, 5_500, 1, { via: "followed", vi: true });
    await price(followed).getByText("VI 발동, 체결 없음").waitFor();
    // A trade of it ends the halt, and a free slot its turns.
    await live.tick(halted, 4_450, 0.5, { via: "followed" });
    await live.tick(polled, 72_700, 2.6, { via: "followed" });
    await live.tick(followed, 5_500, 1, { via: "followed" });
    await expect.poll(shown, PATIENT).toEqual(["72,700", "4,450", "5,500"]);
    const line = page.locator(".since-line", { hasText: "오늘 형성 중 (잠정)" });
    await line.getByRole("button", { name: "모두 보기 2건" }).click();
    const link = page.locator(".change-item a", { hasText: ROWS[0]?.name ?? "" });
    await expect.poll(async () => link.getAttribute("href"), PATIENT).toBe(`/s/${ROWS[0]?.ticker ?? ""}`);
    const gate = { ...GATE, as_of: "2025-06-16", at, means_of: GATE.as_of, level: 58.2, confidence: 0.9 };
    await live.feed({ gate });
    const card = page.locator(".gate-card");
    await expect.poll(async () => card.locator(".panel-head").textContent(), PATIENT).toContain("10:30 잠정");
    await expect.poll(async () => card.locator(".gate-level").textContent(), PATIENT).toBe("58/100");
    await card.locator("summary").click();
    await card.getByText("50·200일선 위 종목은 2025-06-13 종가 기준이며").waitFor();
    await live.feed({ phase: "after_market", session: "closed", state: "closed" });
    await page.getByText("애프터마켓 (시세 미반영)").waitFor();
  });
});

describe("chips of the list", () => {
  it("[UI120] shows at first what can be acted on, and everything else one chip away with its number", async ({
    expect,
  }) => {
    const { page } = await stage.show();
    await expect.poll(async () => page.locator(".signal-row").count(), PATIENT).toBe(15);
    const states = async () => new Set(await page.locator(".signal-row .state").allTextContents());
    await expect
      .poll(async () => [...(await states())].map((text) => text.replace(/^\S/u, "")).toSorted(byText))
      .toEqual(["돌파", "미확인 돌파", "임박", "피벗 터치"].toSorted(byText));
    await expect
      .poll(async () => counts(page))
      .toMatchObject({
        "실행 가능": 15,
        전체: LONG_ROWS.length,
        임박: 11,
        "오늘 터치·돌파": 4,
        "형성 중": 14,
        "지난 돌파": 11,
        되밀림: 28,
        확장: 16,
        거래정지: 1,
        D: 2,
      });
    await expect.poll(async () => chip(page, /^실행 가능/).getAttribute("aria-pressed")).toBe("true");
    await chip(page, /^되밀림/).click();
    await expect.poll(async () => page.locator(".count").textContent(), PATIENT).toBe("96개 중 43개");
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=ready,today,squat");
    await expect.poll(async () => chip(page, /^실행 가능/).getAttribute("aria-pressed")).toBe("false");
    await chip(page, /^전체/).click();
    await expect.poll(async () => page.locator(".count").textContent(), PATIENT).toBe("96개 중 96개");
    await chip(page, /^RS 순위 95/).click();
    const rs = LONG_ROWS.filter((row) => (row.rs ?? 0) >= 95).length;
    await expect.poll(async () => page.locator(".signal-row").count(), PATIENT).toBe(rs);
  });

  it("[UI120] shows what ended by its own chip alone, and counts it when it is known", async ({ expect }) => {
    const ended = { ...detailOf(rowAt(ROWS)), id: "005930.20250101.20250201", name: "끝난종목" };
    const { page } = await stage.show("/?state=all&grade=all", {
      answers: {
        ...LONG,
        "/api/kr/scan/status": {
          body: { ...STATUS, last_done: { ...RUN_DONE, diff: { ...RUN_DONE.diff, ended: [ended.id] } } },
        },
        [`/api/kr/signals/${ended.id}`]: { body: { ...ended, state: "FAILED", grade: "D" } },
      },
    });
    await chip(page, "종료 1").waitFor();
    await expect.poll(async () => (await names(page)).includes("끝난종목")).toBe(false);
    await chip(page, "종료 1").click();
    await page.locator(".signal-row", { hasText: "끝난종목" }).waitFor();
    await expect.poll(async () => page.locator(".signal-row").count()).toBe(1);
  });

  it("[UI120a] names the chips to lift where a choice hides everything, and lifts one", async ({
    expect,
  }) => {
    const { page } = await stage.show(SQUAT_D);
    const empty = page.locator(".empty");
    await empty.waitFor();
    await expect
      .poll(async () => empty.getByRole("button").allTextContents())
      .toEqual(["상태 해제: 12개", "형태 해제: 28개", "모두 보기: 96개"]);
    await empty.getByRole("button", { name: "형태 해제" }).click();
    await page.locator(".signal-row").first().waitFor();
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=squat&grade=all");
  });

  it("[UI121] shows the same screen by the same address in another language, and survives a wrong one", async ({
    expect,
  }) => {
    const address = "/?state=squat,extended&grade=all&market=KOSDAQ&rs=80&sort=-rs";
    const first = await stage.show(address);
    await first.page.locator(".signal-row").first().waitFor();
    const there = await tickers(first.page);
    expect(there.length).toBeGreaterThan(3);
    await first.context.close();
    const second = await stage.show(address, { locale: "en-US" });
    await second.page.locator(".signal-row").first().waitFor();
    await expect.poll(async () => tickers(second.page)).toEqual(there);
    await second.context.close();
    const wrong = await stage.show(`/?state=${"x".repeat(2_000)}&rs=1e9&sort=-&new=&__proto__=1`);
    await wrong.page.locator(".signal-row").first().waitFor();
    await expect.poll(async () => wrong.page.locator(".signal-row").count()).toBe(15);
    expect(wrong.complaints).toEqual([]);
  });

  it("[UI121] leads from a signal back to the list as it was, by the link and by the way back", async ({
    expect,
  }) => {
    const rows = ROWS;
    const { page } = await stage.show("/?state=squat&grade=all&sort=-rs", { answers: {}, rows });
    await page.locator(".row-link").first().click();
    await page.waitForURL(/\/signals\//u);
    await page.locator(".page-title h2").waitFor();
    await page.locator('a[href^="/?state=squat"]').click();
    await page.locator(".signal-row").first().waitFor();
    await expect.poll(() => searchOf(page)).toBe("state=squat&grade=all&sort=-rs");
    await page.locator(".row-link").first().click();
    await page.waitForURL(/\/signals\//u);
    await page.locator(".page-title h2").waitFor();
    await page.goBack();
    await page.locator(".signal-row").first().waitFor();
    await expect.poll(() => searchOf(page)).toBe("state=squat&grade=all&sort=-rs");
    // The name of the product leads to the usual list.
    await page.locator(".brand a").click();
    await expect
      .poll(async () => chip(page, /^실행 가능/).getAttribute("aria-pressed"), PATIENT)
      .toBe("true");
  });
});

/** Presses the heading of the name: its order and the first row before, and within the press itself. */
const PRESS_HEADING = `(() => {
  const heading = document.querySelector(".signals thead th");
  const look = () => [heading.ariaSort, document.querySelector(".row-link").textContent];
  const [order, row] = look();
  heading.querySelector(".sort").click();
  const [pressed, still] = look();
  return [order, pressed, row, still];
})()`;

describe("order of the list", () => {
  it("[UI122][UI251] sorts by any heading by mouse, and again the other way, and says so", async ({
    expect,
  }) => {
    const { page } = await stage.show("/?state=all&grade=all&market=KOSDAQ");
    await page.locator(".signal-row").first().waitFor();
    const heads = page.locator(".signals thead .sort");
    await expect.poll(async () => heads.count()).toBe(12);
    for (let i = 0; i < 12; i++) {
      const head = page.locator(".signals thead th").nth(i);
      if (!(await head.isVisible())) {
        continue;
      }
      await head.locator(".sort").click();
      await expect.poll(async () => head.getAttribute("aria-sort")).toMatch(/^(?:ascending|descending)$/u);
      const first = await head.getAttribute("aria-sort");
      await expect.poll(async () => page.locator("th[aria-sort]").count()).toBe(1);
      await head.locator(".sort").click();
      await expect
        .poll(async () => [first ?? "", (await head.getAttribute("aria-sort")) ?? ""].toSorted(byText))
        .toEqual(["ascending", "descending"]);
    }
    // The press is painted before other rows are made.
    const pressed = await page.evaluate<readonly (string | null)[]>(PRESS_HEADING);
    expect(pressed[1]).not.toBe(pressed[0]);
    expect(pressed[3]).toBe(pressed[2]);
    await expect.poll(async () => page.locator(".row-link").first().textContent()).not.toBe(pressed[2]);
    await page.goto(`${stage.url()}/?state=all&grade=all&sort=-rs`);
    await page.locator(".signal-row").first().waitFor();
    const highest = LONG_ROWS.map(({ rs }) => rs ?? 0).toSorted((a, b) => b - a);
    await expect
      .poll(async () =>
        (await page.locator(".signal-row td:last-child").allTextContents()).slice(0, 12).map(Number),
      )
      .toEqual(highest.slice(0, 12));
  });

  it("[UI18] follows a heading at once although the pointer is in the list", async ({ expect }) => {
    const { page } = await stage.show("/?state=all&grade=all&market=KOSDAQ");
    await page.locator(".signal-row").nth(2).hover();
    await page.locator(".at-colRs .sort").click();
    await expect
      .poll(
        async () => Number(await page.locator(".signal-row td:last-child").first().textContent()),
        PATIENT,
      )
      .toBe(Math.max(...LONG_ROWS.filter(({ market }) => market === "KOSDAQ").map(({ rs }) => rs ?? 0)));
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=all&grade=all&market=KOSDAQ&sort=-rs");
  });

  it("[UI18] keeps a row that no longer matches where it is under the pointer, with its new state", async ({
    expect,
  }) => {
    const { page, live } = await stage.show("/?state=ready");
    await page.locator(".signal-row").first().waitFor();
    const before = await names(page);
    await page.locator(".signal-row").nth(3).hover();
    const row = LONG_ROWS.filter(({ name, state }) => name === before[1] && state === "READY");
    await live.change([{ ...rowAt(row), state: "SQUAT" }], [], null);
    await page.locator(".signal-row").nth(1).getByText("되밀림").waitFor();
    await expect.poll(async () => names(page)).toEqual(before);
    // [UI313] counted as its chip counts, and the row that stays is accounted for.
    await page.locator(".count", { hasText: `중 ${before.length - 1}개` }).waitFor();
    await page.getByRole("button", { name: "다시 정렬" }).waitFor();
    await page.mouse.move(5, 5);
    await expect.poll(async () => names(page), PATIENT).toEqual(before.filter((_, i) => i !== 1));
  });
});
