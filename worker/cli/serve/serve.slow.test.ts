/** `npm start` as a process: one server on a folder of its own, abused in the order of the tests. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { fillDisk, mountSmallDisk, unmountSmallDisk } from "../../testing/stage/small-disk.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { findFreePort, isPortFree } from "./local-port.ts";
import { type ProcessFacts, processesIn } from "./processes.ts";
import { lockHolder } from "./state-lock.ts";
import { eventually } from "../../testing/eventually.ts";

// Starting takes a busy machine half a minute, and a dead Worker is waited for as long as the product waits.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const NODE = join(projectRoot, "node_modules", ".bin", "node");
const SERVE = join(projectRoot, "worker", "cli", "serve", "serve.ts");
let state = "";
let port = 0;
let server: ChildProcess | null = null;
let output = "";
/** The folder is a small disk of its own, where this user may mount one. */
let isMounted = false;

/** Resolves when it is ready to be looked at. `before` is run by the shell that becomes the server. */
async function start(before = ":"): Promise<void> {
  output = "";
  const command = `${before}; exec "${NODE}" "${SERVE}" --port ${port} --state "${state}" --session 60s`;
  const child = spawn("sh", ["-c", command], { stdio: ["ignore", "pipe", "pipe"] });
  server = child;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      output += part;
    });
  }
  await eventually(() => {
    if (child.exitCode !== null || !output.includes("VCP Radar runs at")) {
      throw new Error(`It does not run:\n${output}`);
    }
  }, 150_000);
}

async function end(): Promise<void> {
  const child = server;
  if (child !== null && child.exitCode === null) {
    child.kill("SIGTERM");
    await new Promise((resolve) => {
      child.once("exit", resolve);
    });
  }
}

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "vcp-serve-"));
  isMounted = mountSmallDisk(state, 300);
  port = await findFreePort();
  await start();
});
afterAll(async () => {
  await end();
  if (isMounted) {
    unmountSmallDisk(state);
  }
  rmSync(state, { recursive: true, force: true });
});

/** The status, and the body as text; `null` when nobody answers in time. */
function ask(path: string, host = "localhost", at = port): Promise<{ status: number; text: string } | null> {
  return new Promise((resolve) => {
    const asked = request(
      { host: "127.0.0.1", port: at, path, headers: { Host: host }, timeout: 5_000 },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(null));
    asked.end();
  });
}

/** The status of an upgrade; the socket stays open until the server ends. */
function openSocket(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", reject).once("data", (data) => resolve(Number(data.toString().split(" ")[1])));
    const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${key}\r\n`,
    );
  });
}

/** The two runtimes of the dev server: the front one listens, the other has the Worker. */
function frontRuntime(): { process: ProcessFacts; port: number } {
  const group = lockHolder(state)?.group ?? 0;
  const found = processesIn(group).flatMap((one) => {
    const entry = Number(/--socket-addr=entry=127\.0\.0\.1:(\d+)/.exec(one.command)?.[1] ?? 0);
    return entry > 0 ? [{ process: one, port: entry }] : [];
  });
  const [front] = found;
  if (front === undefined) {
    throw new Error("There is no front runtime.");
  }
  return front;
}

function second(...args: readonly string[]) {
  return spawnSync(NODE, [SERVE, ...args], { encoding: "utf8" });
}

describe("npm start", () => {
  it("[CL41] refuses a second server on its folder, by port and by folder, and names the first", async ({
    expect,
  }) => {
    const other = String(await findFreePort());
    for (const wanted of [other, String(port)]) {
      const { status, stdout, stderr } = second("--port", wanted, "--state", state);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(
        `runs already on ${state}: process ${server?.pid}, http://127.0.0.1:${port}, since 20`,
      );
      expect(stderr).toContain("a port and a folder of its own: npm start -- --port N --state DIR");
    }
    expect((await ask("/api/health"))?.status).toBe(200);
  });

  it("[CL15] suggests no end of what holds its port", ({ expect }) => {
    const { stderr } = second("--port", String(port), "--state", join(state, "another"));
    expect(stderr).toContain(`Port ${port} is held by process ${server?.pid} (`);
    expect(stderr).not.toContain("kill");
  });

  it("[CL42] [CL43] answers to its own names and with its own paths alone", async ({ expect }) => {
    for (const path of ["/", "/api/health", "/ws/stats", "/docs"]) {
      expect([path, (await ask(path))?.status]).toEqual([path, 200]);
      expect([path, (await ask(path, "evil.example"))?.status]).toEqual([path, 421]);
    }
    for (const path of [
      "/cdn-cgi/local/scheduled",
      "/cdn-cgi/explorer",
      "/cdn-cgi/local/email",
      "/__scheduled",
    ]) {
      expect([path, (await ask(path))?.status]).toEqual([path, 404]);
    }
  });

  it("[CL43] has an inner port that gives no API, no sockets and no cron to a page that finds it", async ({
    expect,
  }) => {
    const cronRuns = async (): Promise<number> =>
      (await ask("/api/kr/runs"))?.text.split('"kind":"cron"').length ?? 0;
    const before = await cronRuns();
    const inner = frontRuntime().port;
    for (const path of ["/api/health", "/ws", "/docs", "/api/kr/signals"]) {
      expect([path, (await ask(path, "localhost", inner))?.status]).toEqual([path, 421]);
    }
    await ask("/cdn-cgi/local/scheduled?cron=20+9+*+*+MON-FRI", "localhost", inner);
    const explorer = await ask("/cdn-cgi/local/explorer/api/d1/database", "localhost", inner);
    expect(explorer?.text).not.toContain('"uuid"');
    expect(await cronRuns()).toBe(before);
  });

  it("[CL39] prints that its disk is full within 5 s, names it in the API, and goes on when there is space", async ({
    expect,
    skip,
  }) => {
    if (!isMounted) {
      skip("this user may not mount a small disk");
      return;
    }
    const fill = join(state, "fill");
    fillDisk(fill);
    await eventually(() => expect(output).toContain(`disk full: 0 MiB are free for ${state}.`));
    await eventually(async () => {
      const health = await ask("/api/health");
      expect(health?.status).toBe(503);
      expect(health?.text).toContain("disk full: 0 MiB");
    });
    rmSync(fill);
    await eventually(async () => {
      expect(output).toContain(`There is space again for ${state}.`);
      expect((await ask("/api/health"))?.status).toBe(200);
    });
    expect(output).not.toContain("starting it again");
  });

  it("[CL37] is served again after its front runtime was killed, with a line that names it", async ({
    expect,
  }) => {
    process.kill(frontRuntime().process.pid, "SIGKILL");
    await eventually(() => expect(output).toContain("The Worker answers again."), 120_000);
    expect(output).toMatch(/The Worker has not answered for 1\d s: starting it again \(try 1 of 3\)\./);
    expect((await ask("/api/health"))?.status).toBe(200);
    expect(lockHolder(state)).toMatchObject({ pid: server?.pid, port });
  });

  it("[CL41] takes the folder over from a server that was killed, and ends what that one left", async ({
    expect,
  }) => {
    const [killed, group] = [server?.pid, lockHolder(state)?.group ?? 0];
    // What hangs cannot end by itself (CL41a).
    process.kill(-group, "SIGSTOP");
    server?.kill("SIGKILL");
    await eventually(() => expect(lockHolder(state)).toBeNull());
    expect(processesIn(group).length).toBeGreaterThan(1);
    await start();
    expect(processesIn(group)).toEqual([]);
    expect(lockHolder(state)?.pid).not.toBe(killed);
  });

  it("[CL41a] ends by itself when its server was killed, although nobody starts another", async ({
    expect,
  }) => {
    const group = lockHolder(state)?.group ?? 0;
    expect(processesIn(group).length).toBeGreaterThan(1);
    server?.kill("SIGKILL");
    await eventually(() => expect(processesIn(group)).toEqual([]));
    await start();
  });

  it("[CL14] [CL41] leaves no process and no lock behind", async ({ expect }) => {
    const group = lockHolder(state)?.group ?? 0;
    expect(processesIn(group).length).toBeGreaterThan(1);
    await end();
    expect([processesIn(group), lockHolder(state), await isPortFree(port)]).toEqual([[], null, true]);
  });

  it("[CL40] [CL38] runs with a damaged book and few files, and names both", async ({ expect }) => {
    const folder = join(state, "v3/do/vcp-radar-MarketBook");
    const name = readdirSync(folder).find((one) => /^[0-9a-f]{64}\.sqlite$/.test(one)) ?? "";
    const file = openSync(join(folder, name), "r+");
    writeSync(file, randomBytes(4_096_000));
    closeSync(file);
    await start("ulimit -n 500");
    expect(output).toContain("A process may open 500 files here, which is enough for 100 sockets");
    expect(output).toContain(`MarketBook cannot read its file ${join(folder, name)}`);
    const health = await ask("/api/health");
    expect(health?.status).toBe(503);
    expect(JSON.parse(health?.text ?? "")).toMatchObject({
      neighbour: "MarketBook",
      detail: expect.stringContaining(`${name} (`),
    });
    expect((await ask("/"))?.status).toBe(200);
  });

  it("[CL38] refuses sockets that its files have no space for, and answers everybody else", async ({
    expect,
  }) => {
    const statuses = await Promise.all(Array.from({ length: 150 }, () => openSocket()));
    expect(statuses.filter((status) => status === 101)).toHaveLength(100);
    expect(statuses.filter((status) => status === 503)).toHaveLength(50);
    expect((await ask("/"))?.status).toBe(200);
    expect(output).not.toContain("starting it again");
  });
});
