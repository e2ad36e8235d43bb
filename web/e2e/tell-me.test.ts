/** "Tell me" where a share has its star, by keyboard, and what its lists state then. */
import { describe, it } from "vitest";
import { ALERT_TEXTS } from "../i18n/alert-texts.ts";
import { findingsOf } from "./accessibility.ts";
import { layoutFaults, resize, WIDTHS } from "./faults.ts";
import { stagePage } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";
import { STOCK_NEAR } from "./stub-stock.ts";

const TEXTS = ALERT_TEXTS.ko;

const PATIENT = { timeout: 10_000 };

const stage = stagePage();

describe("tell me", () => {
  it("[UI283] stands among the lists of a share and at the starred ones, and leads to the rules once it is on", async ({
    expect,
  }) => {
    const { page, complaints } = await stage.open();
    await stubApi(page);
    await stubLive(page);
    await page.goto(`${stage.url()}/s/${STOCK_NEAR.ticker}`);
    const lists = page.locator(".add-to-list");
    await lists.locator("summary").focus();
    await page.keyboard.press("Enter");
    await lists.getByRole("button", { name: TEXTS.tellMe }).focus();
    await page.keyboard.press("Enter");
    await lists.getByRole("link", { name: TEXTS.tellMeOn }).and(page.locator(":focus")).waitFor();
    await lists.getByRole("checkbox", { name: "★ 관심" }).and(page.locator(":checked")).waitFor();
    await page.goto(`${stage.url()}/watch/starred`);
    const head = page.locator(".page-head");
    await head.getByRole("link", { name: TEXTS.tellMeOn }).waitFor();
    const look = async (): Promise<void> => {
      for (const width of WIDTHS) {
        await resize(page, width);
        expect([width, await layoutFaults(page), await findingsOf(page)]).toEqual([width, [], []]);
      }
    };
    await look();
    await page.evaluate("localStorage.removeItem('vcp.alerts')");
    await page.reload();
    await head.getByRole("button", { name: TEXTS.tellMe }).waitFor();
    await look();
    await head.getByRole("button", { name: TEXTS.tellMe }).click();
    await head.getByRole("link", { name: TEXTS.tellMeOn }).and(page.locator(":focus")).waitFor();
    expect(complaints).toEqual([]);
  });

  it("[UI310] stands with the star at the head of a share, and both have their keys", async ({ expect }) => {
    const { page, complaints } = await stage.open();
    await stubApi(page);
    await stubLive(page);
    await page.goto(`${stage.url()}/s/${STOCK_NEAR.ticker}`);
    const head = page.locator(".page-head");
    const star = head.locator(".star");
    await head.getByRole("button", { name: TEXTS.tellMe }).waitFor();
    await expect.poll(async () => star.getAttribute("aria-pressed")).toBe("false");
    await page.keyboard.press("w");
    await star.and(page.locator("[aria-pressed=true]")).waitFor();
    await page.keyboard.press("w");
    await star.and(page.locator("[aria-pressed=false]")).waitFor();
    for (const width of WIDTHS) {
      await resize(page, width);
      expect([width, await layoutFaults(page), await findingsOf(page)]).toEqual([width, [], []]);
    }
    // The key acts once the alerts have loaded behind the page.
    const link = head.getByRole("link", { name: TEXTS.tellMeOn });
    await expect
      .poll(async () => {
        await page.keyboard.press("a");
        return link.count();
      }, PATIENT)
      .toBe(1);
    await star.and(page.locator("[aria-pressed=true]")).waitFor();
    expect(complaints).toEqual([]);
  });
});
