/** The real Worker as strangers meet it: a client without our code, somebody who copies its API page into a terminal. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { API } from "../../worker/http/api-document.ts";
import { SCHEMAS } from "../../worker/http/api-schemas.ts";
import { clientOf, curlOf } from "../../worker/http/docs-example.ts";
import { HealthBody } from "../../worker/protocol/health.ts";
import { type RealWorker, startWorker } from "../../worker/testing/real-worker.ts";
import { waitUntil } from "../../worker/testing/wait-until.ts";

const CLIENT = new URL("../../worker/testing/plain-client.mjs", import.meta.url).pathname;
const PATIENT = { timeout: 60_000, interval: 200 };

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
      const door = `${worker.url.replace(/^http/, "ws")}/ws`;
      const client = spawn(process.execPath, [CLIENT, door, ...tickers], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let output = "";
      client.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      const lines = (): readonly string[] => output.split("\n");
      const said = (pattern: RegExp): boolean => lines().some((line) => pattern.test(line));
      try {
        // The demo's past is on its way in; the stream of signals has its whole when the first scan has ended.
        await waitUntil(
          async () =>
            said(/^signal_update signal:vcp .*\d$/) &&
            said(/^market_gate_update market_gate .* (?:GREEN|YELLOW|RED|UNKNOWN)$/) &&
            ["price:D00001", "index:KOSPI"].every((topic) => said(new RegExp(`_update ${topic} \\S+/[2-9]`))),
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
    await vi.waitFor(async () => {
      const answer = await fetch(`${worker.url}/api/health`);
      const { feed, last_run: last } = v.parse(HealthBody, await answer.json());
      if (feed?.state !== "live" || last?.status !== "done") {
        throw new Error(`The feed was ${feed?.state}, the last run ${last?.status}`);
      }
    }, PATIENT);
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
        const command = curlOf(route, worker.url);
        expect(printed).toContain(command);
        if ("switch" in route.answer) {
          continue;
        }
        const output = await run("sh", ["-c", command]);
        if (!("schema" in route.answer)) {
          expect(output).toMatch(/^(?:<!doctype html>|\{"openapi":"3\.1)/);
          continue;
        }
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), SCHEMAS[route.answer.schema]), output);
        expect([command, parsed.issues?.map(({ message }) => message), parsed.success ? "" : output]).toEqual(
          [command, undefined, ""],
        );
      }
    },
  );

  it("[RT21b] prints a client that hears signals, the gate, an index and a price", async ({ expect }) => {
    const code = clientOf(worker.url);
    expect(printed).toContain(code);
    const client = spawn(process.execPath, ["--input-type=module", "--eval", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    client.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    try {
      await vi.waitFor(() => {
        expect(output).toMatch(/^connected /);
        for (const said of [
          "signal_update signal:vcp",
          "market_gate_update market_gate",
          "index_update index:KOSPI",
          "price_update price:D00001",
        ]) {
          expect(output).toContain(`\n${said} `);
        }
      }, PATIENT);
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
