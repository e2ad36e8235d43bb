/** The lists of a device on their page: 500 pasted names, what is known of each stock, and every look of the page. */
import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { describe, it } from "vitest";
import { findingsOf } from "./accessibility.ts";
import { PATIENT, PHONE, stageList } from "./list-stage.ts";
import type { Answer } from "./stub-api.ts";
import { NAMES } from "./stub-names.ts";
import { ROWS } from "./stub-signals.ts";

const stage = stageList();

/** A market of 600 stocks beside those of the list. */
const MARKET: Readonly<Record<string, Answer>> = {
  "/api/kr/names": {
    body: {
      ...NAMES,
      names: [
        ...NAMES.names,
        ...Array.from({ length: 600 }, (_, i) => ({
          ticker: String(200_000 + i),
          name: `회사 ${i}`,
          name_en: null,
          market: "KOSDAQ",
        })),
      ],
      count: NAMES.count + 600,
    },
  },
};

/** 500 lines as people paste them: by name and by code, every fifth of no stock, and one that several names begin with. */
const PASTED = Array.from({ length: 500 }, (_, i) =>
  i % 5 === 4 ? `없는회사${i}` : i === 56 ? "회사" : i % 2 === 0 ? `회사 ${i}` : `KRX:${200_000 + i}`,
);

const LOOKS = [
  ["ko-KR", "light", 1440],
  ["en-US", "dark", 1440],
  ["ko-KR", "dark", 360],
  ["en-US", "light", 360],
] as const;

const SEMI = {
  version: 1,
  lists: [{ id: "semi", name: "반도체", entries: [{ ticker: "005930", added: null }] }],
};

const WALK_MS = 120_000;
const SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** What a finger presses on the page or in the open dialog, and is smaller than 44 px. */
const SMALL = `[...(document.querySelector("dialog[open]") ?? document.querySelector("main")).querySelectorAll("a, button, select, summary, input:not([type=checkbox]), textarea")]
  .filter((one) => one.checkVisibility() && !one.matches(".row-link, p a"))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 80))`;

/** Two keys of one moment: nothing is drawn between them, as for a reader who is faster than the page. */
const FAST_KEYS = `for (const press of [{ key: "j", code: "KeyJ" }, { key: "ArrowDown", altKey: true }]) {
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...press, bubbles: true, cancelable: true }));
}`;

async function orderOf(page: Page): Promise<readonly (string | null)[]> {
  const rows = await page.locator("[data-row]").all();
  return Promise.all(rows.map(async (row) => row.getAttribute("data-row")));
}

describe("the lists of a device", () => {
  it("[UI215] takes 500 pasted names with errors, loses none, and gives them back the same", async ({
    expect,
  }) => {
    const { page, complaints } = await stage.show("/watch/starred", { answers: MARKET, rows: ROWS });
    await page.getByRole("button", { name: "새 목록" }).click();
    await page.getByPlaceholder("목록 이름").fill("반도체");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "반도체" }).waitFor();
    await page.getByRole("button", { name: "붙여넣기·파일" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("textarea").fill(PASTED.join("\n"));
    await expect
      .poll(async () => dialog.locator(".change-counts").textContent(), PATIENT)
      .toBe("모름 100고르기 1새 종목 399");
    await expect
      .poll(async () => dialog.locator(".paste-rows li").first().textContent())
      .toContain("5행모름없는회사4");
    await dialog.getByLabel("'회사'에 해당하는 종목").selectOption("200004");
    await dialog.getByRole("button", { name: "400종목 담기" }).click();
    await dialog.getByText("400종목을 담았습니다.").waitFor();
    const left = PASTED.filter((line) => line.startsWith("없는회사"));
    await expect.poll(async () => dialog.locator("textarea").inputValue()).toBe(left.join("\n"));
    expect(await findingsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByText("400종목", { exact: true }).waitFor();
    // Of a long list the rows near the screen.
    await expect.poll(async () => page.locator("[data-row]").count()).toBeLessThan(80);

    const before = await page.evaluate<string>("localStorage['vcp.lists']");
    await page.getByRole("button", { name: "내보내기" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "내려받기" }).first().click(),
    ]);
    const csv = readFileSync(await file.path());
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "목록 삭제" }).click();
    await page.getByText("'반도체' 목록을 삭제했습니다.").waitFor();
    await page.getByRole("button", { name: "붙여넣기·파일" }).click();
    const open = async (buffer: Buffer): Promise<void> =>
      dialog.locator("input[type=file]").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer });
    // A syllable that CP949 has and EUC-KR has not.
    await open(Buffer.from([0x8c, 0x63]));
    await expect.poll(async () => dialog.locator("textarea").inputValue(), PATIENT).toBe("똠");
    await open(csv);
    await dialog.getByRole("button", { name: "400종목 담기" }).click();
    await page.getByText("400종목을 담았습니다.").waitFor();
    const again = await page.evaluate<string>("localStorage['vcp.stars']");
    const tickers = (text: string): readonly string[] => text.match(/\b2\d{5}\b/gu) ?? [];
    expect(tickers(again)).toEqual(tickers(before));
    expect(complaints).toEqual([]);
  });

  it("[UI215] shows what is known of each stock, and takes back order, note and removal", async ({
    expect,
  }) => {
    const { page } = await stage.show("/watch/starred", {
      rows: ROWS,
      answers: MARKET,
      // As the version before lists wrote it.
      script: `localStorage["vcp.stars"] ??= '["005930","D00001","200007","200008"]';
        localStorage["vcp.lists"] ??= '${JSON.stringify(SEMI)}'`,
    });
    const row = (ticker: string): Locator => page.locator(`[data-row="${ticker}"]`);
    await expect.poll(async () => row("005930").textContent(), PATIENT).toContain("임박");
    await row("200007").getByText("회사 7").waitFor();
    await row("200007").getByText("시그널 없음").waitFor();
    await row("D00001").getByText("데모 종목").waitFor();
    await expect.poll(async () => row("D00001").textContent()).not.toContain("시그널 없음");

    await page.evaluate(FAST_KEYS);
    await expect.poll(async () => orderOf(page), PATIENT).toEqual(["D00001", "005930", "200007", "200008"]);
    await expect
      .poll(async () => page.evaluate("document.activeElement?.textContent"), PATIENT)
      .toBe("삼성전자");
    await row("200008").getByRole("button", { name: "위로" }).click();
    await expect.poll(async () => orderOf(page), PATIENT).toEqual(["D00001", "005930", "200008", "200007"]);

    // A part that loads behind the page keeps the focus.
    await page.locator("main > output").first().waitFor({ state: "attached" });
    await row("005930").getByRole("button", { name: "더보기" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("textarea").fill("거래량을 기다린다");
    await dialog.getByRole("button", { name: "목록에서 빼기" }).click();
    await expect.poll(async () => row("005930").count(), PATIENT).toBe(0);
    await page.getByRole("button", { name: "되돌리기" }).click();
    await expect.poll(async () => row("005930").textContent()).toContain("거래량을 기다린다");
    // Out of the list from the row itself; the way back has the focus.
    await row("200007").getByRole("button", { name: "빼기" }).click();
    await expect.poll(async () => row("200007").count(), PATIENT).toBe(0);
    await expect.poll(async () => page.locator("output .action:focus").count(), PATIENT).toBe(1);
    await page.keyboard.press("Enter");
    await row("200007").waitFor();
    await page.reload();
    await expect.poll(async () => orderOf(page), PATIENT).toEqual(["D00001", "005930", "200008", "200007"]);

    await page.getByLabel("종목 추가").fill("회사 9");
    await page.getByRole("button", { name: "회사 9 200009" }).click();
    await row("200009").waitFor();
    await page.goto(`${stage.url()}/watch/semi`);
    await page.getByRole("link", { name: "시그널만 보기" }).click();
    await expect.poll(async () => page.locator(".signal-row").count(), PATIENT).toBe(1);
    await expect.poll(() => new URL(page.url()).search).toBe("?state=all&grade=all&list=semi");
    await page.getByRole("button", { name: "반도체 1", pressed: true }).click();
    await expect.poll(async () => page.locator(".signal-row").count(), PATIENT).toBe(ROWS.length);
    await page.goto(`${stage.url()}/watch/nowhere`);
    await page.getByText("이 기기에는 그런 목록이 없습니다").waitFor();
  });

  it(
    "[UI216] lists and dialogs have no finding, no sideways scroll and room for a finger",
    async ({ expect }) => {
      for (const [locale, colorScheme, width] of LOOKS) {
        const { page, context } = await stage.show("/watch/starred", {
          rows: ROWS,
          answers: MARKET,
          locale,
          colorScheme,
          ...(width === 360 ? PHONE : {}),
          script: `localStorage["vcp.stars"] ??= '["005930","D00001","200007"]'`,
        });
        await page.locator("[data-row]").nth(2).waitFor();
        const look = `${locale} ${colorScheme} ${width}`;
        const check = async (part: string): Promise<void> => {
          expect.soft(await findingsOf(page), `${look} ${part}`).toEqual([]);
          expect.soft(await page.evaluate(SIDEWAYS), `${look} ${part}`).toBe(0);
          if (width === 360) {
            expect.soft(await page.evaluate(SMALL), `${look} ${part}`).toEqual([]);
          }
        };
        await check("list");
        await page.locator("[data-row] [aria-haspopup=dialog]").first().click();
        await page.locator(".modal .add-to-list summary").click();
        await check("stock");
        await page.keyboard.press("Escape");
        for (const button of [0, 1]) {
          await page.locator(".page-title [aria-haspopup=dialog]").nth(button).click();
          await page.getByRole("dialog").waitFor();
          await page.locator(".modal textarea, .modal fieldset").first().waitFor();
          await check(`dialog ${button}`);
          await page.keyboard.press("Escape");
        }
        await context.close();
      }
    },
    WALK_MS,
  );

  it("[UI217] shows what a file of a device changes before it does, and takes it back", async ({
    expect,
  }) => {
    const { page } = await stage.show("/watch/starred", {
      rows: ROWS,
      answers: MARKET,
      script: `localStorage["vcp.stars"] ??= '["005930","200007"]'`,
    });
    await page.goto(`${stage.url()}/settings`);
    const device = page.locator("#device");
    await device.getByText("담은 종목 2개").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      device.getByRole("button", { name: "모두 파일로 내보내기" }).click(),
    ]);
    const own = readFileSync(await download.path(), "utf8");
    expect(JSON.parse(own)).toMatchObject({
      version: 1,
      starred: [{ ticker: "005930" }, { ticker: "200007" }],
    });
    const open = async (text: string): Promise<void> =>
      device
        .locator("input[type=file]")
        .setInputFiles({ name: "device.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await open("code,name\n005930,삼성전자");
    await device.getByRole("alert").getByText("JSON 파일이 아닙니다").waitFor();
    await open(
      JSON.stringify({
        ...JSON.parse(own),
        starred: [{ ticker: "200009", added: null }],
        lists: [{ id: "a", name: "반도체", entries: [{ ticker: "005930", added: null }] }],
        values: { "vcp.locale": "en", "vcp.theme": "dark" },
      }),
    );
    const changes = device.locator(".device-plan li");
    await expect
      .poll(async () => changes.allTextContents())
      .toEqual(["★ 관심 추가 1", "새 목록 반도체 추가 1", "화면과 단축키 설정 추가 2"]);
    await device.getByLabel("파일로 바꾸기").check();
    await expect.poll(async () => (await changes.allTextContents())[0]).toBe("★ 관심 추가 1 · 삭제 2");
    expect(await findingsOf(page)).toEqual([]);
    await device.getByRole("button", { name: "가져오기", exact: true }).click();
    await device.getByText("Imported.").waitFor();
    await expect.poll(async () => page.locator("html").getAttribute("data-theme")).toBe("dark");
    await expect.poll(async () => page.evaluate("localStorage['vcp.stars']")).toBe('["200009"]');
    expect(await findingsOf(page)).toEqual([]);
    await device.getByRole("button", { name: "Undo" }).click();
    await device.getByText("담은 종목 2개").waitFor();
    await expect.poll(async () => page.evaluate("localStorage['vcp.stars']")).toBe('["005930","200007"]');
    await expect.poll(async () => page.locator("html").getAttribute("data-theme")).toBe("system");
    await page.setViewportSize({ width: 360, height: 780 });
    await expect.poll(async () => page.evaluate(SIDEWAYS)).toBe(0);
    expect(await findingsOf(page)).toEqual([]);
  });
});
