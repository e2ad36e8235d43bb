/** A Worker under `wrangler dev`, for browser tests, kills and benches: own state, own port, own process group. */
import { existsSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findFreePort, isPortFree } from "../../cli/serve/local-port.ts";
import { type ProcessGroup, startGroup } from "../../cli/serve/process-group.ts";
import { assert } from "../../core/assert.ts";
import { waitUntil } from "./wait-until.ts";
import { quietEnv, WRANGLER } from "../../cli/serve/wrangler.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;
/** Quiet, and without questions. */
const ENV = quietEnv();
/** Names a folder with the migrated state that {@link migrateState} made; unset outside of a run of tests. */
export const MIGRATED_STATE = "MIGRATED_STATE";
const START_MS = 60_000;
const END_MS = 15_000;

export interface RealWorker {
  readonly url: string;
  readonly ownerToken: string;
  /** The leader of the process group. */
  readonly pid: number;
  /** The port of the debugger. */
  readonly inspector: number;
  /** What it has printed so far: warnings and errors. */
  output(): string;
  /** Ends it as an operator would (SIGTERM, then SIGKILL) and waits until the port is free. */
  stop(): Promise<void>;
  /** SIGKILL to the whole group at once, and waits until the port is free. */
  kill(): Promise<void>;
}

export interface WorkerOptions {
  /** Where D1 and the Durable Objects keep their files; start again with the same folder to resume. */
  readonly stateDir: string;
  readonly port?: number;
  /** Further `--var NAME:value` pairs. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Another entry than the shipped one, from the project's root. */
  readonly entry?: string;
  /** The Worker's `wrangler.toml`, from the project's root; without it the product's. */
  readonly config?: string;
  /** Configurations of further Workers whose objects this one has. */
  readonly beside?: readonly string[];
  /** The state has every migration: a start that comes often saves the time. */
  readonly isMigrated?: boolean;
  /** Further variables of wrangler's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

function configArgs({ config }: Pick<WorkerOptions, "config">): readonly string[] {
  return config === undefined ? [] : ["--config", resolve(ROOT, config)];
}

/** Applies every migration in the folder of a state. Throws with wrangler's output when that does not work. */
export async function migrateState(options: Pick<WorkerOptions, "stateDir" | "config">): Promise<void> {
  const place = ["--local", "--persist-to", options.stateDir, ...configArgs(options)];
  const args = [WRANGLER, "d1", "migrations", "apply", "DB", ...place];
  const group = startGroup(process.execPath, args, { cwd: ROOT, env: ENV });
  const code = await group.ended;
  if (code !== 0) {
    throw new Error(`Migrations failed with ${String(code)}:\n${group.output()}`);
  }
}

/** A new state of the product is a copy of a migrated one, where a run of tests has made it: wrangler takes seconds to. */
async function prepareState(options: WorkerOptions): Promise<void> {
  const made = process.env[MIGRATED_STATE];
  const isNew = options.config === undefined && !existsSync(join(options.stateDir, "v3"));
  if (made !== undefined && isNew) {
    await cp(made, options.stateDir, { recursive: true });
  } else {
    await migrateState(options);
  }
}

async function answers(url: string, group: ProcessGroup): Promise<boolean> {
  if (group.hasEnded()) {
    throw new Error(`The Worker ended while starting:\n${group.output()}`);
  }
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) });
    await response.text();
    return true;
  } catch {
    return false;
  }
}

async function end(group: ProcessGroup, port: number, gently: boolean): Promise<void> {
  if (gently) {
    group.signal("SIGTERM");
    await waitUntil(async () => group.hasEnded() && isPortFree(port), "wrangler ends", END_MS).catch(() => {
      // It did not end by itself; what follows ends it.
    });
  }
  group.signal("SIGKILL");
  await group.ended;
  await waitUntil(async () => isPortFree(port), `port ${port} becomes free`, END_MS);
}

/** Applies the migrations and starts the Worker; resolves when it answers. Throws with its output when it does not. */
export async function startWorker(options: WorkerOptions): Promise<RealWorker> {
  const port = options.port ?? (await findFreePort());
  const inspector = await findFreePort();
  const ownerToken = "owner-token-of-a-test";
  // Most tests read KRX as anyone would; those of the login set the rule themselves.
  const vars = Object.entries({ READERS: "public", ...options.vars, OWNER_TOKEN: ownerToken });
  const ports = ["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", String(inspector)];
  const quiet = ["--show-interactive-dev-session=false", "--log-level", "warn"];
  const flags = [...ports, "--persist-to", options.stateDir, ...quiet, ...configArgs(options)];
  const beside = (options.beside ?? []).flatMap((config) => ["--config", resolve(ROOT, config)]);
  // wrangler refuses to start without the folder of the page; an unbuilt page is no reason not to serve the API.
  await mkdir(`${ROOT}dist/web`, { recursive: true });
  if (options.isMigrated !== true) {
    await prepareState(options);
  }
  const group = startGroup(
    process.execPath,
    [
      WRANGLER,
      "dev",
      ...(options.entry === undefined ? [] : [options.entry]),
      ...flags,
      ...beside,
      ...vars.flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    ],
    { cwd: ROOT, env: { ...ENV, ...options.env } },
  );
  const { pid } = group;
  assert(pid !== undefined, "wrangler could not be started");
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitUntil(async () => answers(url, group), `the Worker answers on ${url}`, START_MS);
  } catch (error) {
    await end(group, port, false);
    throw new Error(`The Worker did not start:\n${group.output()}`, { cause: error });
  }
  return {
    url,
    ownerToken,
    pid,
    inspector,
    output: () => group.output(),
    stop: async () => end(group, port, true),
    kill: async () => end(group, port, false),
  };
}
