/** How the days of a real market come in, as a browser shows it: one real Worker before the fake of a vendor, and answers of a server. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { tradingDayAt, tradingDayOf } from "../../worker/core/calendar/trading-day.ts";
import { SimulatedExchange } from "../../worker/testing/fakes/exchange/simulated-exchange.ts";
import { serveMarket, type ServedMarket } from "../../worker/testing/fakes/served-market.ts";
import { askOwner } from "../../worker/testing/stage/ask-owner.ts";
import { OtherTime } from "../../worker/testing/stage/other-time.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { findingsOf } from "./accessibility.ts";
import { stagePage } from "./stage-page.ts";
import { type Answer, stubApi } from "./stub-api.ts";
import { HEALTH_BARE, STATUS } from "./stub-market.ts";
import { EMPTY_SIGNALS } from "./stub-signals.ts";
import { DAYS_STATUS, LIVE_SESSION, PAST_RUNNING } from "./stub-status.ts";

/** A Wednesday; the session before it has been published. */
const NOON = Date.parse("2026-11-18T12:00:00+09:00");
/** The vendor's spacing of calls is most of a backfill's time. */
const SPEED = 20;
const DAYS = 35;
const TURN = "5-55/10 * * * *";
/** The page asks every four seconds; what is waited for here ends in one state, however slow the machine is. */
const PATIENT = { timeout: 30_000, interval: 100 };

const stage = stagePage();

async function show(
  path: string,
  answers: Readonly<Record<string, Answer>> = {},
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { page } = await stage.open(options);
  await stubApi(page, answers);
  await page.goto(`${stage.url()}${path}`);
  return page;
}

describe("the status of a market", () => {
  it("[UI80] names what official rows changed by session and field, and days that the vendor states otherwise", async ({
    expect,
  }) => {
    for (const locale of ["ko-KR", "en-US"]) {
      const page = await show("/status", {}, { locale });
      const list = page.locator('section[aria-labelledby="differences-title"]');
      await list.waitFor();
      const isKorean = locale === "ko-KR";
      await expect
        .poll(async () => list.locator("summary").allTextContents())
        .toEqual(
          isKorean
            ? ["2025-06-12 거래량 1,204 · 거래대금 1,188", "2025-06-11 정정된 값이 없습니다."]
            : ["2025-06-12 Volume 1,204 · Value traded 1,188", "2025-06-11 No differences."],
        );
      // The newest stands open.
      await expect
        .poll(async () => list.locator("details[open] li").allTextContents())
        .toEqual(
          isKorean
            ? ["추가된 종목3", "공식 시세에 없는 종목1", "종가1", "거래량1,204", "거래대금1,188"]
            : ["Added3", "Not in the official prices1", "Close1", "Volume1,204", "Value traded1,188"],
        );
      const facts = async () => page.locator(".status-facts").first().textContent();
      await expect.poll(facts).toContain(isKorean ? "2025-06-03 휴장" : "2025-06-03: closed");
      await expect.poll(facts).not.toContain(isKorean ? "예정에 없던 휴장일" : "Unexpected market holidays");
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect([locale, colorScheme, await findingsOf(page)]).toEqual([locale, colorScheme, []]);
      }
      await page.context().close();
    }
  });

  it("[UI80][UI271][UI246] with KIS alone it states until when evenings are provisional, and that another machine leaves them so", async ({
    expect,
  }) => {
    const { steps, ...status } = DAYS_STATUS;
    const body = { ...status, plan: { evening: true, morning: false }, steps: steps.slice(1) };
    const machine = { present: false, at: "2025-06-13T10:31:00.000+09:00" };
    const factsOf = async (sources: typeof status.sources): Promise<string> => {
      const page = await show("/status", {
        "/api/kr/status": { body: { ...body, sources, feed: { ...LIVE_SESSION, machine } } },
      });
      const server = async () => page.locator('section[aria-labelledby="server-title"]').textContent();
      await expect.poll(server).toContain("체결 실시간 40/41, 18초 간격 조회 300종목시세 없이 표시 12종목");
      await expect.poll(server).toContain("수집 장비(kis) 연결 끊김 · 마지막 연결 06-13 10:31");
      await expect.poll(server).toContain("넥스트레이드(NXT)와 애프터마켓은 포함하지 않습니다");
      // Of the same answer.
      const text = await page.locator('section[aria-labelledby="days-title"]').textContent();
      await page.context().close();
      return text ?? "";
    };
    const own = await factsOf(status.sources.filter(({ id }) => id === "kis"));
    expect(own).toContain("다다음 거래일 아침 KIS의 정정 종가로 확정되고, 누락된 저녁은 다음 거래일 아침");
    expect(own).toContain("2025-06-13 · 다다음 거래일 아침 KIS의 정정 종가로 확정됩니다");
    expect(own).not.toContain("최신 공식 거래일");
    const brought = await factsOf([]);
    expect(brought).toContain("저녁 시세가 잠정으로 남고, 누락된 저녁은 채워지지 않습니다");
    expect(brought).toContain("2025-06-13 · KRX 키가 없어 잠정으로 남습니다");
  });

  it("[UI83] a dashboard that would be empty shows the past that is being fetched", async ({ expect }) => {
    const page = await show("/", {
      "/api/kr/signals": { body: EMPTY_SIGNALS },
      "/api/kr/scan/status": { body: { ...STATUS, last_run: null, backfill: PAST_RUNNING } },
      "/api/kr/market-gate": { status: 404 },
      "/api/health": { body: HEALTH_BARE },
    });
    await page.locator(".empty").getByRole("progressbar").waitFor();
    const text = async () => page.locator(".empty").textContent();
    await expect.poll(text).toContain("과거 시세를 받는 중입니다");
    await expect.poll(text).toContain("400거래일");
    await expect.poll(text).toContain("6분");
  });

  it("[UI83] the demo's pages show the past of the real market that comes", async ({ expect }) => {
    const coming = { exchange: "KRX", backfill: PAST_RUNNING };
    for (const path of ["/", "/runs"]) {
      const page = await show(path, { "/api/kr/scan/status": { body: { ...STATUS, coming } } });
      const box = page.locator(".coming-past");
      await box.getByRole("progressbar").waitFor();
      await expect
        .poll(async () => box.textContent())
        .toContain("실제 시장(KRX)의 과거 시세를 받는 중입니다");
    }
  });
});

describe("the days of a market", () => {
  let stateDir: string;
  let market: ServedMarket;
  let worker: RealWorker;

  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), "vcp-days-"));
    const origin = Date.now();
    const time = new OtherTime({ origin, shift: NOON - origin, speed: SPEED });
    const today = tradingDayAt(NOON);
    const exchange = new SimulatedExchange({
      first: tradingDayOf(today - DAYS),
      last: tradingDayOf(today + 10),
      names: 30,
      seed: 1,
    });
    market = await serveMarket(exchange, time);
    worker = await startWorker({
      stateDir,
      entry: "worker/testing/stage/other-time-worker.ts",
      vars: { ...market.vars, MARKET_SOURCES: "krx", DEMO_SESSION_S: "86400", ...time.vars() },
    });
  });

  afterAll(async () => {
    await worker.stop();
    await market.end();
    rmSync(stateDir, { recursive: true, force: true });
  });

  async function ring(): Promise<void> {
    await (await fetch(`${worker.url}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(TURN)}`)).text();
  }

  it(
    "[UI84] [UI83] [UI80] from the demo's status to a past that waits, moves by itself and ends in the row of its scan",
    { timeout: 180_000 },
    async ({ expect }) => {
      const { page, complaints } = await stage.open();
      const bar = page.locator(".backfill");
      const waitsWith = async (least: number): Promise<number> => {
        const shown = async (): Promise<number> => {
          const isWaiting = (await bar.getAttribute("data-status", PATIENT)) === "waiting";
          return isWaiting ? Number(await bar.locator("progress").getAttribute("value", PATIENT)) : -1;
        };
        await expect.poll(shown, PATIENT).toBeGreaterThanOrEqual(least);
        return shown();
      };

      await page.goto(`${worker.url}/status`);
      await page.getByRole("heading", { name: "데모 시장 안내" }).waitFor();
      await expect
        .poll(async () => page.locator(".status-page").textContent())
        .toContain("실제 시장이 아닙니다");
      await expect.poll(async () => page.getByText("시세 제공처").count()).toBe(0);

      market.krx.traps.cut = true;
      await ring();
      await askOwner(worker, "PUT", "/api/admin/exchange", '{"exchange":"KRX"}');
      await page.locator('header a[href="/runs"]').first().click();
      const first = await waitsWith(0);
      const reason = async () => bar.textContent();
      await expect.poll(reason).toContain("KRX Open API에서 응답하지 않았습니다");
      await expect.poll(reason).toContain("10분 안에");

      // It goes on until the vendor is away again, so that the bar stands still for as long as the page needs.
      market.krx.traps.cut = false;
      await ring();
      await expect.poll(() => market.krx.callsInAll, PATIENT).toBeGreaterThan(30);
      market.krx.traps.cut = true;
      await waitsWith(first + 1);

      market.krx.traps.cut = false;
      await ring();
      await page.locator(".runs .run-done").first().waitFor({ timeout: 60_000 });
      await expect.poll(async () => bar.count(), PATIENT).toBe(0);
      const rows = async () => page.locator(".runs").textContent();
      await expect.poll(rows).toContain("과거 시세: KRX Open API에서 응답하지 않았습니다");

      await page.locator('a[href="/status"]').first().click();
      await page.locator(".verdict.tone-good").waitFor(PATIENT);
      await expect
        .poll(async () => page.locator(".verdict").textContent())
        .toContain("모두 정상입니다. 다음은 11-19 08:05");
      await expect
        .poll(async () => page.locator('[data-source="krx"]').getAttribute("class"))
        .toBe("state-good");
      await expect
        .poll(async () => page.locator('[data-source="kis"]').textContent())
        .toContain("MARKET_SOURCES");
      await expect
        .poll(async () => page.locator('[data-step="backfill"]').getAttribute("class"))
        .toBe("state-good");
      await expect.poll(async () => page.content()).not.toContain(market.vars["KRX_AUTH_KEY"]);
      expect(complaints).toEqual([]);
    },
  );
});
