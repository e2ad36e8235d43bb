/**
 * A plain `workerd serve` of one of our entries, without `wrangler dev`: that puts a second process in front, which compresses
 * and holds a part of the memory. Its state lives in a folder, so that it can be killed and started again.
 */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isPortFree } from "../../cli/serve/local-port.ts";
import { type ProcessGroup, startGroup } from "../../cli/serve/process-group.ts";
import { quietEnv, WRANGLER } from "../../cli/serve/wrangler.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";

const WORKERD = join(projectRoot, "node_modules/workerd/bin/workerd");
const START_MS = 20_000;
const STEP_MS = 10;

/** What is served. */
export interface PlainWorkerd {
  /** Of the bundler, from the project's root: an entry, or a configuration that names one. */
  readonly source: readonly string[];
  /** The entry's file name without its ending. */
  readonly name: string;
  /** Each binding of a Durable Object with its class; all of them have SQLite. */
  readonly classes: readonly (readonly [binding: string, type: string])[];
  readonly vars?: Readonly<Record<string, string>>;
  /** Answered with a success when the Worker is up. */
  readonly probe: string;
}

/** How workerd runs when its isolate is watched. */
export interface Watched {
  /** Stands for workerd and takes its arguments. */
  readonly executable: string;
  readonly v8Flags: readonly string[];
  /** A free port for the debugger. */
  readonly inspector: number;
}

/** Bundles the Worker into `folder`, where its state will be too. */
export async function bundle(folder: string, { source, name }: PlainWorkerd): Promise<void> {
  const out = join(folder, "bundle");
  mkdirSync(join(projectRoot, "dist/web"), { recursive: true });
  const args = [WRANGLER, "deploy", ...source, "--dry-run", "--outdir", out];
  const bundler = startGroup(process.execPath, args, { cwd: projectRoot, env: quietEnv() });
  if ((await bundler.ended) !== 0) {
    throw new Error(`${name} could not be bundled:\n${bundler.output()}`);
  }
  cpSync(join(out, `${basename(name)}.js`), join(folder, "worker.js"));
  mkdirSync(join(folder, "state"), { recursive: true });
}

function configOf(port: number, { classes, vars = {} }: PlainWorkerd, watched: Watched | null): string {
  const spaces = classes.map(
    ([name, type]) => `(className = "${type}", uniqueKey = "${name}", enableSql = true)`,
  );
  const bindings = [
    ...classes.map(([name, type]) => `(name = "${name}", durableObjectNamespace = "${type}")`),
    ...Object.entries(vars).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .served),
    (name = "disk", disk = (path = "state", writable = true)),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
  v8Flags = [${(watched?.v8Flags ?? []).map((flag) => `"${flag}"`).join(", ")}],
);
const served :Workerd.Worker = (
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
export async function end(group: ProcessGroup, port: number, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  group.signal(signal);
  await group.ended;
  while (!(await isPortFree(port))) {
    await sleep(STEP_MS);
  }
}

/** Starts what {@link bundle} left in `folder`; resolves when it answers. */
export async function serve(
  folder: string,
  port: number,
  served: PlainWorkerd,
  watched: Watched | null = null,
): Promise<ProcessGroup> {
  writeFileSync(join(folder, "config.capnp"), configOf(port, served, watched));
  const args = ["serve", "config.capnp", ...(watched ? ["-i", `127.0.0.1:${watched.inspector}`] : [])];
  const group = startGroup(watched?.executable ?? WORKERD, args, { cwd: folder, env: process.env });
  endWithThisProcess(group);
  const until = Date.now() + START_MS;
  while (!(await answers(`http://127.0.0.1:${port}${served.probe}`))) {
    if (group.hasEnded() || Date.now() > until) {
      await end(group, port, "SIGKILL");
      throw new Error(`workerd did not start:\n${group.output()}`);
    }
    await sleep(STEP_MS);
  }
  return group;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}
