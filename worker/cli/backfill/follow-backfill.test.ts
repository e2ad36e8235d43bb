import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, it } from "vitest";
import { assert } from "../../core/assert.ts";
import type { BackfillBody } from "../../protocol/rest/owner.ts";
import type { OwnerClient } from "../terminal/owner-client.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { followBackfill } from "./follow-backfill.ts";

const STATE: BackfillBody = {
  exchange: "KRX",
  status: "running",
  sessions: 0,
  wanted: 400,
  fetched: 0,
  next_day: "2026-11-27",
  holidays: [],
  started_at: "2026-11-30T08:05:00.000+09:00",
  seconds_left: null,
  reason: null,
};
const DONE: BackfillBody = { ...STATE, status: "done", sessions: 400, fetched: 390, next_day: null };

/** A Worker whose states come one after the other, the last one for ever. */
function stage(states: readonly Partial<BackfillBody>[], stopAfter = Number.POSITIVE_INFINITY) {
  const asked: string[] = [];
  let waited = 0;
  let drawn = "";
  const client: OwnerClient = {
    send: (method, path) => {
      asked.push(`${method} ${path}`);
      return Promise.resolve({ ...STATE, ...states[Math.min(asked.length, states.length) - 1] });
    },
    read: () => Promise.reject(new Error("Nothing else is read")),
  };
  const following = {
    client,
    output: { isTTY: true, write: (text: string) => (drawn += text) },
    wait: (ms: number) => {
      waited += ms;
      return Promise.resolve();
    },
    isOver: () => waited >= stopAfter,
  };
  return { run: () => followBackfill(following), asked, drawn: () => drawn };
}

describe("npm run backfill", () => {
  it("[CL78] begins at once, draws a bar with the Worker's own time, and ends with one line", async ({
    expect,
  }) => {
    const { run, asked, drawn } = stage([
      {},
      { sessions: 100, fetched: 90, seconds_left: 360 },
      { ...DONE, holidays: ["2026-06-03"] },
    ]);
    expect(await run()).toBe(
      "400 sessions are there, 390 of them fetched, 1 days off that the calendar did not know.",
    );
    expect(asked).toEqual([
      "POST /api/admin/backfill?exchange=KRX",
      "GET /api/admin/backfill?exchange=KRX",
      "GET /api/admin/backfill?exchange=KRX",
    ]);
    expect(drawn()).toMatch(/\[#{8}\.{22}\] {2}25 % 6 min left/);
    expect(drawn()).toMatch(/100 %\n$/);
  });

  it("[CL78] a past that is there already is stated, and one that is short too", async ({ expect }) => {
    expect(await stage([DONE]).run()).toBe("400 sessions are there, 390 of them fetched.");
    expect(await stage([{ ...DONE, sessions: 200 }]).run()).toContain("has no more than 200 of the 400");
  });

  it("[CL78] a past by share is counted in shares", async ({ expect }) => {
    const shares = { ...DONE, counts: "shares", sessions: 2_690, wanted: 2_700, fetched: 2_690 } as const;
    expect(await stage([{ ...shares, wanted: 2_690 }]).run()).toBe("The past of 2690 shares is there.");
    expect(await stage([shares]).run()).toContain("10 gave no rows");
    await expect(stage([{ ...shares, status: "waiting", reason: "denied, x" }]).run()).rejects.toThrow(
      "at 2690 of 2700 shares",
    );
  });

  it("[CL78] without a vendor it names the key and where it goes", async ({ expect }) => {
    await expect(stage([{ status: "none" }]).run()).rejects.toThrow(
      /KRX_AUTH_KEY=\.\.\. into \.dev\.vars.*wrangler secret put KRX_AUTH_KEY/,
    );
  });

  it("[CL78] a refusal ends it with the reason; a failure passes by itself and is stated once", async ({
    expect,
  }) => {
    const refused = {
      status: "waiting",
      sessions: 20,
      reason: "denied, krx: bad_key, KRX_AUTH_KEY",
    } as const;
    await expect(stage([{}, refused]).run()).rejects.toThrow(
      /waits at 20 of 400 sessions: denied, krx: bad_key.*`npm run doctor`/,
    );
    const failed = { status: "waiting", sessions: 20, reason: "failed, KRX failed to answer" } as const;
    const { run, drawn } = stage([{}, failed, failed, { sessions: 30 }, DONE]);
    expect(await run()).toMatch(/^400 sessions/);
    expect(drawn().match(/The clock goes on within ten minutes/g)).toHaveLength(1);
  });

  it("[CL78] whoever stops watching stops nothing else", async ({ expect }) => {
    const { run, asked } = stage([{}, { sessions: 10 }], 4_000);
    expect(await run()).toMatch(/^Stopped watching at 10 of 400 sessions\. The Worker goes on/);
    expect(asked.filter((one) => one.startsWith("POST"))).toHaveLength(1);
  });

  it("[CL78] Ctrl-C ends the command with one last line and 130", { timeout: 30_000 }, async ({ expect }) => {
    const server = createServer((_, response) => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(STATE));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    assert(address !== null && typeof address === "object", "It listens");
    const script = join(projectRoot, "worker/cli/backfill/backfill.ts");
    const child = spawn(process.execPath, [script, "--to", `http://127.0.0.1:${address.port}`], {
      env: { ...process.env, OWNER_TOKEN: "t" },
    });
    let [out, seen] = ["", 0];
    child.stdout.on("data", (part) => (out += String(part)));
    server.on("request", () => {
      seen += 1;
      // The health, the beginning, and one look at it.
      if (seen === 3) {
        child.kill("SIGINT");
      }
    });
    const status = await new Promise((resolve) => child.once("exit", resolve));
    server.close();
    expect([status, out.trimEnd().split("\n").length]).toEqual([130, 1]);
    expect(out).toMatch(/^Stopped watching at 0 of 400 sessions/);
  });
});
