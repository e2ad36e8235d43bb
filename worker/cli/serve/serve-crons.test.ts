import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it, onTestFinished, vi } from "vitest";
import { startCrons } from "./serve-crons.ts";
import { eventually } from "../../testing/eventually.ts";

/** A Monday, 18:00 in Seoul. */
const BEFORE = Date.UTC(2026, 11, 7, 9, 0);

it("[CL16] fires what a sleep ran through with its own minute, and the next one when that has ended", async ({
  expect,
}) => {
  const root = mkdtempSync(join(tmpdir(), "vcp-crons-"));
  writeFileSync(join(root, "wrangler.toml"), '[triggers]\ncrons = ["20 9 * * MON-FRI", "5-55/10 * * * *"]\n');
  const fired: string[] = [];
  let running = 0;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://127.0.0.1");
    running += 1;
    const at = new Date(Number(searchParams.get("time"))).toISOString();
    fired.push(`${searchParams.get("cron")} ${at} ${running}`);
    setTimeout(() => {
      running -= 1;
      response.end();
    }, 50);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  vi.useFakeTimers({ now: BEFORE, toFake: ["Date", "setInterval", "clearInterval"] });
  const end = startCrons(
    () => ({ port, key: "key" }),
    root,
    () => undefined,
  );
  onTestFinished(() => {
    end();
    vi.useRealTimers();
    server.close();
    rmSync(root, { recursive: true });
  });
  vi.setSystemTime(BEFORE + 187 * 60_000);
  vi.advanceTimersByTime(15_000);
  await eventually(() => expect(fired).toHaveLength(2));
  expect(fired).toEqual(["key 2026-12-07T09:20:00.000Z 1", "key 2026-12-07T12:05:00.000Z 1"]);
});
