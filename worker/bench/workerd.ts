/** Starts the bench Worker with a state of its own, and ends everything that it started. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../cli/serve/local-port.ts";
import { startGroup } from "../cli/serve/process-group.ts";
import { projectRoot } from "../cli/terminal/project-root.ts";
import { quietEnv, WRANGLER } from "../cli/serve/wrangler.ts";

const CONFIG = join(projectRoot, "worker/bench/wrangler.toml");
const START_MS = 60_000;

export interface BenchWorker {
  readonly url: string;
  /** Its process group. */
  readonly group: number;
  stop(): Promise<void>;
}

/** Resolves when it answers; throws with its output when it does not. */
export async function startBenchWorker(): Promise<BenchWorker> {
  const state = mkdtempSync(join(tmpdir(), "vcp-bench-"));
  const logFile = join(state, "wrangler.log");
  const log = openSync(logFile, "a");
  const env = quietEnv();
  const wrangler = (...args: readonly string[]): ReturnType<typeof startGroup> =>
    startGroup(process.execPath, [WRANGLER, ...args, "--config", CONFIG, "--persist-to", state], {
      cwd: projectRoot,
      env,
      log,
    });
  const clear = (): void => {
    closeSync(log);
    rmSync(state, { recursive: true, force: true });
  };
  const migrations = wrangler("d1", "migrations", "apply", "DB", "--local");
  if ((await migrations.ended) !== 0) {
    const output = readFileSync(logFile, "utf8");
    clear();
    throw new Error(`The migrations failed:\n${output}`);
  }
  const port = await findFreePort();
  const ports = [
    "--ip",
    "127.0.0.1",
    "--port",
    String(port),
    "--inspector-port",
    String(await findFreePort()),
  ];
  const group = wrangler("dev", ...ports, "--show-interactive-dev-session=false", "--log-level", "warn");
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await group.stop();
    clear();
  };
  const until = Date.now() + START_MS;
  while (!(await answers(url))) {
    if (Date.now() > until) {
      const output = readFileSync(logFile, "utf8");
      await stop();
      throw new Error(`The bench Worker did not start:\n${output}`);
    }
    await sleep(200);
  }
  return { url, group: group.pid ?? 0, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/empty?times=1`, { signal: AbortSignal.timeout(5_000) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}
