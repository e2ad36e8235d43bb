/** What a device keeps of its reader: stars, views, and what the list was at the last visit. */
import { describe, it } from "vitest";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { findingsOf } from "./accessibility.ts";
import { PATIENT, chip, searchOf, stageList, tabTo } from "./list-stage.ts";
import { LONG_ROWS, LONG_SIGNALS, rowAt, TODAY } from "./stub-long-list.ts";
import { eventsOf } from "./stub-pages.ts";
import { detailOf, ROWS } from "./stub-signals.ts";

const stage = stageList();

describe("what a device keeps", () => {
  it("[UI124] stars a row by key, by button and on its page, and shows the starred alone", async ({
    expect,
  }) => {
    const { page } = await stage.show("/?state=all&grade=all", { answers: {}, rows: ROWS });
    await page.locator(".signal-row").first().waitFor();
    await page.keyboard.press("w");
    await expect.poll(async () => page.locator(".star[aria-pressed=true]").count()).toBe(0);
    await page.keyboard.press("j");
    await page.locator(".row-link:focus").waitFor();
    const name = await page.locator(".row-link:focus").textContent();
    await page.keyboard.press("w");
    await page
      .locator(".signal-row", { hasText: name ?? "" })
      .locator(".star[aria-pressed=true]")
      .waitFor();
    const other = page.locator(".signal-row", { hasText: "삼성전자" });
    await other.getByRole("button", { name: "삼성전자 관심" }).click();
    // The star is no way to the page.
    await expect.poll(() => new URL(page.url()).pathname).toBe("/");
    await chip(page, "★ 관심 2").click();
    await expect.poll(async () => page.locator(".signal-row").count(), PATIENT).toBe(2);
    await page.reload();
    await page.locator(".signal-row").first().waitFor();
    await expect.poll(async () => page.locator(".signal-row").count()).toBe(2);
    await other.locator(".row-link").click();
    await page.waitForURL("**/signals/*");
    await page.locator(".page-title .star[aria-pressed=true]").waitFor();
    await page.keyboard.press("w");
    await page.locator(".page-title .star[aria-pressed=false]").waitFor();
    await page.goBack();
    await expect.poll(async () => page.locator(".signal-row").count(), PATIENT).toBe(1);
  });

  it("[UI123] keeps views under names by keyboard alone, and opens, renames and deletes them", async ({
    expect,
  }) => {
    const { page } = await stage.show("/?state=squat&sort=-rs");
    await page.locator(".signal-row").first().waitFor();
    await tabTo(page, /보기 저장/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await expect
      .poll(async () => dialog.locator(".view-link input").inputValue())
      .toBe(`${stage.url()}/?state=squat&sort=-rs`);
    await dialog.getByPlaceholder("이름").focus();
    await page.keyboard.type("되밀림 RS순");
    await page.keyboard.press("Enter");
    await dialog.locator(".view-list li").waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").waitFor();
    expect(await findingsOf(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await chip(page, /^실행 가능/).click();
    await expect.poll(async () => searchOf(page), PATIENT).toBe("sort=-rs");
    await page.reload();
    await page.getByRole("button", { name: "보기 저장" }).click();
    await dialog.getByRole("button", { name: "되밀림 RS순 이름 바꾸기" }).click();
    await dialog.locator(".view-list input").fill("squats");
    await page.keyboard.press("Enter");
    await dialog.locator(".view-list button:focus").waitFor();
    await dialog.getByRole("button", { name: "squats", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(async () => searchOf(page), PATIENT).toBe("state=squat&sort=-rs");
    await page.getByRole("button", { name: "보기 저장" }).click();
    await dialog.getByRole("button", { name: "squats 삭제" }).click();
    await expect.poll(async () => dialog.locator(".view-list li").count()).toBe(0);
    await dialog.locator(":focus").waitFor();
  });

  it("[UI123] copies the address of the screen, and shows it as text where the clipboard is refused", async ({
    expect,
  }) => {
    const { page, context } = await stage.show("/?state=squat&star=1");
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "링크 복사" }).click();
    await page.locator("output", { hasText: "복사됨" }).waitFor();
    await expect
      .poll(async () => page.evaluate<string>("navigator.clipboard.readText()"))
      .toBe(`${stage.url()}/?state=squat&star=1`);
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))");
    await page.getByRole("button", { name: "링크 복사" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    await expect.poll(async () => dialog.textContent()).toContain("여는 기기");
  });

  it("[UI125] names on the next visit what changed since, stops first, each a way to its page", async ({
    expect,
  }) => {
    const [a, b, c, d] = [rowAt(LONG_ROWS), rowAt(LONG_ROWS, 1), rowAt(LONG_ROWS, 2), rowAt(LONG_ROWS, 3)];
    const rest = LONG_ROWS.slice(4);
    const fresh: SignalRow = {
      ...a,
      id: "300000.20250303.20250520",
      ticker: "300000",
      name: "새종목",
      created_at: "2025-06-16T18:20:00.000+09:00",
    };
    const now = [
      { ...b, state: "TRIGGERED" as const },
      { ...c, state: "CONFIRMED" as const, triggered_on: TODAY },
      d,
      ...rest,
      fresh,
    ];
    const failed = { ...detailOf(a), state: "FAILED", grade: "D" };
    // What the device saw two hours ago.
    const states = Object.fromEntries([a, b, c, d, ...rest].map(({ id, state }) => [id, state]));
    const visit = { base: null, seen: { at: 0, as_of: "2025-06-13T18:30:00.000+09:00", states } };
    const { page } = await stage.show("/", {
      rows: now,
      script: `localStorage.getItem("vcp.visit.KRX") ?? localStorage.setItem("vcp.visit.KRX", ${JSON.stringify(JSON.stringify(visit))})`,
      answers: {
        "/api/kr/signals": { body: { ...LONG_SIGNALS, signals: now, count: now.length } },
        [`/api/kr/signals/${a.id}`]: { body: failed },
        [`/api/kr/signals/${a.id}/events`]: { body: eventsOf(detailOf(a)) },
      },
    });
    const line = page.locator(".since-line").first();
    await expect
      .poll(async () => line.locator(".change-counts").textContent(), PATIENT)
      .toBe("손절·이탈 1돌파 1터치 1신규 1");
    await expect
      .poll(async () => line.locator(".since-top a").allTextContents())
      .toEqual([`손절·이탈 ${a.name}`, `돌파 ${c.name}`, `터치 ${b.name}`]);
    await expect
      .poll(async () => line.locator(".since-top a").first().getAttribute("href"))
      .toBe(`/signals/${a.id}`);
    await line.getByRole("button").click();
    await expect.poll(async () => page.locator(".since .change-item").count()).toBe(4);
    await expect
      .poll(async () => page.locator(".since .change-item").first().textContent())
      .toContain("손절·이탈");
    // Only the new one is new, and within the visit a reload compares with the same moment.
    await chip(page, "신규 1").waitFor();
    await page.reload();
    await expect
      .poll(async () => line.locator(".change-counts").textContent(), PATIENT)
      .toBe("손절·이탈 1돌파 1터치 1신규 1");
    expect(await findingsOf(page)).toEqual([]);
  });

  it("[UI126] names what a gap of the connection brought, and leaves it there to be read", async ({
    expect,
  }) => {
    const { page, live } = await stage.show("/", { answers: {}, rows: ROWS });
    await page.locator(".since-line", { hasText: "첫 방문" }).waitFor();
    await page.locator('.connection[data-state="closed"]').waitFor();
    await live.cut();
    await page.locator('.connection[data-state="reconnecting"], .connection[data-state="offline"]').waitFor();
    await live.change([{ ...rowAt(ROWS), state: "TRIGGERED", triggered_on: TODAY }], [], null);
    live.restore();
    await page.getByRole("button", { name: "다시 연결" }).click();
    const gap = page.locator(".since-line", { hasText: "공백 중 변경" });
    await gap.locator(".since-top a", { hasText: "터치 삼성전자" }).waitFor();
    await page.locator('.connection[data-state="closed"]').waitFor({ timeout: 15_000 });
    await expect.poll(async () => gap.locator(".change-counts").textContent()).toBe("터치 1");
  });
});
