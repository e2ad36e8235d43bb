/** The historical study on the page of outcomes, and its progress on that of the runs. */
import { describe, it } from "vitest";
import type { OpenPage } from "./browser.ts";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { STUDY, STUDY_RUNNING, STUDY_STATUS } from "./stub-study.ts";

const stage = stagePage();

async function show(
  path: string,
  options: Parameters<typeof stage.open>[0],
  answers: Readonly<Record<string, Answer>> = {},
): Promise<OpenPage> {
  const opened = await stage.open(options);
  await stubApi(opened.page, answers);
  await opened.page.goto(`${stage.url()}${path}`);
  return opened;
}

const spaced = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();

describe("the historical study", () => {
  it("[UI90] shows its figures by group with n and intervals, the baselines, and what they cannot say", async ({
    expect,
  }) => {
    const { page, complaints } = await show("/performance", { locale: "en-US" });
    await page.locator("[data-study]").first().waitFor();
    const row = async (group: string): Promise<string> =>
      spaced(await page.locator(`[data-study="${group}"]`).innerText());
    // The longest horizon with thirty cases.
    await expect
      .poll(async () => page.locator("input[name=study-horizon]:checked").locator("xpath=..").innerText())
      .toBe("20 sessions");
    await expect
      .poll(async () => row("all:all"))
      .toBe(
        "All 81 0 +1.7% +2.1% 95% interval 0.0% to +4.0% 48.2% +1.8% 95% interval −0.3% to +3.7% 0.42 29.0% 47.0% " +
          "0.21 95% interval 0.19 to 0.23",
      );
    await expect.poll(async () => row("grade:S")).toBe("S 3 0 fewer than 30: no figures");
    await expect
      .poll(async () => page.locator(".study .grade-order").getAttribute("data-order"))
      .toBe("none");
    await expect
      .poll(async () => page.locator(".study .grade-order").innerText())
      .toContain("Grades are grades of form. These data show no order between the grades");
    const text = async () => spaced(await page.locator(".study").innerText());
    await expect.poll(text).toContain("No significant edge over the baselines on these bars.");
    for (const limit of STUDY.report?.limits ?? []) {
      await expect.poll(text).toContain(limit);
    }
    await expect.poll(async () => page.locator(".study-against tbody tr").count()).toBe(4);
    await expect.poll(text).toContain("not significant: the interval includes 0");
    await page.getByLabel("random eligible", { exact: true }).check();
    await expect.poll(async () => row("all:all")).toContain("All 2,340 0");
    await expect.poll(async () => page.locator('[data-study^="grade"]').count()).toBe(0);
    await page.locator("input[name=study-horizon]").last().check();
    await expect.poll(text).not.toContain("NaN");
    await expect
      .poll(async () => spaced(await page.locator(".study-against").innerText()))
      .toContain("no number: fewer than 30 cases");
    expect(complaints).toEqual([]);
  });

  it("[UI90] states in Korean what the command prints in English: in-sample, survivors only", async ({
    expect,
  }) => {
    const { page } = await show("/performance", { locale: "ko-KR" });
    await page.locator(".study-limits li").first().waitFor();
    const text = async () => spaced(await page.locator(".study").innerText());
    for (const stated of [
      "표본 내(in-sample): 현재 규칙의 기준값은 2023-12-05부터 2025-06-17까지의 KRX 일봉을 보고 정했으며",
      "생존 편향: 1,307종목 중",
      "등급은 형태의 등급입니다. 이 데이터에서는 등급 간 우열이 보이지 않습니다.",
    ]) {
      await expect.poll(text).toContain(stated);
    }
  });

  it("[UI91] shows how far it is, on both pages, and its results when it has ended, without a reload", async ({
    expect,
  }) => {
    const { report: _, ...running } = STUDY_RUNNING;
    const opened = await stage.open({ locale: "en-US" });
    const api = await stubApi(opened.page, {
      "/api/kr/study": { body: STUDY_RUNNING },
      "/api/kr/study/status": { body: running },
    });
    await opened.page.goto(`${stage.url()}/runs`);
    const progress = opened.page.locator(".study-progress progress");
    await progress.waitFor();
    await expect.poll(async () => progress.getAttribute("value")).toBe("0.38");
    await expect
      .poll(async () => opened.page.locator(".study-progress").innerText())
      .toContain("Backtest: 38% done");
    await opened.page.goto(`${stage.url()}/performance`);
    await progress.waitFor();
    await expect.poll(async () => opened.page.locator("[data-study]").count()).toBe(0);
    api.answers.set("/api/kr/study", { body: STUDY });
    api.answers.set("/api/kr/study/status", { body: STUDY_STATUS });
    await opened.page.locator("[data-study]").first().waitFor();
    await expect.poll(async () => progress.count()).toBe(0);
    // Nothing is asked for on and on.
    const asked = api.asked.get("/api/kr/study/status");
    await opened.page.waitForTimeout(4_000);
    expect(api.asked.get("/api/kr/study/status")).toBe(asked);
  });
});
