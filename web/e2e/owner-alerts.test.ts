/** The owner's alerts in a real browser, before a real Worker and a receiver: from the login over a channel and a rule to what was sent. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect as expecting, it } from "vitest";
import { buildMarket } from "../../worker/testing/builders/constructed-market.ts";
import { WebhookReceiver } from "../../worker/testing/fakes/alerts/webhook-receiver.ts";
import { serveVendor, type ServedVendor } from "../../worker/testing/fakes/serve-vendor.ts";
import { askOwner, sendMarket } from "../../worker/testing/stage/ask-owner.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { ALERT_PAGE_TEXTS } from "../i18n/alert-page-texts.ts";
import { findingsOf } from "./accessibility.ts";
import { launchBrowser, type OpenPage, openPage } from "./browser.ts";
import { layoutFaults, resize } from "./faults.ts";

/** Longer than the pause before a third attempt, should the second find the receiver broken too. */
const PATIENT = { timeout: 100_000, interval: 100 };
const WALK = { timeout: 240_000 };

let stateDir: string;
let worker: RealWorker;
let browser: Browser;
let served: ServedVendor;
/** Made with the secret that the page has shown. */
let receiver: WebhookReceiver;
let opened: OpenPage[] = [];

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "vcp-owner-alerts-"));
  served = await serveVendor(async (request) => receiver.handle(request));
  worker = await startWorker({ stateDir, vars: { ALERT_TARGETS: served.url } });
  browser = await launchBrowser();
  const market = buildMarket();
  await askOwner(worker, "PUT", "/api/admin/exchange", JSON.stringify({ exchange: "KRX" }));
  await sendMarket(worker, market);
});

afterAll(async () => {
  await browser.close();
  await worker.stop();
  await served.end();
  rmSync(stateDir, { recursive: true, force: true });
});

afterEach(async () => {
  await Promise.all(opened.map(({ context }) => context.close()));
  opened = [];
});

async function open(): Promise<OpenPage> {
  const page = await openPage(browser, { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  opened.push(page);
  return page;
}

/** By the way that the page itself offers. */
async function logIn(page: Page): Promise<void> {
  await page.goto(`${worker.url}/alerts`);
  await page.locator("#owner").getByRole("link", { name: "로그인" }).click();
  await page.locator("#token:focus").waitFor();
  await page.locator("#token").fill(worker.ownerToken);
  await page.keyboard.press("Enter");
  await page.locator("#owner-channels").waitFor();
}

/** Opens a form by its summary, with the keyboard. */
async function unfold(section: Locator, summary: string | RegExp): Promise<Locator> {
  const details = section.locator("details", {
    has: section.page().locator("summary", { hasText: summary }),
  });
  await details.locator("summary").focus();
  await section.page().keyboard.press("Enter");
  await details.locator("form").waitFor();
  return details;
}

/** Asks for the log again until it has the text. */
async function logShows(page: Page, text: string | RegExp): Promise<void> {
  const log = page.locator("#owner-log");
  await expecting
    .poll(async () => {
      await log.getByRole("button", { name: "새로고침" }).click();
      return log.innerText();
    }, PATIENT)
    .toMatch(text);
}

async function drawnSecret(page: Page): Promise<string> {
  let secret = "";
  await expecting
    .poll(async () => {
      secret = await page.locator("#drawn-secret code").innerText();
      return secret;
    }, PATIENT)
    .toMatch(/\S{16}/u);
  return secret;
}

/** A webhook with a secret that the server draws, which the receiver knows from here on. */
async function addWebhook(page: Page): Promise<void> {
  const section = page.locator("#owner-channels");
  const form = await unfold(section, "웹훅 추가");
  await form.getByLabel("주소").fill(`${served.url}/hooks/1`);
  await page.keyboard.press("Enter");
  const secret = await drawnSecret(page);
  receiver = new WebhookReceiver({ secret, form: "raw", now: Date.now });
}

describe("the owner's alerts", () => {
  it(
    "[UI290][UI293] are behind a login that leads back; a secret is drawn, copied and never shown again",
    WALK,
    async ({ expect }) => {
      const { page, complaints } = await open();
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(`${worker.url}/alerts`);
      await page.locator("#owner").getByRole("link", { name: "로그인" }).waitFor();
      expect(asked.filter((path) => path.startsWith("/api/alerts"))).toEqual([]);
      await logIn(page);
      expect(new URL(page.url()).pathname).toBe("/alerts");
      const section = page.locator("#owner-channels");
      const form = await unfold(section, "웹훅 추가");
      const address = form.getByLabel("주소");
      await address.fill("hooks.example");
      await page.keyboard.press("Enter");
      await form.getByText("https://hooks.example/alerts 같은 주소를 쓰세요.").waitFor();
      await expect.poll(async () => address.getAttribute("aria-invalid")).toBe("true");
      expect(asked.filter((path) => path.startsWith("/api/alerts/channels"))).toEqual([]);
      // What the server alone can judge: what was typed is still there.
      await address.fill("https://192.168.0.5/hook");
      await page.keyboard.press("Enter");
      await form.getByRole("alert").getByText("공개된 인터넷 주소가 아닙니다").waitFor();
      await expect.poll(async () => address.inputValue()).toBe("https://192.168.0.5/hook");
      await page.evaluate("navigator.clipboard.writeText = async (text) => void (window.copied = text)");
      await address.fill(`${served.url}/hooks/1`);
      await page.keyboard.press("Enter");
      const secret = await drawnSecret(page);
      await section.getByText("다시 보여주지 않으니").waitFor();
      await section.getByRole("button", { name: "복사" }).click();
      await section.getByText("복사했습니다.").waitFor();
      expect(await page.evaluate("window.copied")).toBe(secret);
      await page.reload();
      await section.getByText("아직 보낸 적 없음").waitFor();
      await section.getByText("정상").waitFor({ state: "detached" });
      expect([secret.length > 20, (await page.content()).includes(secret)]).toEqual([true, false]);
      // A change that leaves address and secret empty keeps both: the next test sends by them.
      receiver = new WebhookReceiver({ secret, form: "raw", now: Date.now });
      const change = await unfold(section, /^바꾸기$/u);
      await change.getByLabel("이름 (선택)").fill("책상");
      await page.keyboard.press("Enter");
      await section.getByRole("heading", { name: "책상" }).waitFor();
      receiver.traps.failing = 1;
      await section.getByRole("button", { name: "시험 전송: 책상" }).click();
      await section.getByText("웹훅 응답 503").waitFor();
      await section.getByText("실패 중").waitFor();
      await section.getByRole("button", { name: "시험 전송: 책상" }).click();
      await section.getByText("도착했습니다.").waitFor();
      await section.getByText("정상").waitFor();
      expect(receiver.received.keys()).toHaveLength(1);
      // A deletion asks, and a no leads back.
      const form2 = await unfold(section, /^바꾸기$/u);
      await form2.getByRole("button", { name: "채널 삭제" }).click();
      await form2.getByRole("button", { name: "취소" }).last().and(page.locator(":focus")).waitFor();
      await page.keyboard.press("Enter");
      await form2.getByRole("button", { name: "채널 삭제" }).click();
      await form2.getByRole("button", { name: "삭제", exact: true }).click();
      await section.getByText("채널이 없습니다.").waitFor();
      await section.getByRole("heading", { name: "채널" }).and(page.locator(":focus")).waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it(
    "[UI291][UI294] send what a rule asks for, and state in the log what arrived and what did not",
    WALK,
    async ({ expect }) => {
      const { page, context, complaints } = await open();
      await logIn(page);
      await addWebhook(page);
      await page.locator("#drawn-secret").getByRole("button", { name: "옮겨 적었습니다" }).click();
      const section = page.locator("#owner-rules");
      const form = await unfold(section, "규칙 추가");
      await form.getByLabel("이름 (선택)").fill("모두");
      await form.getByLabel("대상").selectOption("all");
      await form.getByLabel("신규 시그널").check();
      // Whatever the hour is.
      await form.getByLabel(ALERT_PAGE_TEXTS.ko.quietHint).uncheck();
      await form.getByRole("button", { name: "저장" }).click();
      await section.getByRole("heading", { name: "모두" }).waitFor();
      // Broken until the page has stated it, however long that takes.
      receiver.traps.failing = Number.POSITIVE_INFINITY;
      await askOwner(worker, "POST", "/api/kr/scan", "{}");
      await logShows(
        page,
        /다시 보냄 대기[\s\S]*\d번 시도[\s\S]*다음 시도 \d\d-\d\d \d\d:\d\d KST[\s\S]*웹훅 응답 503/u,
      );
      receiver.traps.failing = 0;
      await logShows(page, /보냄[\s\S]*\d번 시도[\s\S]*보냄 \d\d-\d\d \d\d:\d\d KST/u);
      expect(receiver.received.keys()).toHaveLength(1);
      // Off, deleted and back again.
      await section.getByLabel("모두: 켜짐").click();
      await section.getByLabel("모두: 꺼짐").waitFor();
      const change = await unfold(section, /^바꾸기$/u);
      await change.getByRole("button", { name: "규칙 삭제" }).click();
      await section.getByRole("button", { name: "되돌리기" }).and(page.locator(":focus")).waitFor();
      await page.keyboard.press("Enter");
      await section.getByLabel("모두: 꺼짐").waitFor();
      await section.getByRole("heading", { name: "서버의 규칙" }).and(page.locator(":focus")).waitFor();
      await page
        .getByRole("button", { name: /English/u })
        .first()
        .click();
      await page.locator("#owner-rules").getByText("All signals").first().waitFor();
      for (const width of [1440, 360]) {
        await resize(page, width);
        expect([width, await layoutFaults(page), await findingsOf(page)]).toEqual([width, [], []]);
      }
      // A session that ended meanwhile.
      await context.clearCookies();
      await section.getByRole("checkbox").first().click();
      const alert = section.getByRole("alert").getByText("Your login has ended.");
      await alert.waitFor();
      await expect.poll(async () => alert.getByRole("link").getAttribute("href")).toBe("/login?to=%2Falerts");
      expect(complaints).toEqual([]);
    },
  );
});
