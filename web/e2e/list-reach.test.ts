/** The reach of the list: by keyboard, by touch, on small screens and without an automatic finding of accessibility. */
import { describe, it } from "vitest";
import { KEY_TEXTS } from "../i18n/key-texts.ts";
import { KEY_MAP } from "../view/keys/key-map.ts";
import { findingsOf } from "./accessibility.ts";
import {
  BOXES,
  PATIENT,
  PHONE,
  SPOKEN,
  WATCH_SIDE,
  chip,
  names,
  searchOf,
  settled,
  stageList,
  sweep,
  tabTo,
  drawnBehind,
} from "./list-stage.ts";
import { ROWS } from "./stub-signals.ts";

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
    await expect.poll(async () => mark.textContent()).toMatch(/C.*최고 C/);
    await expect.poll(async () => mark.locator(".cap").getAttribute("title")).toContain("확장");
  });

  it("[UI129] chooses, sorts and stars by keyboard alone", async ({ expect }) => {
    const { page } = await stage.show();
    await page.locator(".signal-row").first().waitFor();
    await tabTo(page, /^ 되밀림/);
    await page.keyboard.press("Space");
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=ready,today,squat");
    await tabTo(page, /^ RS 순위$/);
    await page.keyboard.press("Enter");
    await expect.poll(async () => page.locator("th[aria-sort=descending]").textContent()).toBe("RS 순위");
    await drawnBehind(page);
    await page.keyboard.press("j");
    await page.locator(".row-link:focus").waitFor();
    // Where single keys are switched off the star of the row is one step away.
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await chip(page, "★ 관심 1").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator(".signal-row").nth(1).locator(".row-link:focus").waitFor();
  });

  it("[UI26] keeps every row of a long list at its place when the list is sorted far down", async ({
    expect,
  }) => {
    const { page } = await stage.show("/?state=all&grade=all");
    await page.locator(".signal-row").first().waitFor();
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await page.locator('.signal-row[aria-rowindex="97"]').waitFor();
    await page.evaluate("document.querySelector('.at-colRs .sort').click()");
    await page.locator("th[aria-sort=descending]", { hasText: "RS" }).waitFor();
    const off = `(() => {
      const { top } = document.querySelector(".signals tbody").getBoundingClientRect();
      return [...document.querySelectorAll(".signal-row")]
        .map((row) => Math.round(row.getBoundingClientRect().top - top - 38 * (row.ariaRowIndex - 2)))
        .filter((by) => Math.abs(by) > 2);
    })()`;
    await expect.poll(async () => page.evaluate<readonly number[]>(off), PATIENT).toEqual([]);
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
    await expect.poll(() => new URL(page.url()).pathname).toBe("/");
    await expect
      .poll(async () =>
        page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
      )
      .toBe(0);
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
});

/** Every signal of the stub, with its detail and bars. */
const WITH_DETAILS = { answers: {}, rows: ROWS };
const WHOLE = "/?state=all&grade=all&sort=-rs";
const PLACE = ".flip-bar > .number";
const PLACES = [...new Set(KEY_MAP.map(({ place }) => place))];

describe("going through the list", () => {
  it("[UI204] stands beside the list at 1440 px, and no step moves either or takes the focus", async ({
    expect,
  }) => {
    const { page, complaints } = await stage.show(WHOLE, WITH_DETAILS);
    await page.locator(".list-preview .chart-host canvas").first().waitFor();
    const order = await names(page);
    const title = page.locator(".list-preview h2").first();
    const boxes = async (): Promise<string> => page.evaluate(BOXES);
    const before = await boxes();
    await expect
      .poll(async () => [await title.textContent(), await page.locator(PLACE).textContent()])
      .toEqual([order[0], `1 / ${ROWS.length}`]);
    await page.keyboard.press("]");
    await title.getByText(order[1] ?? "").waitFor();
    await expect.poll(async () => page.evaluate("document.activeElement === document.body")).toBe(true);
    await page.locator(".signal-row").nth(4).locator("td").first().click();
    await title.getByText(order[4] ?? "").waitFor();
    await page.locator(".list-preview .chart-host canvas").first().waitFor();
    expect(await boxes()).toBe(before);
    await page.keyboard.press("Space");
    await page.locator('.signal-row[aria-current="true"]', { hasText: order[5] ?? "" }).waitFor();
    await page.keyboard.press("[");
    await page.locator(PLACE, { hasText: `5 / ${ROWS.length}` }).waitFor();
    await page.locator(".list-preview a.number").focus();
    await page.keyboard.press("Escape");
    await page.locator(".row-link:focus", { hasText: order[4] ?? "" }).waitFor();
    await page.getByRole("button", { name: "차트 닫기" }).click();
    await page.locator(".at-colPivot").waitFor();
    await page.reload();
    await page.locator(".at-colPivot").waitFor();
    await expect.poll(async () => page.locator(".list-preview").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("[UI311] a star pressed in the list leaves the signal beside it as it is", async ({ expect }) => {
    const { page } = await stage.show(WHOLE, WITH_DETAILS);
    await page.locator(".list-preview .chart-host canvas").first().waitFor();
    const third = page.locator(".signal-row").nth(2);
    await third.locator(".star[aria-pressed=false]").click();
    // What a press chooses is marked in its own frame, before the star is painted.
    const current = page.locator('.signal-row[aria-current="true"]');
    await third.locator(".star[aria-pressed=true]").waitFor();
    await expect.poll(async () => current.getAttribute("aria-rowindex")).toBe("2");
    await third.locator("td").first().click();
    await third.and(current).waitFor();
  });

  it("[UI201] goes on from the page of a signal in the order of its list, by key, button and finger", async ({
    expect,
  }) => {
    const { page, complaints } = await stage.show(WHOLE, { ...WITH_DETAILS, ...PHONE });
    const order = await names(page);
    const title = page.locator(".page-title h2");
    await page.locator(".row-link").first().click();
    await page.locator(PLACE, { hasText: `1 / ${ROWS.length}` }).waitFor();
    await page.getByRole("button", { name: "다음 시그널" }).tap();
    await title.getByText(order[1] ?? "").waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe("?from=state%3Dall%26grade%3Dall%26sort%3D-rs");
    await expect
      .poll(async () => page.evaluate("document.activeElement.getAttribute('aria-keyshortcuts')"))
      .toBe("]");
    const bar = async () => page.locator(".flip-bar button").last().boundingBox();
    await expect.poll(async () => (await bar())?.height).toBeGreaterThanOrEqual(44);
    // [UI203] a sweep over the levels, beneath the chart.
    const plan = page.locator(".plan h2");
    await plan.scrollIntoViewIfNeeded();
    const box = await plan.boundingBox();
    await sweep(page, { x: 280, y: (box?.y ?? 0) + 4 }, -180);
    await title.getByText(order[2] ?? "").waitFor();
    await page.locator("body").press("[");
    await title.getByText(order[1] ?? "").waitFor();
    await page.locator(".chart-host canvas").first().waitFor();
    await page.locator(".chart-tools button", { hasText: "주봉" }).click();
    await page.waitForURL("**/signals/*?bars=week&scale=linear&rs=on&from=**");
    await page.reload();
    await page.locator(PLACE, { hasText: `2 / ${ROWS.length}` }).waitFor();
    await page.keyboard.press("Escape");
    await page.waitForURL(`**${WHOLE}`);
    expect(complaints).toEqual([]);
  });

  it("[UI207] speaks a step once, and leaves the focus in the chart", async ({ expect }) => {
    const { page } = await stage.show(WHOLE, WITH_DETAILS);
    await page.locator(".chart-host canvas").first().waitFor();
    const order = await names(page);
    await page.locator(".chart-host").focus();
    await page.evaluate(SPOKEN);
    await page.keyboard.press("]");
    await page.locator(".flip-bar output", { hasText: `${order[1]}, ${ROWS.length}개 중 2번째` }).waitFor();
    await page.locator(".chart-host:focus canvas").first().waitFor();
    await page.keyboard.press("Space");
    await page.locator(".flip-bar output", { hasText: `${order[2]}, ${ROWS.length}개 중 3번째` }).waitFor();
    await page.locator(".chart-host:focus canvas").first().waitFor();
    expect(await page.evaluate("globalThis.spoken")).toBe(2);
  });

  it("[UI208] draws the next chart in the one that stands, as a page of its own would, and nothing of another signal beside it", async ({
    expect,
  }) => {
    const { page, complaints } = await stage.show(WHOLE, WITH_DETAILS);
    const order = await names(page);
    const ids = await page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('.signal-row')].map((row) => row.dataset.row)",
    );
    // The list has asked for some of them before its place was left.
    const came = async (): Promise<string> =>
      page.evaluate<string>("performance.getEntriesByType('resource').map(({ name }) => name).join(' ')");
    await page.locator(".row-link").first().click();
    await page.locator(PLACE, { hasText: `1 / ${ROWS.length}` }).waitFor();
    await page.locator(".chart-host canvas").first().waitFor();
    const side = page.locator(".signal-page .side:not(.late) .plan");
    await side.waitFor();
    await page.locator(".score-details summary").click();
    await page.evaluate(WATCH_SIDE);
    for (const nth of [1, 2, 3]) {
      const id = ids[nth] ?? "";
      await expect.poll(came, PATIENT).toContain(`/api/kr/signals/${id}`);
      await expect.poll(came, PATIENT).toContain(`/api/kr/stocks/${id.replace("sig-", "")}/chart`);
      await page.keyboard.press("]");
      await page.locator(".page-title h2", { hasText: order[nth] ?? "" }).waitFor();
    }
    await page.locator(`.side:not(.late) textarea[aria-label*="${order[3]}"]`).waitFor();
    expect(await page.evaluate("globalThis.pairs.filter(([title, note]) => !note.includes(title))")).toEqual(
      [],
    );
    expect(await page.evaluate("globalThis.stood === document.querySelector('.chart-host canvas')")).toBe(
      true,
    );
    await page.mouse.move(2, 2);
    const inPlace = await settled(page);
    await page.reload();
    await page.locator(".chart-host canvas").first().waitFor();
    await side.waitFor();
    // A part of it can come after two looks that saw the same.
    await expect.poll(async () => settled(page)).toBe(inPlace);
    expect(complaints).toEqual([]);
  });

  it("[UI202] has asked for the neighbour before the step, and asks for nothing of it after", async ({
    expect,
  }) => {
    const { page } = await stage.show(WHOLE, WITH_DETAILS);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const second = page.locator(".signal-row").nth(1);
    const id = (await second.getAttribute("data-row")) ?? "";
    const ticker = (await second.locator(".signal-name .number").textContent()) ?? "";
    const of = (): readonly string[] =>
      asked.filter((path) => path === `/api/kr/signals/${id}` || path === `/api/kr/stocks/${ticker}/chart`);
    await expect.poll(() => of().length, PATIENT).toBe(2);
    await page.keyboard.press("]");
    await page.locator(".list-preview a.number", { hasText: ticker }).waitFor();
    await page.locator(".list-preview .chart-host canvas").first().waitFor();
    expect(of()).toHaveLength(2);
  });

  it("[UI206] lists every key in both languages", async ({ expect }) => {
    for (const [locale, sample] of [
      ["ko-KR", KEY_TEXTS.ko],
      ["en-US", KEY_TEXTS.en],
    ] as const) {
      const { page, context } = await stage.show("/", { ...WITH_DETAILS, locale });
      await page.keyboard.press("?");
      await page.locator("dialog .key-list").first().waitFor();
      const rows = async () => page.locator("dialog .key-list > div").allTextContents();
      await expect
        .poll(async () => (await rows()).map((row) => row.trim()))
        .toEqual(
          PLACES.flatMap((place) => KEY_MAP.filter((entry) => entry.place === place)).map(
            ({ keys, label }) => `${keys.join("")}${sample.labels[label]}`,
          ),
        );
      expect(await findingsOf(page), locale).toEqual([]);
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
      await page.locator(".list-preview .chart-host canvas").first().waitFor();
      expect(await findingsOf(page), `${locale} beside the list`).toEqual([]);
      await context.close();
    }
  });
});
