/** The page of outcomes: numbers always, figures only where there are enough cases, and the rules behind both. */
import { describe, it } from "vitest";
import { FORM_RULES } from "../../worker/core/vcp/form-rules.ts";
import { MEASURE_TEXTS } from "../../worker/protocol/measure-texts.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { UNMEASURED } from "./stub-performance.ts";

const stage = stagePage();

const RESULTS = '[data-group="all:all"]';

async function show(locale: string, answers: Readonly<Record<string, Answer>> = {}): Promise<OpenPage> {
  const opened = await stage.open({ locale });
  await stubApi(opened.page, answers);
  await opened.page.goto(`${stage.url()}/performance`);
  await opened.page.locator(".page-facts").waitFor();
  return opened;
}

describe("outcomes", () => {
  it("[UI37][UI38] shows the number of cases always, figures only from 30 on, the rules, and what chance does", async ({
    expect,
  }) => {
    const { page, complaints } = await show("en-US");
    const row = async (group: string): Promise<string> =>
      (await page.locator(`[data-group="${group}"]`).innerText()).replaceAll(/\s+/gu, " ").trim();
    // The longest horizon with thirty cases is shown first.
    await expect
      .poll(async () => page.locator("input[name=horizon]:checked").locator("xpath=..").innerText())
      .toBe("10 sessions");
    await page.locator("input[name=horizon]").nth(2).check();
    await expect.poll(async () => row("all:all")).toBe("All 7 67 fewer than 30: no figures");
    await page.locator("input[name=horizon]").first().check();
    await expect
      .poll(async () => row("all:all"))
      .toBe(
        "All 74 0 −0.6% +1.1% 95% interval −0.4% to +2.6% 47.3% 95% interval 39.2% to 55.9% +0.3% +0.8% " +
          "95% interval −0.7% to +2.2% 0.16 8.1% 21.6%",
      );
    await expect.poll(async () => row("grade:A")).toBe("A 29 0 fewer than 30: no figures");
    await expect.poll(async () => row("grade:D")).toBe("D 0 0 none yet");
    await expect.poll(async () => row("gate:GREEN")).toContain("Favourable 50 0 −0.6%");
    await expect.poll(async () => page.locator(".fills").innerText()).toContain("31");
    const text = async () => page.locator("article").innerText();
    await expect.poll(text).toContain("measured through the close of 2025-06-13");
    await expect
      .poll(text)
      .toContain("It is no more frequent in real data than by chance: the shape alone says nothing.");
    await expect.poll(text).toContain("from 2025-01-21 to 2025-06-17");
    await expect.poll(text).not.toContain("not from the demo market");
    await expect.poll(async () => page.locator(".nulls tbody tr").count()).toBe(4);
    await expect.poll(async () => page.locator(".measure-rules li").count()).toBeGreaterThan(5);
    // Nothing has closed over sixty sessions: one sentence, and the way back.
    await page.locator("input[name=horizon]").last().check();
    await expect
      .poll(async () => page.locator(".running-only").innerText())
      .toBe("No signal has completed 60 sessions yet. Running: 74.");
    await expect.poll(async () => page.locator(RESULTS).count()).toBe(0);
    await expect.poll(async () => page.locator("input[name=horizon]").count()).toBe(4);
    expect(complaints).toEqual([]);
  });

  it.for([
    ["ko-KR", "ko", "패턴만으로는 의미가 없습니다. 등급은 패턴의 완성도를 나타낼 뿐"],
    ["en-US", "en", "the shape alone says nothing. Grades rate the form, not what follows."],
  ] as const)(
    "[UI47] lists every rule of the form with both limits and its source (%s)",
    async ([locale, language, worth], { expect }) => {
      const { page } = await show(locale);
      await expect.poll(async () => page.locator(".form-worth").innerText()).toContain(worth);
      await page.locator(".form-details summary").click();
      const sources = async () => page.locator(".form-sources:has(+ .form-rules)").innerText();
      for (const word of ["gold", "doctrine", "chosen"]) {
        await expect.poll(sources).toContain(word);
        expect(FORM_RULES.some(({ source }) => new RegExp(`\\b${word}\\b`, "u").test(source))).toBe(true);
      }
      const rules = page.locator(".form-rules [data-rule]");
      await expect.poll(async () => rules.count()).toBe(FORM_RULES.length);
      const shown = await rules.allInnerTexts();
      for (const [i, rule] of FORM_RULES.entries()) {
        const line = (shown[i] ?? "").replaceAll(/\s+/gu, " ");
        expect(line).toContain(MEASURE_TEXTS[rule.measure][language]);
        expect(line.toLowerCase()).toContain(rule[language].toLowerCase());
        expect(line).toContain(rule.source);
        const sign = rule.side === "atLeast" ? "≥" : "≤";
        expect(line.split(sign)).toHaveLength(3);
      }
    },
  );

  it("[UI37] states that nothing has been measured yet, and that the demo proves nothing", async ({
    expect,
  }) => {
    const body = { ...UNMEASURED, exchange: "DEMO" as const };
    // Nothing else names the exchange: the socket is silent and the other routes give no answer.
    const { page } = await show("ko-KR", {
      "/api/kr/performance": { body },
      "/api/kr/signals": "hang",
      "/api/kr/market-gate": "hang",
      "/api/kr/scan/status": "hang",
      "/api/kr/indices": "hang",
    });
    const text = async () => page.locator("article").innerText();
    await expect.poll(text).toContain("아직 측정한 시그널이 없습니다");
    await expect.poll(text).toContain("가상의 시장");
    await expect.poll(text).toContain("데모 시장이 아니라 실제 KRX 데이터");
    await expect.poll(async () => page.locator(RESULTS).count()).toBe(0);
    await expect.poll(async () => page.locator("input[name=horizon]").count()).toBe(0);
  });
});
