/**
 * A plain `workerd serve` of the wire bench's Worker, without `wrangler dev`: that puts a second process in front, which
 * compresses and holds a part of the memory. Its state lives in a folder, so that it can be killed and started again.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isPortFree } from "../cli/serve/local-port.ts";
import { startGroup } from "../cli/serve/process-group.ts";
import { projectRoot } from "../cli/terminal/project-root.ts";
import { quietEnv, WRANGLER } from "../cli/serve/wrangler.ts";

const WORKERD = join(projectRoot, "node_modules/workerd/bin/workerd");
const CONFIG = join(projectRoot, "worker/bench/served/wrangler.toml");
const START_MS = 20_000;
const STEP_MS = 10;

const CLASSES = [
  ["TOPIC", "Topic"],
  ["GATEWAY", "Gateway"],
  ["FEED", "BenchFeed"],
  ["BARE", "BareRoom"],
  ["PARTY", "PartyRoom"],
] as const;

export interface PlainWorkerd {
  readonly url: string;
  readonly pid: number;
  /** Ends it; `SIGKILL` leaves it no moment for a last word. Resolves when the port is free. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** Bundles the Worker into `folder`, where its state will be too. Throws with the bundler's words. */
export async function bundleServed(folder: string): Promise<void> {
  const out = join(folder, "bundle");
  const args = [WRANGLER, "deploy", "--dry-run", "--outdir", out, "--config", CONFIG];
  const bundler = startGroup(process.execPath, args, { cwd: projectRoot, env: quietEnv() });
  if ((await bundler.ended) !== 0) {
    throw new Error(`The bench Worker could not be bundled:\n${bundler.output()}`);
  }
  cpSync(join(out, "wire-worker.js"), join(folder, "worker.js"));
  mkdirSync(join(folder, "state"), { recursive: true });
}

function configOf(port: number): string {
  const spaces = CLASSES.map(
    ([name, type]) => `(className = "${type}", uniqueKey = "${name}", enableSql = true)`,
  );
  const bindings = CLASSES.map(([name, type]) => `(name = "${name}", durableObjectNamespace = "${type}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .bench), (name = "disk", disk = (path = "state", writable = true))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const bench :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["no_web_socket_compression"],
  durableObjectNamespaces = [${spaces.join(", ")}],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [${bindings.join(", ")}],
);
`;
}

let isEnding = false;

/** A bench that is told to end must not leave a server behind: its group is not ours. */
function endWithUs(): void {
  if (!isEnding) {
    isEnding = true;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => process.exit(1));
    }
  }
}

/** Starts what {@link bundleServed} left in `folder`; resolves when it answers. */
export async function servePlain(folder: string, port: number): Promise<PlainWorkerd> {
  writeFileSync(join(folder, "config.capnp"), configOf(port));
  const group = startGroup(WORKERD, ["serve", "config.capnp"], { cwd: folder, env: process.env });
  const leaveNothing = (): void => {
    group.signal("SIGKILL");
  };
  endWithUs();
  process.once("exit", leaveNothing);
  const url = `http://127.0.0.1:${port}`;
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    group.signal(signal);
    await group.ended;
    process.removeListener("exit", leaveNothing);
    while (!(await isPortFree(port))) {
      await sleep(STEP_MS);
    }
  };
  const until = Date.now() + START_MS;
  while (!(await answers(url))) {
    if (group.hasEnded() || Date.now() > until) {
      await end("SIGKILL");
      throw new Error(`workerd did not start:\n${group.output()}`);
    }
    await sleep(STEP_MS);
  }
  return { url, pid: group.pid ?? 0, end };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/counts`, { signal: AbortSignal.timeout(2_000) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}
