import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { waitUntil } from "../../worker/testing/wait-until.ts";
import { type RealWorker, startWorker } from "../../worker/testing/real-worker.ts";

const CLIENT = new URL("../../worker/testing/plain-client.mjs", import.meta.url).pathname;

describe("plain client", () => {
  let stateDir: string;
  let worker: RealWorker;

  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "vcp-plain-"));
    worker = await startWorker({ stateDir });
  }, 120_000);
  afterAll(async () => {
    await worker?.stop();
    await rm(stateDir, { recursive: true, force: true });
  });

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
