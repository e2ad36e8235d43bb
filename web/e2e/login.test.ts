/** The login in a real browser, before a Worker whose real market is private: every page, the socket, the way back, the logout. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect as expecting, it } from "vitest";
import { buildMarket } from "../../worker/testing/builders/constructed-market.ts";
import { askOwner, sendMarket } from "../../worker/testing/stage/ask-owner.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { clientOf, curlOf } from "../../worker/http/docs/docs-example.ts";
import { API } from "../../worker/testing/memory/documented-api.ts";
import { findingsOf } from "./accessibility.ts";
import { launchBrowser, type OpenPage, openPage } from "./browser.ts";

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 780 } };
const CARD = ".login-card";
const SHOTS = process.env["LOGIN_SHOTS"];

/** The pages of `routes.tsx`, which a new one cannot leave unnoticed. */
const PATHS = Array.from(
  readFileSync(new URL("../view/routes.tsx", import.meta.url).pathname, "utf8").matchAll(
    /<Route path="([^"]+)"/g,
  ),
  ([, path = ""]) => path.replace(/:\w+/, "x").replace("*", "/no/such/page"),
);

let stateDir: string;
let worker: RealWorker;
let browser: Browser;
let opened: OpenPage[] = [];

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "vcp-login-"));
  worker = await startWorker({ stateDir, vars: { READERS: "owner" } });
  browser = await launchBrowser();
  const market = buildMarket();
  await askOwner(worker, "PUT", "/api/admin/exchange", JSON.stringify({ exchange: "KRX" }));
  await sendMarket(worker, market);
  await askOwner(worker, "POST", "/api/kr/scan", "{}");
});

afterAll(async () => {
  await browser.close();
  await worker.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

beforeEach(async () => {
  await askOwner(worker, "PUT", "/api/admin/exchange", JSON.stringify({ exchange: "KRX" }));
});

afterEach(async () => {
  await Promise.all(opened.map(({ context }) => context.close()));
  opened = [];
});

async function open(options: BrowserContextOptions = WIDE): Promise<OpenPage> {
  const page = await openPage(browser, options);
  opened.push(page);
  return page;
}

async function enter(page: Page, token: string): Promise<void> {
  await page.locator("#token").fill(token);
  await page.keyboard.press("Enter");
}

async function sideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    "document.documentElement.scrollWidth > document.documentElement.clientWidth",
  );
}

/** Waits for the address and not for a load: the way to the login replaces the page that was still loading. */
async function arrive(page: Page, path: string, timeout = 15_000): Promise<void> {
  await expecting.poll(() => new URL(page.url()).pathname, { timeout, interval: 50 }).toBe(path);
}

describe("a page that may not read", () => {
  it(
    "[UI61] leads to the login from every address, with no data and no second socket, and back",
    { timeout: 120_000 },
    async ({ expect }) => {
      expect(PATHS.length).toBeGreaterThan(6);
      let cookies: Awaited<ReturnType<BrowserContext["cookies"]>> = [];
      for (const path of PATHS) {
        const { page, context } = await open();
        const bodies: string[] = [];
        let sockets = 0;
        page.on("websocket", () => {
          sockets += 1;
        });
        page.on("response", (response) => {
          if (response.url().includes("/api/kr/")) {
            bodies.push(String(response.status()));
          }
        });
        await page.goto(`${worker.url}${path}`);
        await arrive(page, "/login");
        await page.locator("#token").waitFor();
        await expect.poll(() => [path, new URL(page.url()).searchParams.get("to")]).toEqual([path, path]);
        expect([path, bodies.filter((status) => status !== "401"), sockets <= 1]).toEqual([path, [], true]);
        if (cookies.length === 0) {
          await enter(page, worker.ownerToken);
          await arrive(page, path);
          cookies = await context.cookies();
        } else {
          // A login for each would be more than the limit of an address (RD4a).
          await context.addCookies(cookies);
          await page.reload();
          await page.locator(CARD).getByRole("link", { name: "계속" }).click();
          await arrive(page, path);
        }
        await page.locator(".app-header").waitFor();
        const kept = await page.evaluate<string>(
          "JSON.stringify([document.cookie, localStorage, sessionStorage])",
        );
        expect([path, `${await page.content()}${kept}`.includes(worker.ownerToken)]).toEqual([path, false]);
        expect(kept).not.toContain("vcp_session");
        await context.close();
      }
    },
  );

  it("[UI61] is led there from /docs by the Worker, and its examples send the token afterwards", async ({
    expect,
  }) => {
    const { page } = await open();
    await page.goto(`${worker.url}/docs`);
    await arrive(page, "/login");
    await page.locator("#token").waitFor();
    await enter(page, worker.ownerToken);
    await arrive(page, "/docs");
    await expect
      .poll(async () => page.locator("pre", { hasText: "/api/kr/signals" }).first().textContent())
      .toContain("$OWNER_TOKEN");
    expect(await page.content()).not.toContain(worker.ownerToken);
  });

  it(
    "[RT21b] has every command of a private market print what it reads",
    { timeout: 60_000 },
    async ({ expect }) => {
      const read = API.filter(
        ({ method, owner, answer }) => method === "get" && owner !== true && "schema" in answer,
      );
      const env = { ...process.env, OWNER_TOKEN: worker.ownerToken };
      for (const route of read) {
        const command = curlOf(route, { origin: worker.url, isClosed: true });
        const { stdout } = await promisify(execFile)("sh", ["-c", command], { env });
        expect([command, stdout.includes('"/problems/')]).toEqual([command, route.path.includes("{ticker}")]);
      }
      expect(read.length).toBeGreaterThan(12);
      const code = clientOf({ origin: worker.url, isClosed: true });
      const client = spawn(process.execPath, ["--input-type=module", "--eval", code], { env });
      const first: readonly unknown[] = await once(client.stdout, "data");
      client.kill();
      expect(String(first[0])).toContain("connected");
    },
  );

  it("[UI61] [UI62] is shown the login in every open tab when the session ends", async ({ expect }) => {
    const { page, context } = await open();
    await page.goto(worker.url);
    await page.locator("#token").waitFor();
    await enter(page, worker.ownerToken);
    await page.locator(".signal-row").first().waitFor();
    const other = await context.newPage();
    await other.goto(`${worker.url}/runs`);
    await other.locator('.connection[data-state="closed"]').waitFor({ state: "attached" });
    let sockets = 0;
    other.on("websocket", () => {
      sockets += 1;
    });
    await page.getByRole("button", { name: "화면 설정" }).click();
    await page.getByRole("button", { name: "로그아웃" }).click();
    await arrive(page, "/login");
    const at = Date.now();
    await arrive(other, "/login", 3_000);
    expect(Date.now() - at).toBeLessThan(3_000);
    await other.locator("#token").waitFor();
    await other.waitForTimeout(3_000);
    expect([sockets, new URL(other.url()).searchParams.get("to")]).toEqual([0, "/runs"]);
    await other.goto(worker.url);
    await arrive(other, "/login");
  });

  it("[UI61] [UI62] reads the demo without a login, and is led to one at the switch to a real market", async ({
    expect,
  }) => {
    await askOwner(worker, "PUT", "/api/admin/exchange", JSON.stringify({ exchange: "DEMO" }));
    const { page } = await open();
    await page.goto(worker.url);
    await page.locator(".ribbon").waitFor();
    await page
      .locator('.connection[data-state]:not([data-state="connecting"])')
      .waitFor({ state: "attached" });
    await page.getByRole("button", { name: "화면 설정" }).click();
    await page.locator(".modal").waitFor();
    await expect.poll(async () => page.getByRole("button", { name: "로그아웃" }).count()).toBe(0);
    await askOwner(worker, "PUT", "/api/admin/exchange", JSON.stringify({ exchange: "KRX" }));
    await arrive(page, "/login");
  });
});

describe("the login", () => {
  it(
    "[UI60] names the remedy of each refusal, by keyboard alone",
    { timeout: 60_000 },
    async ({ expect }) => {
      const { page } = await open({ ...WIDE, locale: "en-US" });
      await page.goto(`${worker.url}/login?to=/runs`);
      await page.locator("#token:focus").waitFor();
      const alert = page.getByRole("alert");
      await page.keyboard.press("Enter");
      await alert.getByText("Enter the token.").waitFor();
      await page.keyboard.type("wrong");
      await page.keyboard.press("Enter");
      await alert.getByText("This is not the owner's token.").waitFor();
      await expect
        .poll(async () => page.locator("#token").getAttribute("aria-describedby"))
        .toContain("login-failure");
      const answers: readonly (readonly [number, string, string])[] = [
        [429, "too-many-requests", "Too many attempts. Try again in a minute."],
        [403, "owner-not-configured", "The server has no OWNER_TOKEN"],
        [503, "unavailable", "req-7"],
      ];
      for (const [status, name, text] of answers) {
        const json = { type: `/problems/${name}`, title: name, status, detail: name, request_id: "req-7" };
        await page.route("**/api/session", (route) => route.fulfill({ status, json }), { times: 1 });
        await page.keyboard.press("Enter");
        await alert.getByText(text).waitFor();
      }
      await page.route("**/api/session", (route) => route.abort("connectionreset"), { times: 1 });
      await page.keyboard.press("Enter");
      await alert.getByText(/reach|연결/).waitFor();
      const kept = { required: true, active: true, expires_at: "2026-12-29T10:00:00+09:00" };
      await page.route("**/api/session", (route) => route.fulfill({ json: kept }), { times: 1 });
      await page.keyboard.press("Enter");
      await alert.getByText("did not keep the cookie").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
      await page.keyboard.press("Enter");
      await page.getByText("grep '^OWNER_TOKEN='").waitFor();
      await page.locator("#token").focus();
      await page.keyboard.press("Control+A");
      await page.keyboard.type(worker.ownerToken);
      await page.keyboard.press("Enter");
      await arrive(page, "/runs");
    },
  );

  it.for(["ko-KR", "en-US"])(
    "[UI60] is whole and without a finding of accessibility in %s",
    { timeout: 60_000 },
    async (locale, { expect }) => {
      for (const [name, size] of [
        ["360", PHONE],
        ["1440", WIDE],
      ] as const) {
        for (const colorScheme of ["light", "dark"] as const) {
          const { page, complaints } = await open({ ...size, locale, colorScheme });
          let sockets = 0;
          const asked: string[] = [];
          page.on("websocket", () => {
            sockets += 1;
          });
          page.on("request", (request) => {
            asked.push(new URL(request.url()).pathname);
          });
          await page.goto(`${worker.url}/login`);
          await page.locator("#token").waitFor();
          expect([asked.filter((path) => path.startsWith("/api/")), sockets]).toEqual([["/api/session"], 0]);
          expect(await findingsOf(page)).toEqual([]);
          await enter(page, "wrong");
          await page.locator(`${CARD} .notice.error`).waitFor();
          await page.locator("summary").click();
          expect([locale, name, colorScheme, await findingsOf(page), await sideways(page)]).toEqual([
            locale,
            name,
            colorScheme,
            [],
            false,
          ]);
          expect(complaints).toEqual([]);
          if (SHOTS !== undefined) {
            await page.screenshot({ path: join(SHOTS, `login-${locale}-${name}-${colorScheme}.png`) });
          }
        }
      }
    },
  );
});
