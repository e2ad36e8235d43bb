/** The reach of the list: by keyboard, by touch, on small screens and without an automatic finding of accessibility. */
import { describe, it } from "vitest";
import { findingsOf } from "./accessibility.ts";
import { PATIENT, PHONE, chip, searchOf, stageList, tabTo } from "./list-stage.ts";

const stage = stageList();

describe("reach of the list", () => {
  it("[UI127] has twelve rows on a screen of 1440 x 900, and two lines a signal on a phone", async ({
    expect,
  }) => {
    for (const locale of ["ko-KR", "en-US"]) {
      const { page, context } = await stage.show("/?state=all&grade=all", { locale });
      await page.locator(".signal-row").first().waitFor();
      // With all that takes space above: the note on old closes, and what the last scan did.
      await page.locator(".old-note").waitFor();
      await page.locator(".scan-item time").waitFor();
      const whole = await page.evaluate<number>(
        "[...document.querySelectorAll('.signal-row')].filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length",
      );
      expect(whole, locale).toBeGreaterThanOrEqual(12);
      await context.close();
      const phone = await stage.show("/?state=all&grade=all", { locale, ...PHONE });
      await phone.page.locator(".signal-card").first().waitFor();
      const heights = await phone.page.evaluate<readonly number[]>(
        "[...document.querySelectorAll('.signal-card')].map((card) => card.offsetHeight)",
      );
      expect(Math.max(...heights), locale).toBeLessThanOrEqual(64);
      await phone.context.close();
    }
  });

  it("[UI128] states beside a grade that the state allows no better one", async ({ expect }) => {
    const { page } = await stage.show("/?state=extended&grade=C&sort=-form");
    const mark = page.locator(".signal-row .form-mark").first();
    await mark.waitFor();
    expect(await mark.textContent()).toMatch(/C.*최고 C/);
    expect(await mark.locator(".cap").getAttribute("title")).toContain("확장");
  });

  it("[UI129] chooses, sorts and stars by keyboard alone", async ({ expect }) => {
    const { page } = await stage.show();
    await page.locator(".signal-row").first().waitFor();
    await tabTo(page, /^ 되밀림/);
    await page.keyboard.press("Space");
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=ready,today,squat");
    await tabTo(page, /^ RS$/);
    await page.keyboard.press("Enter");
    expect(await page.locator("th[aria-sort=descending]").textContent()).toBe("RS");
    await page.keyboard.press("j");
    await page.locator(".row-link:focus").waitFor();
    // Where single keys are switched off the star of the row is one step away.
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await chip(page, "★ 관심 1").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator(".signal-row").nth(1).locator(".row-link:focus").waitFor();
  });

  it("[UI129] does the same by touch at 360 px, with targets of 44 px", async ({ expect }) => {
    const { page, complaints } = await stage.show("/", PHONE);
    await page.locator(".signal-card").first().waitFor();
    const small = await page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('.signal-panel button, .signal-panel select')].filter((one) => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44).map((one) => one.className + one.textContent)",
    );
    expect(small.filter((one) => !one.startsWith("quiet"))).toEqual([]);
    await chip(page, /^되밀림/).tap();
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=ready,today,squat");
    await page.getByRole("combobox", { name: "정렬 기준" }).selectOption("rs");
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=ready,today,squat&sort=-rs");
    await page.locator(".sort-select button", { hasText: "내림차순" }).tap();
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=ready,today,squat&sort=rs");
    await page.locator(".signal-card .star").first().tap();
    await page.locator(".signal-card .star[aria-pressed=true]").waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    expect(
      await page.evaluate<number>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      ),
    ).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("[UI129] has headings, chips and stars of 44 px on a tablet", async ({ expect }) => {
    const { page } = await stage.show("/", {
      viewport: { width: 820, height: 1180 },
      hasTouch: true,
      isMobile: true,
    });
    await page.locator(".signal-row").first().waitFor();
    const low = await page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('.pick, .sort, .star')].filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 44).map((one) => one.className + one.textContent)",
    );
    expect(low).toEqual([]);
    await page.locator(".at-colForm .sort").tap();
    await page.locator(".at-colForm[aria-sort=descending]").waitFor();
  });

  it("[UI129] has no automatic finding of accessibility, in both languages and themes, wide and narrow", async ({
    expect,
  }) => {
    for (const locale of ["ko-KR", "en-US"]) {
      for (const colorScheme of ["light", "dark"] as const) {
        for (const size of [{}, PHONE]) {
          const { page, context } = await stage.show("/?state=all&grade=all&sort=-form", {
            locale,
            colorScheme,
            ...size,
          });
          await page.locator(".row-link").first().waitFor();
          await page.locator(".since-line").first().waitFor();
          expect(await findingsOf(page), `${locale} ${colorScheme}`).toEqual([]);
          await page.goto(`${stage.url()}/?state=squat&grade=D`);
          await page.locator(".empty").waitFor();
          expect(await findingsOf(page), `${locale} ${colorScheme} empty`).toEqual([]);
          await context.close();
        }
      }
    }
  }, 120_000);
});
