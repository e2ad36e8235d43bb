/** The lists behind the outcomes, the archive and the method, from the rows that lead to them. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, it } from "vitest";
import { PARAMS } from "../../worker/core/params.ts";
import { FORM_RULES } from "../../worker/core/vcp/form-rules.ts";
import { TERM_POINTS } from "../../worker/core/vcp/score.ts";
import { readGoldFigures } from "../store/gold-figures.ts";
import { readNullRates } from "../store/performance.ts";
import { findingsOf } from "./accessibility.ts";
import type { OpenPage } from "./browser.ts";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import {
  ARCHIVE,
  ARCHIVE_EMPTY,
  ARCHIVE_REST,
  LIVE_REST,
  LIVE_SIGNALS,
  STUDY_ENTRIES,
} from "./stub-outcome-lists.ts";

const stage = stagePage();

const LISTS: readonly (readonly [path: string, first: object, rest: object])[] = [
  ["/api/kr/performance/signals", LIVE_SIGNALS, LIVE_REST],
  ["/api/kr/study/entries", STUDY_ENTRIES, STUDY_ENTRIES],
  ["/api/kr/archive", ARCHIVE, ARCHIVE_REST],
];

interface Shown extends OpenPage {
  /** Queries of the lists that were asked, in order. */
  readonly asked: URL[];
}

async function show(
  path: string,
  options: BrowserContextOptions,
  answers: Readonly<Record<string, Answer>> = {},
): Promise<Shown> {
  const opened = await stage.open(options);
  await stubApi(opened.page, answers);
  const asked: URL[] = [];
  for (const [list, first, rest] of LISTS.filter(([one]) => !(one in answers))) {
    await opened.page.route(`**${list}?*`, async (route) => {
      const url = new URL(route.request().url());
      asked.push(url);
      await route.fulfill({ json: url.searchParams.has("cursor") ? rest : first });
    });
  }
  await opened.page.goto(`${stage.url()}${path}`);
  return { ...opened, asked };
}

const textOf = async (page: Page, place: string): Promise<string> =>
  (await page.locator(place).first().innerText()).replaceAll(/\s+/gu, " ").trim();

const SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** The lines of a list, in either of its forms. */
const OUTCOMES = ".outcome-list tbody tr, .outcome-cards li";
/** Parts of a card, and tables, that are wider than their place. */
const CUT = `[...document.querySelectorAll(".outcome-cards *, .table-scroll")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
  .map((one) => one.textContent)`;

describe("the lists behind the outcomes", () => {
  it("[UI92] lead from a row to its signals, page by page, and on to a signal", async ({ expect }) => {
    const { page, asked, complaints } = await show("/performance", { locale: "en-US" });
    await page.locator('[data-group="grade:A"] a').click();
    await page.locator(".outcome-list tbody tr").first().waitFor();
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
      by: "grade",
      key: "A",
      horizon: "10",
    });
    await expect.poll(async () => textOf(page, "h2")).toBe("A: results after 10 sessions");
    await expect
      .poll(async () => textOf(page, ".row-facts"))
      .toBe("5 signals, 4 completed, no average below 30: the figures of the row.");
    await expect
      .poll(async () => textOf(page, ".outcome-list tbody tr"))
      .toMatch(/^.+ 000000 A 2025-05-28 50,100 46,200 running – –$/u);
    await page.locator(".more-pages button").click();
    await page.locator(".outcome-list tbody tr").nth(4).waitFor();
    expect(asked[1]?.searchParams.get("cursor")).toBe("next");
    await expect.poll(async () => page.locator(".outcome-list tbody tr").count()).toBe(5);
    await expect.poll(async () => page.locator(".more-pages button").count()).toBe(0);
    await expect
      .poll(async () => page.locator(".outcome-list a").nth(4).getAttribute("href"))
      .toBe("/signals/000004.20250210.20250415");
    expect(complaints).toEqual([]);
  });

  it("[UI92] every row with a signal leads to its own list; baselines and empty rows lead nowhere", async ({
    expect,
  }) => {
    const { page, asked } = await show("/performance", { locale: "ko-KR" });
    await page.locator("[data-study]").first().waitFor();
    await expect.poll(async () => page.locator('[data-group="grade:D"] a').count()).toBe(0);
    await expect
      .poll(
        async () =>
          (await page.locator("[data-group]").count()) - (await page.locator("[data-group] a").count()),
      )
      .toBe(2);
    await expect.poll(async () => page.locator(".fills a").count()).toBe(4);
    await expect
      .poll(
        async () =>
          (await page.locator("[data-study]").count()) - (await page.locator("[data-study] a").count()),
      )
      .toBe(0);
    await page.locator("input[name=study-cohort]").last().check();
    await expect.poll(async () => page.locator("[data-study] a").count()).toBe(0);
    await page.locator("input[name=study-cohort]").first().check();
    await page.locator('[data-study="grade:B"] a').click();
    await page.locator(".outcome-list tbody tr").first().waitFor();
    expect(asked.at(-1)?.search).toBe("?cohort=signal_trigger&by=grade&key=B&horizon=20");
    await expect
      .poll(async () => textOf(page, ".outcome-list tbody tr"))
      .toMatch(/^셀트리온 068270 B .*03-03 .*03-05 1,000 950 \+10\.0% 2\.00 2R$/u);
    await expect
      .poll(async () => page.locator(".outcome-list a").first().getAttribute("href"))
      .toBe("/s/068270");
    await page.goto(`${stage.url()}/performance/signals?by=moon&key=%3Cb%3E&horizon=7`);
    await page.locator(".outcome-list tbody tr").first().waitFor();
    expect(asked.at(-1)?.search).toBe("?by=all&key=all&horizon=20");
  });

  it("[UI93] keeps its filters in the address, and asks for what the address names", async ({ expect }) => {
    const { page, asked, complaints } = await show("/archive?entry_grade=A&ending=moon&from=2025-05-01", {
      locale: "en-US",
    });
    await page.locator(".archive tbody tr").first().waitFor();
    expect(asked[0]?.search).toBe("?entry_grade=A&from=2025-05-01");
    await expect.poll(async () => page.getByLabel("Ended from").inputValue()).toBe("2025-05-01");
    await expect
      .poll(async () => textOf(page, ".archive tbody tr"))
      .toContain("2025-06-12 Stopped out after the breakout Broke the stop after the breakout");
    await page.getByLabel("How it ended").selectOption("stopped");
    await page.waitForURL("**/archive?ending=stopped&entry_grade=A&from=2025-05-01");
    await page.getByLabel("Name or code").fill("삼성 100%");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.get("q") === "삼성 100%");
    await page.locator(".more-pages button").click();
    await page.locator(".archive tbody tr").nth(2).waitFor();
    expect(asked.at(-1)?.searchParams.get("q")).toBe("삼성 100%");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.waitForURL((url) => url.search === "" || url.search === "?");
    expect(complaints).toEqual([]);
  });

  it("[UI93] calls nothing empty before the answer, and no match otherwise than nothing at all", async ({
    expect,
  }) => {
    const waiting = await show("/archive", { locale: "ko-KR" }, { "/api/kr/archive": "hang" });
    await waiting.page.locator(".archive-filters").waitFor();
    await waiting.page.locator(".skeleton").first().waitFor();
    await expect.poll(async () => waiting.page.locator("article").innerText()).not.toContain("없습니다");
    const empty = { "/api/kr/archive": { body: ARCHIVE_EMPTY } };
    const { page } = await show("/archive", { locale: "ko-KR" }, empty);
    await page.getByText("아직 종료된 시그널이 없습니다.").waitFor();
    await page.goto(`${stage.url()}/archive?entry_grade=S`);
    await page.getByText("이 조건에 맞는 종료된 시그널이 없습니다.").waitFor();
    const broken = await show("/archive", { locale: "ko-KR" }, { "/api/kr/archive": { status: 503 } });
    await broken.page.locator(".notice.error").waitFor();
    await expect
      .poll(async () => broken.page.locator("article").innerText())
      .not.toContain("종료된 시그널이 없습니다");
  });

  it("[UI94] states the rules in force and every measured figure, of the same version", async ({
    expect,
  }) => {
    const { page, complaints } = await show("/methodology", { locale: "en-US" });
    await page.locator("[data-set]").first().waitFor();
    const gold = readGoldFigures();
    expect([gold.params_version, readNullRates().params_version]).toEqual([PARAMS.version, PARAMS.version]);
    const text = async () => textOf(page, "article");
    await expect.poll(text).toContain(`the rules this server runs (${PARAMS.version})`);
    await expect
      .poll(text)
      .toContain("Of 46 listings judged separately, strict judges called 19 a VCP: two in five.");
    // The sentence says two of five: the figure must.
    const fresh = gold.sets[2];
    expect(fresh.hits / fresh.listed).toBeGreaterThan(0.35);
    expect(fresh.hits / fresh.listed).toBeLessThan(0.45);
    await expect.poll(async () => page.locator("[data-term]").count()).toBe(100 / TERM_POINTS);
    await page.locator(".form-details summary").click();
    await expect.poll(async () => page.locator(".form-rules [data-rule]").count()).toBe(FORM_RULES.length);
    await expect
      .poll(async () => textOf(page, '[data-set="labels.csv"]'))
      .toContain("24 23/24 (95.8%) 23/37 (62.2%)");
    await expect.poll(text).toContain(`${PARAMS.grades.A.score}`);
    await expect.poll(text).toContain("No significant edge over the baselines on these bars.");
    expect(complaints).toEqual([]);
  });

  it.for([
    ["ko-KR", "light", 360],
    ["en-US", "dark", 360],
    ["ko-KR", "dark", 1440],
    ["en-US", "light", 1440],
  ] as const)(
    "[UI95][UI227] have no automatic finding of accessibility, and nothing cut on a phone (%s, %s, %i)",
    { timeout: 120_000 },
    async ([locale, colorScheme, width], { expect }) => {
      for (const [path, ready] of [
        ["/performance", "[data-group] a"],
        ["/performance/signals?by=grade&key=A&horizon=10", OUTCOMES],
        ["/performance/signals?cohort=signal_trigger&by=grade&key=B", OUTCOMES],
        ["/archive", ".archive tbody tr, .outcome-cards li"],
        ["/methodology", "[data-set]"],
      ] as const) {
        const { page, context } = await show(path, { locale, colorScheme, viewport: { width, height: 900 } });
        await page.locator(ready).first().waitFor();
        expect(await findingsOf(page), path).toEqual([]);
        await expect.poll(async () => page.evaluate(SIDEWAYS), { message: path }).toBe(0);
        await expect
          .poll(async () => (await page.locator(".outcome-list").count()) === 0 || width > 360, {
            message: path,
          })
          .toBe(true);
        await expect.poll(async () => page.evaluate(CUT), { message: path }).toEqual([]);
        for (const href of ["/archive", "/methodology", "/docs"]) {
          await expect
            .poll(async () => page.locator(`.page-footer a[href="${href}"]`).count(), { message: path })
            .toBe(1);
        }
        await context.close();
      }
    },
  );
});
