/**
 * A plain `workerd serve` of the wire Worker, without `wrangler dev`: that puts a second process in front, which compresses
 * and holds a part of the memory. Its state lives in a folder of its own, so that it can be killed and started again.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { findFreePort, isPortFree } from "../../cli/serve/local-port.ts";
import { type ProcessGroup, startGroup } from "../../cli/serve/process-group.ts";
import { quietEnv, WRANGLER } from "../../cli/serve/wrangler.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";

const WORKERD = join(projectRoot, "node_modules/workerd/bin/workerd");
const CONFIG = join(projectRoot, "worker/testing/load/served/wrangler.toml");
const START_MS = 20_000;
const STEP_MS = 10;

const CLASSES = [
  ["TOPIC", "Topic"],
  ["GATEWAY", "Gateway"],
  ["FEED", "BenchFeed"],
  ["BARE", "BareBroadcaster"],
  ["PARTY", "PartyBroadcaster"],
] as const;

/** How workerd runs when its isolate is watched. */
export interface Watched {
  /** Stands for workerd and takes its arguments. */
  readonly executable: string;
  readonly v8Flags: readonly string[];
  /** A free port for the debugger. */
  readonly inspector: number;
}

const Flushes = v.array(v.tuple([v.number(), v.number()]));

export class WireServer {
  readonly port: number;
  readonly url: string;
  readonly #folder: string;
  #group: ProcessGroup;

  private constructor(folder: string, port: number, group: ProcessGroup) {
    this.#folder = folder;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#group = group;
  }

  /** Resolves when it answers. Throws with the output of the bundler or of workerd when it does not. */
  static async start(watched: Watched | null = null): Promise<WireServer> {
    const folder = mkdtempSync(join(tmpdir(), "vcp-wire-"));
    const port = await findFreePort();
    await bundle(folder);
    return new WireServer(folder, port, await serve(folder, port, watched));
  }

  get pid(): number {
    return this.#group.pid ?? 0;
  }

  /** SIGKILL, which leaves no moment for a last frame, and a new process with the same state and port. */
  async killAndStart(): Promise<void> {
    await end(this.#group, this.port, "SIGKILL");
    this.#group = await serve(this.#folder, this.port);
  }

  async post(path: string, body = ""): Promise<void> {
    const response = await fetch(`${this.url}${path}`, { method: "POST", body });
    const answer = await response.text();
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}: ${answer.slice(0, 300)}`);
    }
  }

  async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`);
    return response.json();
  }

  /**
   * Since the last question: the tick of each flush, and when it began inside the server, milliseconds since the epoch. Of
   * several timers after a delivery the first is the one that carried it.
   */
  async flushes(): Promise<ReadonlyMap<number, number>> {
    return new Map(v.parse(Flushes, await this.ask("/flushes")).toReversed());
  }

  async end(): Promise<void> {
    await end(this.#group, this.port, "SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Bundles the Worker into `folder`, where its state will be too. */
async function bundle(folder: string): Promise<void> {
  const out = join(folder, "bundle");
  const args = [WRANGLER, "deploy", "--dry-run", "--outdir", out, "--config", CONFIG];
  const bundler = startGroup(process.execPath, args, { cwd: projectRoot, env: quietEnv() });
  if ((await bundler.ended) !== 0) {
    throw new Error(`The wire Worker could not be bundled:\n${bundler.output()}`);
  }
  cpSync(join(out, "wire-worker.js"), join(folder, "worker.js"));
  mkdirSync(join(folder, "state"), { recursive: true });
}

function configOf(port: number, watched: Watched | null): string {
  const spaces = CLASSES.map(
    ([name, type]) => `(className = "${type}", uniqueKey = "${name}", enableSql = true)`,
  );
  const bindings = CLASSES.map(([name, type]) => `(name = "${name}", durableObjectNamespace = "${type}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .wire), (name = "disk", disk = (path = "state", writable = true))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
  v8Flags = [${(watched?.v8Flags ?? []).map((flag) => `"${flag}"`).join(", ")}],
);
const wire :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["no_web_socket_compression"],
  durableObjectNamespaces = [${spaces.join(", ")}],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [${bindings.join(", ")}],
);
`;
}

let isGuarded = false;

/** A command that is ended must not leave a server behind, whose process group is not its own. */
function endWithThisProcess(group: ProcessGroup): void {
  if (!isGuarded) {
    isGuarded = true;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => process.exit(1));
    }
  }
  const kill = (): void => {
    group.signal("SIGKILL");
  };
  process.once("exit", kill);
  void group.ended.then(() => process.removeListener("exit", kill));
}

/** Resolves when the port is free. */
async function end(group: ProcessGroup, port: number, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  group.signal(signal);
  await group.ended;
  while (!(await isPortFree(port))) {
    await sleep(STEP_MS);
  }
}

/** Starts what {@link bundle} left in `folder`. */
async function serve(folder: string, port: number, watched: Watched | null = null): Promise<ProcessGroup> {
  writeFileSync(join(folder, "config.capnp"), configOf(port, watched));
  const args = ["serve", "config.capnp", ...(watched ? ["-i", `127.0.0.1:${watched.inspector}`] : [])];
  const group = startGroup(watched?.executable ?? WORKERD, args, { cwd: folder, env: process.env });
  endWithThisProcess(group);
  const until = Date.now() + START_MS;
  while (!(await answers(port))) {
    if (group.hasEnded() || Date.now() > until) {
      await end(group, port, "SIGKILL");
      throw new Error(`workerd did not start:\n${group.output()}`);
    }
    await sleep(STEP_MS);
  }
  return group;
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/counts`, { signal: AbortSignal.timeout(2_000) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}
