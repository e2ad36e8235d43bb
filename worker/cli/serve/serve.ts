/** `npm run serve` (behind `npm start`): builds, migrates, runs the Worker, and leaves nothing behind when it ends. */
import { appendFileSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { awaitData } from "./await-data.ts";
import { CommandError, runCommand } from "../terminal/command-error.ts";
import { findFreePort, holderOf, isPortFree } from "./local-port.ts";
import { ensureOwnerToken } from "../terminal/owner-token.ts";
import { type ProcessGroup, startGroup } from "./process-group.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { readServeArgs, SERVE_USAGE, type ServeArgs } from "./serve-args.ts";
import { startCrons } from "./serve-crons.ts";
import { readDataState } from "./serve-health.ts";
import { isBuildStale } from "./web-build.ts";
import { quietEnv, WRANGLER } from "./wrangler.ts";

const LOG = join(projectRoot, ".wrangler", "serve.log");
const VITE = join(projectRoot, "node_modules", "vite", "bin", "vite.js");
const START_MS = 120_000;
const PORT_MS = 5_000;

/** What runs now, and whether the person at the terminal asked for the end. */
const state: { group: ProcessGroup | null; stopping: Promise<void> | null } = { group: null, stopping: null };

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function logTail(): string {
  return readFileSync(LOG, "utf8").trimEnd().split("\n").slice(-30).join("\n");
}

function start(args: readonly string[], log: number): ProcessGroup {
  const group = startGroup(process.execPath, args, { cwd: projectRoot, env: quietEnv(), log });
  state.group = group;
  return group;
}

async function runStep(what: string, args: readonly string[], log: number): Promise<void> {
  if (state.stopping !== null) {
    return;
  }
  print(`${what} ...`);
  const end = await start(args, log).ended;
  if (end !== 0 && state.stopping === null) {
    throw new CommandError(`${what} failed (${end}):\n${logTail()}`);
  }
}

async function checkPort(port: number): Promise<void> {
  if (await isPortFree(port)) {
    return;
  }
  const holder = holderOf(port);
  if (holder === null) {
    throw new CommandError(
      `Port ${port} is held by a process of another user. Take another: npm start -- --port N`,
    );
  }
  // A killed wrangler leaves two workerds in its group; ending one of them would leave the other on the database.
  const isOrphan = holder.command.includes("workerd") && holder.group !== null;
  const end = isOrphan ? `kill -- -${holder.group}` : `kill ${holder.pid}`;
  throw new CommandError(
    `Port ${port} is held by process ${holder.pid} (${holder.command}).\n` +
      `End it with \`${end}\`, or take another port: npm start -- --port N`,
  );
}

/** Resolves with what the Worker holds when it is ready to be looked at; `null` when the end was asked for meanwhile. */
async function waitForWorker(url: string, group: ProcessGroup): Promise<string | null> {
  let end: number | string | null = null;
  void group.ended.then((how) => {
    end = how;
  });
  const data = await awaitData({
    read: async () => readDataState(url),
    isOver: () => {
      if (end !== null && state.stopping === null) {
        throw new CommandError(`The Worker ended while starting (${String(end)}):\n${logTail()}`);
      }
      return state.stopping !== null;
    },
    output: process.stdout,
    patienceMs: START_MS,
  });
  if (state.stopping !== null) {
    return null;
  }
  if (data === null) {
    throw new CommandError(`The Worker does not answer on ${url}:\n${logTail()}`);
  }
  return data.preparing ? "the demo market is still being prepared" : data.text;
}

async function stopAll(port: number): Promise<void> {
  await state.group?.stop();
  const until = Date.now() + PORT_MS;
  while (!(await isPortFree(port)) && Date.now() < until) {
    await sleep(50);
  }
}

function stopOnSignal(port: number): void {
  const stop = (): void => {
    // Ctrl-C arrives twice: from the terminal and from the parent.
    state.stopping ??= stopAll(port);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, stop);
  }
  const parent = process.ppid;
  if (process.env["npm_lifecycle_event"] !== undefined) {
    // A parent that was killed hands on no signal.
    setInterval(() => {
      if (process.ppid !== parent) {
        stop();
      }
    }, 500).unref();
  }
}

async function serve({ port, state: dir, session }: ServeArgs): Promise<void> {
  await checkPort(port);
  mkdirSync(join(projectRoot, ".wrangler"), { recursive: true });
  const log = openSync(LOG, "w");
  stopOnSignal(port);
  if (ensureOwnerToken(join(projectRoot, ".dev.vars"))) {
    print("Wrote .dev.vars with a new owner's token.");
  }
  if (isBuildStale(projectRoot)) {
    await runStep("Building the web client", [VITE, "build", "--config", "web/vite.config.ts"], log);
  }
  const kept = dir === null ? [] : ["--persist-to", dir];
  await runStep(
    "Preparing the database",
    [WRANGLER, "d1", "migrations", "apply", "vcp-radar", "--local", ...kept],
    log,
  );
  if (state.stopping !== null) {
    return;
  }
  const at = ["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", String(await findFreePort())];
  const length = session === null ? [] : ["--var", `DEMO_SESSION_S:${session}`];
  print("Starting the Worker ...");
  const worker = start(
    [WRANGLER, "dev", ...at, ...kept, ...length, "--show-interactive-dev-session=false"],
    log,
  );
  const url = `http://127.0.0.1:${port}`;
  const data = await waitForWorker(url, worker);
  if (data === null) {
    return;
  }
  print(`VCP Radar runs at ${url} (${data}). Ctrl-C ends it.`);
  const stopCrons = startCrons(url, projectRoot, (line) => {
    appendFileSync(LOG, `${new Date().toISOString()} ${line}\n`);
  });
  const end = await worker.ended;
  stopCrons();
  if (state.stopping === null) {
    throw new CommandError(`The Worker ended by itself (${end}); the end of ${LOG}:\n${logTail()}`);
  }
}

await runCommand(async () => {
  const args = readServeArgs(process.argv.slice(2));
  if (args === null) {
    print(SERVE_USAGE);
    return;
  }
  try {
    await serve(args);
  } finally {
    // Also after a failure: what was started must not outlive this process.
    await (state.stopping ?? state.group?.stop());
  }
});
process.exit();
