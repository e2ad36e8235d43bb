/** The dashboard where no socket comes through: a proxy that refuses or swallows the handshake, a browser that forbids it. */
import type { Duplex } from "node:stream";
import type { Page } from "playwright-core";
import { describe, it } from "vitest";
import type { OpenPage } from "./browser.ts";
import { stagePage, WHOLE_LIST } from "./stage-page.ts";
import { stubApi, type StubbedApi } from "./stub-api.ts";
import { type StubbedLive, stubLive } from "./stub-live.ts";
import { PRICES, STATUS } from "./stub-market.ts";
import { ROWS, SIGNALS } from "./stub-signals.ts";

const PATIENT = { timeout: 15_000, interval: 50 };
const REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const SAMSUNG = "005930";
const CONNECTED = ["live", "quiet", "recovered"];

/** Sockets are made as usual, or not at all while the page's `areSocketsForbidden` is true. */
const FORBID = `
  globalThis.areSocketsForbidden = true;
  const Usual = globalThis.WebSocket;
  globalThis.WebSocket = new Proxy(Usual, {
    construct(_, args) {
      if (globalThis.areSocketsForbidden) {
        throw new DOMException("Sockets are forbidden here", "SecurityError");
      }
      return new Usual(...args);
    },
  });
`;

type Way = "refused" | "swallowed" | "forbidden";

const stage = stagePage(onHandshake);
let way: Way = "refused";

function onHandshake(socket: Duplex): void {
  // The browser has gone: its end needs no answer.
  socket.on("error", () => undefined);
  if (way === "refused") {
    socket.end(REFUSAL);
  }
}

interface Shown extends OpenPage {
  readonly api: StubbedApi;
  readonly live: StubbedLive;
}

async function show(isBlocked: boolean): Promise<Shown> {
  const page = await stage.open();
  await page.page.clock.install();
  const api = await stubApi(page.page);
  const live = await stubLive(page.page, { isBlocked });
  if (way === "forbidden") {
    await page.page.addInitScript(FORBID);
  }
  await page.page.goto(`${stage.url()}${WHOLE_LIST}`);
  await page.page.locator(".signal-name").first().waitFor();
  return { ...page, api, live };
}

/** The state of the connection after a little more of the page's own time. */
async function stateAfter(page: Page, ms: number): Promise<string> {
  await page.clock.runFor(ms);
  return (await page.locator(".connection").getAttribute("data-state")) ?? "";
}

async function priceAfter(page: Page, ms: number): Promise<string> {
  await page.clock.runFor(ms);
  return (await page.locator(".signal-row", { hasText: "삼성전자" }).textContent()) ?? "";
}

/** What REST gives for Samsung from now on. */
function setPrice(api: StubbedApi, price: number, asOf: string): void {
  const quote = PRICES.prices[SAMSUNG];
  if (quote === undefined) {
    throw new Error("The stub has this price");
  }
  const prices = { ...PRICES.prices, [SAMSUNG]: { ...quote, price, as_of: asOf } };
  api.answers.set("/api/kr/realtime-prices", { body: { ...PRICES, prices } });
}

describe("blocked sockets", () => {
  it.for(["refused", "swallowed", "forbidden"] as const)(
    "[LV15] a %s handshake: the page asks REST, shows it, goes on moving, and returns to the socket",
    async (how, { expect }) => {
      way = how;
      const { page, api, live, complaints } = await show(true);
      await expect.poll(async () => stateAfter(page, 15_000), PATIENT).toBe("polling");
      await expect.poll(async () => page.locator(".connection").textContent()).toContain("10초마다 조회");

      const progress = { run_id: "run-9", stage: "reading", done: 300, total: 2_700 } as const;
      api.answers.set("/api/kr/scan/status", { body: { ...STATUS, progress } });
      const signals = ROWS.slice(1).map((row) => ({ ...row, state: "TRIGGERED" }));
      api.answers.set("/api/kr/signals", { body: { ...SIGNALS, signals, count: signals.length } });
      await expect
        .poll(async () => {
          await page.clock.runFor(5_000);
          return page.locator(".signal-row .state").allTextContents();
        }, PATIENT)
        .toEqual(signals.map(() => "●피벗 터치"));
      await expect
        .poll(async () => page.locator(".scan-item").textContent())
        .toContain("2,700개 중 300개 처리");

      await page.evaluate("globalThis.areSocketsForbidden = false");
      live.restore();
      await expect
        .poll(async () => stateAfter(page, 5_000), PATIENT)
        .toSatisfy((state) => CONNECTED.includes(state));
      const asked = api.asked.get("/api/kr/signals");
      await page.clock.runFor(30_000);
      expect(api.asked.get("/api/kr/signals")).toBe(asked);
      await live.tick(SAMSUNG, 75_001, 3);
      await expect.poll(async () => priceAfter(page, 200), PATIENT).toContain("75,001");
      // The browser logs each handshake that failed.
      expect(complaints.filter((text) => !text.startsWith("WebSocket connection to"))).toEqual([]);
    },
  );

  it("[LV12][LV15] a last tick gives way to a newer close, and to no older one", async ({ expect }) => {
    way = "refused";
    const { page, api, live } = await show(false);
    await page.locator('.connection[data-state="live"], .connection[data-state="quiet"]').waitFor();
    await live.tick(SAMSUNG, 72_619, 2.5);
    await expect.poll(async () => priceAfter(page, 200), PATIENT).toContain("72,619");

    await live.block();
    await expect.poll(async () => stateAfter(page, 15_000), PATIENT).toBe("polling");
    expect(await priceAfter(page, 15_000)).toContain("72,619");
    setPrice(api, 73_100, "2199-12-31");
    await expect.poll(async () => priceAfter(page, 5_000), PATIENT).toContain("73,100");
  });
});
