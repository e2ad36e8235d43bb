/** The rules of a device at `/alerts` in a real browser: what they begin with, by keyboard. */
import { describe, it } from "vitest";
import { ALERT_PAGE_TEXTS } from "../i18n/alert-page-texts.ts";
import { stagePage } from "./stage-page.ts";
import { stubApi } from "./stub-api.ts";
import { stubLive } from "./stub-live.ts";

const { templates, add, on, edit, remove, undo } = ALERT_PAGE_TEXTS.ko;

const stage = stagePage();

describe("the rules of a device", () => {
  it("[UI282] are begun once from each template and open with the reader's own, and a press never loses the focus", async ({
    expect,
  }) => {
    const { page, complaints } = await stage.open();
    await stubApi(page);
    await stubLive(page);
    await page.goto(`${stage.url()}/alerts`);
    const rules = page.locator("#rules");
    await rules.getByRole("heading", { name: add }).waitFor();
    const offered = rules.locator(".picks button");
    const { starred, near, best, market, own } = templates;
    await rules.getByRole("button", { name: best }).focus();
    await page.keyboard.press("Enter");
    const summary = rules.locator("li summary");
    await summary.and(page.locator(":focus")).waitFor();
    await expect.poll(async () => offered.allTextContents()).toEqual([starred, near, market, own]);
    await rules.getByRole("button", { name: own }).focus();
    await page.keyboard.press("Enter");
    const made = rules.locator("li").last();
    await made.locator("summary").and(page.locator(":focus")).waitFor();
    await made.getByLabel(ALERT_PAGE_TEXTS.ko.name).waitFor();
    await made.getByLabel(`${ALERT_PAGE_TEXTS.ko.all}: ${on}`).waitFor();
    await made.getByRole("button", { name: remove }).focus();
    await page.keyboard.press("Enter");
    await rules.getByRole("button", { name: undo }).and(page.locator(":focus")).waitFor();
    await rules.locator("li summary").focus();
    await page.keyboard.press("Enter");
    await rules.locator("li").getByRole("button", { name: remove }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => rules.locator("li").count()).toBe(0);
    await rules.getByRole("button", { name: undo }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await rules.locator("li").last().locator("summary").and(page.locator(":focus")).waitFor();
    await expect.poll(async () => summary.allTextContents()).toEqual([edit]);
    expect(complaints).toEqual([]);
  });
});
