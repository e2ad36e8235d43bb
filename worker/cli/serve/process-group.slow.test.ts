import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnSync } from "node:child_process";
import { it, onTestFinished, vi } from "vitest";
import { findFreePort, holderOf, isPortFree, refusedPort } from "./local-port.ts";
import { startGroup } from "./process-group.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { eventually } from "../../testing/eventually.ts";

// Every test starts processes; a busy machine is slow at that.
vi.setConfig({ testTimeout: 60_000 });

/** Two processes, both of which ignore SIGTERM. */
const STUBBORN = `trap '' TERM; sh -c 'trap "" TERM; echo child $$; while :; do sleep 0.1; done' & echo ready; wait; wait`;

it("[CL14] ends all of a group, also what ignores SIGTERM", async ({ expect }) => {
  const folder = mkdtempSync(join(tmpdir(), "vcp-group-"));
  const path = join(folder, "log");
  const log = openSync(path, "w");
  onTestFinished(() => {
    closeSync(log);
    rmSync(folder, { recursive: true, force: true });
  });
  const group = startGroup("sh", ["-c", STUBBORN], { cwd: folder, env: process.env, log });
  let child = Number.NaN;
  for (let i = 0; i < 100 && !(child > 0); i++) {
    await sleep(20);
    child = Number(/child (\d+)/.exec(readFileSync(path, "utf8"))?.[1]);
  }
  expect(child).toBeGreaterThan(0);
  await group.stop(200);
  expect(await group.ended).toBe("SIGKILL");
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(child)], { encoding: "utf8" }).stdout.trim();
  expect(state === "" || state.startsWith("Z")).toBe(true);
});

it("[CL14] reports how a command that cannot start ended", async ({ expect }) => {
  const log = openSync("/dev/null", "w");
  onTestFinished(() => closeSync(log));
  const group = startGroup("/nonexistent/command", [], { cwd: "/", env: process.env, log });
  expect(await group.ended).toContain("ENOENT");
  await group.stop();
});

it("[CL14] keeps what is printed when no log takes it", async ({ expect }) => {
  const group = startGroup("sh", ["-c", "echo out; echo err >&2"], { cwd: "/", env: process.env });
  expect(await group.ended).toBe(0);
  await eventually(() => {
    expect(group.output().split("\n").toSorted()).toEqual(["", "err", "out"]);
  });
  expect(group.hasEnded()).toBe(true);
});

it("[CL15] names the process that holds a port, before anything is started", async ({ expect }) => {
  const port = await findFreePort();
  expect(await isPortFree(port)).toBe(true);
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  expect(await isPortFree(port)).toBe(false);
  expect(holderOf(port)?.pid).toBe(process.pid);
  const node = join(projectRoot, "node_modules", ".bin", "node");
  const serve = spawnSync(node, [join(projectRoot, "worker/cli/serve/serve.ts"), "--port", String(port)], {
    encoding: "utf8",
  });
  expect(serve.status).toBe(1);
  expect(serve.stdout).toBe("");
  expect(serve.stderr).toContain(`Port ${port} is held by process ${process.pid} (`);
  expect(serve.stderr).toContain("npm start -- --port N");
});

it("[CL15] does not blame another process for a port that this user may not take", ({ expect }) => {
  expect(refusedPort(80, "EACCES")?.message).toBe(
    "Port 80 is for the system: this user may not take it.\nTake another: npm start -- --port N",
  );
  expect(refusedPort(80, "EINVAL")).toBeNull();
});
