/** The real Worker from outside: a client without our code, the commands of its API page in a shell, a browser that enforces its policies, a page of another site. */
import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import * as v from "valibot";
import { afterAll, beforeAll, describe, it } from "vitest";
import { SCHEMAS } from "../../worker/http/request/api-schemas.ts";
import { clientOf, curlOf } from "../../worker/http/docs/docs-example.ts";
import { HealthBody } from "../../worker/protocol/rest/health.ts";
import { API } from "../../worker/testing/memory/documented-api.ts";
import { type RealWorker, startWorker } from "../../worker/testing/stage/real-worker.ts";
import { waitUntil } from "../../worker/testing/stage/wait-until.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { eventually } from "../../worker/testing/eventually.ts";

const VIOLATIONS = "securitypolicyviolation";
const CLIENT = new URL("../../worker/testing/plain-client.mjs", import.meta.url).pathname;
const PATIENCE_MS = 60_000;

let stateDir: string;
let worker: RealWorker;

/** What a shell prints for a command; fails when the command does. */
async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, OWNER_TOKEN: worker.ownerToken } });
  let output = "";
  let complaint = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) {
    throw new Error(`${args.join(" ")} ended with ${String(code)}: ${complaint}`);
  }
  return output;
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "vcp-outside-"));
  worker = await startWorker({ stateDir });
}, 120_000);

afterAll(async () => {
  await worker?.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

describe("plain client", () => {
  it(
    "[LV16] gets the whole and then every change, with nothing but Node",
    { timeout: 90_000 },
    async ({ expect }) => {
      const tickers = ["D00001", "D00002", "D00003", "D00005", "D00006"];
      const address = `${worker.url.replace(/^http/, "ws")}/ws`;
      const client = spawn(process.execPath, [CLIENT, address, ...tickers], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let output = "";
      client.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      const lines = (): readonly string[] => output.split("\n");
      const printed = (pattern: RegExp): boolean => lines().some((line) => pattern.test(line));
      try {
        // The demo's past is on its way in; the stream of signals has its whole when the first scan has ended.
        await waitUntil(
          async () =>
            printed(/^signal_update signal:vcp .*\d$/) &&
            printed(/^market_gate_update market_gate .* (?:GREEN|YELLOW|RED|UNKNOWN)$/) &&
            ["price:D00001", "index:KOSPI"].every((topic) =>
              printed(new RegExp(`_update ${topic} \\S+/[2-9]`)),
            ),
          "signals, gate, an index and a price have come",
          60_000,
        );
      } finally {
        client.kill();
      }
      expect(lines()[0]).toBe("connected DEMO");
      const answers = lines().filter((line) => line.startsWith("subscribed "));
      expect(new Set(answers.map((line) => line.split(" ")[1]))).toEqual(
        new Set(["index:KOSPI", "market_gate", "signal:vcp", ...tickers.map((ticker) => `price:${ticker}`)]),
      );
      expect(answers).toHaveLength(8);
    },
  );
});

describe("the API page", () => {
  let printed: readonly string[] = [];

  beforeAll(async () => {
    await eventually(async () => {
      const answer = await fetch(`${worker.url}/api/health`);
      const { feed, last_run: last } = v.parse(HealthBody, await answer.json());
      if (feed?.state !== "live" || last?.status !== "done") {
        throw new Error(`The feed was ${feed?.state}, the last run ${last?.status}`);
      }
    }, PATIENCE_MS);
    const page = await (await fetch(`${worker.url}/docs`)).text();
    printed = Array.from(page.matchAll(/<pre[^>]*><code>([\s\S]*?)<\/code><\/pre>/g), ([, code = ""]) =>
      unescaped(code),
    );
  }, 120_000);

  it(
    "[RT21b] prints commands that answer in the documented shape, all of them",
    { timeout: 60_000 },
    async ({ expect }) => {
      for (const route of API) {
        const command = curlOf(route, { origin: worker.url, isClosed: false });
        expect(printed).toContain(command);
        if ("switch" in route.answer) {
          continue;
        }
        const output = await run("sh", ["-c", command]);
        if (!("schema" in route.answer)) {
          expect(output).toMatch(/^(?:<!doctype html>|<\?xml |(?:ticker|index),date,|\{"openapi":"3\.1)/);
          continue;
        }
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), SCHEMAS[route.answer.schema]), output);
        expect([command, parsed.issues?.map(({ message }) => message), parsed.success ? "" : output]).toEqual(
          [command, undefined, ""],
        );
      }
    },
  );

  it("[RT21b] prints a client that receives signals, the gate, an index and a price", async ({ expect }) => {
    const code = clientOf({ origin: worker.url, isClosed: false });
    expect(printed).toContain(code);
    const client = spawn(process.execPath, ["--input-type=module", "--eval", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    client.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    try {
      await eventually(() => {
        expect(output).toMatch(/^connected /);
        for (const update of [
          "signal_update signal:vcp",
          "market_gate_update market_gate",
          "index_update index:KOSPI",
          "price_update price:D00001",
        ]) {
          expect(output).toContain(`\n${update} `);
        }
      }, PATIENCE_MS);
    } finally {
      client.kill();
    }
  });
});

describe("limits", () => {
  it("[RT23] hold back whoever tries one owner's token after the other", async ({ expect }) => {
    const answers: string[] = [];
    for (let guess = 0; guess < 22; guess++) {
      const response = await fetch(`${worker.url}/api/admin/exchange`, {
        headers: { Authorization: `Bearer ${guess}` },
      });
      answers.push(`${response.status} ${response.headers.get("Retry-After") ?? ""}`);
      await response.text();
    }
    // The window may have turned meanwhile; then the count begins anew, once.
    expect(new Set(answers)).toEqual(new Set(["401 ", "429 60"]));
  });
});

describe("a browser", () => {
  let browser: Browser;
  let stranger: Server;
  let strangerUrl: string;

  beforeAll(async () => {
    browser = await launchBrowser();
    stranger = createServer((_, response) => {
      response.setHeader("Content-Type", "text/html").end("<!doctype html><title>another site</title>");
    });
    await new Promise<void>((resolve) => {
      stranger.listen(0, "127.0.0.1", resolve);
    });
    const address = stranger.address();
    // By name, not by number: another site, not only another port.
    strangerUrl = `http://localhost:${address !== null && typeof address === "object" ? address.port : 0}`;
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    stranger?.closeAllConnections();
    stranger?.close();
  });

  async function firstId(path: string): Promise<string> {
    const text = await (await fetch(`${worker.url}${path}`)).text();
    return /"id":"([^"]+)"/.exec(text)?.[1] ?? "none";
  }

  it(
    "[RT5b] meets no page that breaks its own policy, and would report it",
    { timeout: 120_000 },
    async ({ expect }) => {
      const signal = await firstId("/api/kr/signals?limit=1");
      const scanRun = await firstId("/api/kr/runs?limit=1");
      const { context, page, complaints } = await openPage(browser);
      await context.addInitScript(
        `document.addEventListener("${VIOLATIONS}", (event) => { (window.broken ??= []).push(event.violatedDirective + " " + event.blockedURI); });`,
      );
      const broken = async (): Promise<unknown> => await page.evaluate("window.broken ?? []");
      for (const path of [
        "/",
        `/signals/${signal}`,
        "/s/D00001",
        "/runs",
        `/runs/${scanRun}`,
        "/performance",
        "/no-such-page",
        "/docs",
      ]) {
        const answer = await page.goto(`${worker.url}${path}`);
        await page.locator("h1, h2, main").first().waitFor({ timeout: 20_000 });
        const headers = answer?.headers() ?? {};
        expect([path, await broken(), complaints]).toEqual([path, [], []]);
        expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
        expect([
          headers["x-frame-options"],
          headers["x-content-type-options"],
          headers["referrer-policy"],
        ]).toEqual(["DENY", "nosniff", "no-referrer"]);
        expect(headers["strict-transport-security"]).toContain("max-age=31536000");
        expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      }
      await page.goto(`${worker.url}/docs`);
      await page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))",
      );
      await expect.poll(broken).toEqual([expect.stringContaining("script-src")]);
      await context.close();
    },
  );

  it("[RT5b] [WS13] keeps a page of another site from sockets, answers and frames", async ({ expect }) => {
    const { context, page } = await openPage(browser);
    await page.goto(strangerUrl);
    const socketOf = async (origin: string): Promise<unknown> =>
      await page.evaluate(
        `new Promise((resolve) => {
          const socket = new WebSocket("${origin.replace(/^http/, "ws")}/ws");
          socket.onmessage = ({ data }) => resolve("heard " + data);
          socket.onclose = ({ code }) => resolve("closed " + code);
        })`,
      );
    const fetched = async (init: string): Promise<unknown> =>
      await page.evaluate(
        `fetch("${worker.url}/api/kr/signals?limit=1", ${init}).then((answer) => answer.type + " " + answer.status, (error) => error.name)`,
      );
    expect(await socketOf(worker.url)).toBe("closed 1006");
    expect(await fetched("{}")).toBe("TypeError");
    expect(await fetched('{ mode: "no-cors" }')).toBe("TypeError");
    expect(await fetched('{ method: "POST", headers: { Authorization: "Bearer x" } }')).toBe("TypeError");
    await page.evaluate(
      `new Promise((resolve) => { const frame = document.createElement("iframe"); frame.onload = resolve; frame.src = "${worker.url}/docs"; document.body.append(frame); })`,
    );
    expect(page.frames().map((frame) => frame.url())).not.toContain(`${worker.url}/docs`);
    // The same browser on a page of our own: it is the origin that was refused.
    await page.goto(`${worker.url}/docs`);
    await page.goto(`${worker.url}/`);
    expect(await socketOf(worker.url)).toMatch(/^heard .*"connected"/);
    expect(await fetched("{}")).toBe("basic 200");
    await context.close();
  });
});
