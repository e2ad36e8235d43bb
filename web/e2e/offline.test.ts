/** The page as an app of the device: its manifest, the last state without a network, and no version that outlives an update. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import * as v from "valibot";
import { afterEach, beforeEach, describe, it } from "vitest";
import { type Answer, DEFAULTS } from "./stub-api.ts";
import { FOLDER, stagePage } from "./stage-page.ts";
import { ROWS } from "./stub-signals.ts";

const LIST = "/?state=all&grade=all";
const PATIENT = { timeout: 20_000 };

const stage = stagePage();

/** The built page and its API on one port, which a test takes away and changes. */
class Site {
  readonly #server: Server;
  readonly #answers = new Map<string, Answer>(DEFAULTS);
  policy = "no-cache";
  status = 200;
  /** How long each answer of the API takes. */
  lateMs = 0;
  /** Behind the paths that were asked. */
  readonly asked: string[] = [];
  /** In place of the title that the build has. */
  title = "VCP Radar";
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      const { pathname, search } = new URL(request.url ?? "/", "http://site");
      this.asked.push(search);
      void this.#answer(pathname).then((answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(answer.body);
      });
    });
  }

  async #answer(path: string): Promise<{ status: number; headers: Headers; body: Uint8Array }> {
    if (path.startsWith("/api/")) {
      await sleep(path === "/api/session" ? 0 : this.lateMs);
      const known = this.#answers.get(path);
      const body = typeof known === "object" && "body" in known ? JSON.stringify(known.body) : "{}";
      const headers = { "Content-Type": "application/json", "Cache-Control": this.policy };
      const status = body === "{}" ? 404 : this.status;
      return { status, headers: new Headers(headers), body: new TextEncoder().encode(body) };
    }
    const file = await fetch(`${stage.url()}${path}`);
    const type = path.endsWith(".js") ? "text/javascript" : (file.headers.get("Content-Type") ?? "");
    const headers = new Headers({ "Content-Type": type });
    const text = new Uint8Array(await file.arrayBuffer());
    const isPage = type.startsWith("text/html");
    const titled = new TextDecoder()
      .decode(text)
      .replace("</head>", `<meta name="made" content="${this.title}" /></head>`);
    return { status: 200, headers, body: isPage ? new TextEncoder().encode(titled) : text };
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(this.#port, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    this.#port = typeof address === "object" && address !== null ? address.port : 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }
}

let site: Site;

beforeEach(async () => {
  site = new Site();
  await site.start();
});

afterEach(async () => {
  await site.stop();
});

/** Opened twice, so that the worker has seen the answers. */
async function settle(): Promise<Page> {
  const { page } = await stage.open({ serviceWorkers: "allow" });
  await page.goto(`${site.url}${LIST}`);
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await page.waitForFunction("navigator.serviceWorker.controller !== null");
  await page.reload();
  await page.locator(".signal-name").first().waitFor(PATIENT);
  await page.locator(".scan-item time").first().waitFor(PATIENT);
  return page;
}

const KEPT = "caches.open('state').then((state) => state.keys()).then((keys) => keys.length)";

describe("the page as an app", () => {
  it("[UI153] has a manifest with both names and icons of the sizes that it states", async ({ expect }) => {
    const { page } = await stage.open();
    await page.goto(stage.url());
    const href = await page.locator('link[rel="manifest"]').getAttribute("href");
    const Icon = v.object({ src: v.string(), sizes: v.string(), purpose: v.string() });
    const Manifest = v.object({
      name: v.string(),
      name_localized: v.record(v.string(), v.string()),
      icons: v.array(Icon),
    });
    const read = (path: string): Buffer => readFileSync(join(FOLDER, path));
    const manifest = v.parse(Manifest, JSON.parse(read(href ?? "").toString()));
    expect(manifest.name_localized).toEqual({ ko: "VCP 레이더", en: "VCP Radar" });
    expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
      "192x192 any",
      "512x512 any",
      "512x512 maskable",
    ]);
    for (const { src, sizes } of manifest.icons) {
      const png = read(src);
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
    expect(read("_headers").toString()).toMatch(/\/sw\.js\n\s+Cache-Control: no-cache/u);
  });

  it("[UI154] without a network shows the last state, dated, called not live, and under no clock", async ({
    expect,
  }) => {
    const page = await settle();
    await site.stop();
    await page.reload();
    await page.locator(".signal-name").first().waitFor(PATIENT);
    await expect.poll(async () => page.locator(".signal-name").count()).toBe(ROWS.length);
    await expect
      .poll(async () => page.locator(".stored-note").textContent())
      .toMatch(/^오프라인: \d\d-\d\d \d\d:\d\d KST에 받은 상태이며 실시간이 아닙니다/u);
    await expect.poll(async () => page.locator(".session").count()).toBe(0);
    await expect.poll(async () => page.locator('.connection[data-state="live"]').count()).toBe(0);
    await site.start();
  });

  it("[UI154] keeps nothing that needed a login, and a refusal takes away what was kept", async ({
    expect,
  }) => {
    const page = await settle();
    await expect.poll(async () => page.evaluate<number>(KEPT), PATIENT).toBeGreaterThan(3);
    site.policy = "private, no-cache";
    await page.reload();
    await page.locator(".signal-name").first().waitFor(PATIENT);
    await expect.poll(async () => page.evaluate<number>(KEPT), PATIENT).toBe(0);

    site.policy = "no-cache";
    await page.reload();
    await expect.poll(async () => page.evaluate<number>(KEPT), PATIENT).toBeGreaterThan(3);
    site.status = 401;
    await page.reload();
    await expect.poll(async () => page.evaluate<number>(KEPT), PATIENT).toBe(0);

    site.status = 200;
    await page.reload();
    await expect.poll(async () => page.evaluate<number>(KEPT), PATIENT).toBeGreaterThan(3);
    // The page goes on asking: what is looked for are answers that it does not ask for itself.
    const kept = async (): Promise<readonly string[]> =>
      page.evaluate(
        "caches.open('state').then((state) => state.keys()).then((keys) => keys.map(({ url }) => new URL(url).search).filter((search) => search.startsWith('?own')))",
      );
    await page.evaluate("fetch('/api/kr/names?own-before').then((answer) => answer.text())");
    await expect.poll(kept, PATIENT).toEqual(["?own-before"]);
    // What was asked for before the logout and comes after it is not kept either.
    site.lateMs = 300;
    await page.evaluate("void (globalThis.late = fetch('/api/kr/names?own-late'))");
    await expect.poll(() => site.asked.includes("?own-late"), PATIENT).toBe(true);
    await page.evaluate("fetch('/api/session', { method: 'DELETE' })");
    await page.evaluate("globalThis.late.then((answer) => answer.text())");
    await sleep(200);
    await expect.poll(kept, PATIENT).toEqual([]);
  });

  it("[UI155] shows the server's own version at once, and the kept one only without a network", async ({
    expect,
  }) => {
    const page = await settle();
    const made = async (): Promise<string | null> =>
      page.locator('meta[name="made"]').getAttribute("content");
    site.title = "the next one";
    await page.reload();
    await expect.poll(async () => made()).toBe("the next one");
    await site.stop();
    await page.reload();
    await expect.poll(async () => made()).toBe("VCP Radar");
    await site.start();
    await page.reload();
    await expect.poll(async () => made()).toBe("the next one");
  });
});
