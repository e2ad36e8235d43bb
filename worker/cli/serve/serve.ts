/** `npm run serve` (behind `npm start`): builds, migrates, runs the Worker behind its front, keeps it alive, and leaves nothing behind when it ends. */
import { appendFileSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError, reasonOf, runCommand } from "../terminal/command-error.ts";
import { ensureOwnerToken } from "../terminal/owner-token.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { describeSetup, hasPast, readSetup } from "../terminal/source-setup.ts";
import { StateReport } from "./state-report.ts";
import { type Front, type FrontTarget, startFront } from "./front.ts";
import { keepAlive, type Watched } from "./keep-alive.ts";
import { isPortFree, portFailure, refusedPort } from "./local-port.ts";
import { type LocalWorker, logTail, startLocalWorker, waitForWorker } from "./local-worker.ts";
import { describeFewSockets, openFileLimit, socketsFor } from "./open-files.ts";
import { type ProcessGroup, startGroup } from "./process-group.ts";
import { readServeArgs, SERVE_USAGE, type ServeArgs } from "./serve-args.ts";
import { startCrons } from "./serve-crons.ts";
import { announcePast } from "./announce-past.ts";
import { askBackfill, askHealth, beginBackfill, shownExchange } from "./serve-health.ts";
import { type DiskWatch, watchDisk } from "./state-disk.ts";
import { DEFAULT_STATE } from "./state-files.ts";
import { heldMessage, lockHolder, makeStateFolder, type StateLock, takeStateLock } from "./state-lock.ts";
import { isBuildStale } from "./web-build.ts";
import { quietEnv, WRANGLER } from "./wrangler.ts";

const LOG = join(projectRoot, ".wrangler", "serve.log");
const DEV_VARS = join(projectRoot, ".dev.vars");
const VITE = join(projectRoot, "node_modules", "vite", "bin", "vite.js");
const PORT_MS = 5_000;
/** A Worker that does not answer has nothing to finish. */
const DEAD_GRACE_MS = 500;

/** What runs now, and whether the person at the terminal asked for the end. */
const state: {
  group: ProcessGroup | null;
  target: FrontTarget | null;
  stopping: Promise<void> | null;
  front: Front | null;
  disk: DiskWatch | null;
  lock: StateLock | null;
} = { group: null, target: null, stopping: null, front: null, disk: null, lock: null };

const isOver = (): boolean => state.stopping !== null;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The log's disk may be full: then the line is lost and nothing else. */
function logLine(line: string): void {
  try {
    appendFileSync(LOG, `${new Date().toISOString()} ${line}\n`);
  } catch {
    // The full disk is reported where the state is.
  }
}

function start(args: readonly string[], log: number): ProcessGroup {
  const group = startGroup(process.execPath, args, { cwd: projectRoot, env: quietEnv(), log });
  state.group = group;
  return group;
}

async function runStep(what: string, args: readonly string[], log: number): Promise<void> {
  if (isOver()) {
    return;
  }
  print(`${what} ...`);
  const end = await start(args, log).ended;
  if (end !== 0 && !isOver()) {
    throw new CommandError(`${what} failed (${end}):\n${logTail(LOG)}`);
  }
}

async function checkPort(port: number, folder: string): Promise<void> {
  const failure = await portFailure(port);
  if (failure === null) {
    return;
  }
  const running = lockHolder(folder);
  if (running?.port === port) {
    throw new CommandError(heldMessage(folder, running));
  }
  throw refusedPort(port, failure) ?? new CommandError(`Port ${port} cannot be taken: ${failure}`);
}

async function stopAll(port: number): Promise<void> {
  state.disk?.end();
  await Promise.all([state.group?.stop(), state.front?.close()]);
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

interface WatchedWorker extends Watched {
  readonly target: FrontTarget;
}

function watched({ group, target }: LocalWorker): WatchedWorker {
  return { target, ended: group.ended, stop: async () => group.stop(DEAD_GRACE_MS) };
}

/** Builds and migrates what is missing. A damaged database is not migrated: the Worker names it all the same. */
async function prepare(folder: string, damage: StateReport, log: number): Promise<void> {
  if (ensureOwnerToken(DEV_VARS)) {
    print("Wrote .dev.vars with a new owner's token.");
  }
  if (isBuildStale(projectRoot)) {
    await runStep("Building the web client", [VITE, "build", "--config", "web/vite.config.ts"], log);
  }
  if (!damage.has("D1")) {
    const migrate = ["d1", "migrations", "apply", "vcp-radar", "--local", "--persist-to", folder];
    await runStep("Preparing the database", [WRANGLER, ...migrate], log);
  }
}

/** Starts the Worker and waits until it answers, or until its files are seen to be damaged. `null`: the end was asked for. */
async function launch(
  folder: string,
  session: number | null,
  damage: StateReport,
  log: number,
): Promise<(LocalWorker & { readonly text: string }) | null> {
  const worker = await startLocalWorker({ state: folder, session, log });
  state.group = worker.group;
  state.target = worker.target;
  state.lock?.setGroup(worker.group.pid);
  const isHopeless = (): boolean => {
    damage.look();
    return damage.has();
  };
  const text = await waitForWorker(worker, { isOver, isHopeless, logFile: LOG });
  return text === null ? null : { ...worker, text };
}

/** CL77: what the vendors' keys bring, and the past at once: the clock's next turn may be ten minutes away. */
async function beginDays(target: FrontTarget, port: number): Promise<void> {
  const config = readFileSync(join(projectRoot, "wrangler.toml"), "utf8");
  const setup = readSetup(process.env, DEV_VARS, config);
  let past: Awaited<ReturnType<typeof beginBackfill>> | null = null;
  if (hasPast(setup)) {
    try {
      past = await beginBackfill(target);
    } catch (error) {
      logLine(`the past was not begun: ${reasonOf(error)}`);
    }
  }
  for (const line of describeSetup(setup, port, past)) {
    print(line);
  }
  if (hasPast(setup) && past?.status !== "done") {
    const behind = (): FrontTarget => state.target ?? target;
    void announcePast(past, {
      ask: async () => askBackfill(behind(), "GET"),
      shown: async () => shownExchange(behind()),
      isOver,
      print,
      failed: (error) => {
        logLine(`the past was not learnt: ${reasonOf(error)}`);
      },
      url: `http://127.0.0.1:${port}`,
      isPrivate: setup.readers === "owner",
    });
  }
}

async function run(args: ServeArgs, folder: string, damage: StateReport, log: number): Promise<void> {
  const begin = async (): ReturnType<typeof launch> => launch(folder, args.session, damage, log);
  print("Starting the Worker ...");
  const worker = await begin();
  if (worker === null) {
    return;
  }
  print(`VCP Radar runs at http://127.0.0.1:${args.port} (${worker.text}). Ctrl-C ends it.`);
  await beginDays(worker.target, args.port);
  const stopCrons = startCrons(() => state.target, projectRoot, logLine);
  try {
    await keepAlive(watched(worker), {
      isOver,
      print,
      ready: async () => state.disk?.awaitSpace(),
      start: async () => {
        const next = await begin();
        return next && watched(next);
      },
      answers: async ({ target }, timeoutMs) => {
        try {
          const answer = await askHealth(target, timeoutMs);
          await answer.body?.cancel();
          if (answer.status === 503) {
            damage.look();
          }
          return true;
        } catch {
          return false;
        }
      },
    });
  } catch (error) {
    throw error instanceof CommandError
      ? new CommandError(`${error.message}\nThe end of ${LOG}:\n${logTail(LOG)}`)
      : error;
  } finally {
    stopCrons();
  }
}

async function serve(args: ServeArgs): Promise<void> {
  const { port, hosts = [] } = args;
  const folder = args.state ?? DEFAULT_STATE;
  await checkPort(port, folder);
  stopOnSignal(port);
  makeStateFolder(folder);
  state.disk = watchDisk(folder, print);
  await state.disk.awaitSpace();
  if (isOver()) {
    return;
  }
  state.lock = await takeStateLock(folder, port);
  mkdirSync(join(projectRoot, ".wrangler"), { recursive: true });
  const log = openSync(LOG, "w");
  const limit = openFileLimit();
  const few = describeFewSockets(limit);
  if (few !== null) {
    print(few);
  }
  const damage = new StateReport(folder, print);
  damage.lookBriefly();
  await prepare(folder, damage, log);
  if (isOver()) {
    return;
  }
  const explain = (path: string): ReturnType<StateReport["explain"]> => damage.explain(path);
  state.front = await startFront({
    port,
    hosts,
    sockets: socketsFor(limit),
    explain,
    target: () => state.target,
  });
  await run(args, folder, damage, log);
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
    state.lock?.release();
  }
});
process.exit();
