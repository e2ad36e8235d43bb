/** The Worker of `npm start` as processes: started in a group of its own behind the front, and waited for until it answers. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../terminal/command-error.ts";
import { projectRoot } from "../terminal/project-root.ts";
import { findVendorSecrets } from "../terminal/vendor-secrets.ts";
import { awaitData } from "./await-data.ts";
import type { FrontTarget } from "./front.ts";
import { findFreePort } from "./local-port.ts";
import { type ProcessGroup, startGroup } from "./process-group.ts";
import type { RunOptions } from "./run-worker.ts";
import { type DataState, readDataState } from "./serve-health.ts";
import { quietEnv } from "./wrangler.ts";

const RUN = join(projectRoot, "worker", "cli", "serve", "run-worker.ts");
/** Where the dev server reads its variables from. */
const DEV_VARS = join(projectRoot, ".dev.vars");
const START_MS = 120_000;
const LOG_LINES = 30;

export interface LocalWorker {
  readonly group: ProcessGroup;
  readonly target: FrontTarget;
}

export interface WorkerPlace {
  /** Where it keeps its data. */
  readonly state: string;
  /** Seconds; `null`: the length in wrangler.toml. */
  readonly session: number | null;
  /** An open file that takes what it prints. */
  readonly log: number;
}

/** Resolves when the processes are started, before anything answers. */
export async function startLocalWorker({ state, session, log }: WorkerPlace): Promise<LocalWorker> {
  const target: FrontTarget = { port: await findFreePort(), key: randomBytes(24).toString("hex") };
  const length = session === null ? {} : { DEMO_SESSION_S: String(session) };
  const options: RunOptions = {
    parent: process.pid,
    port: target.port,
    state,
    vars: { FRONT_KEY: target.key, ...length, ...findVendorSecrets(process.env, DEV_VARS) },
  };
  const env = { ...quietEnv(), RADAR_RUN: JSON.stringify(options) };
  return { target, group: startGroup(process.execPath, [RUN], { cwd: projectRoot, env, log }) };
}

export function logTail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-LOG_LINES).join("\n");
}

export interface StartWait {
  /** The end was asked for. */
  isOver(): boolean;
  /** Called with each answer; `true` ends the wait although the Worker is not ready. */
  isHopeless(state: DataState): boolean;
  readonly logFile: string;
}

/** Resolves with what the Worker holds, as a line, when it can be looked at; `null` when the end was asked for meanwhile. */
export async function waitForWorker({ group, target }: LocalWorker, wait: StartWait): Promise<string | null> {
  const data = await awaitData({
    read: async () => {
      const state = await readDataState(target);
      return state?.preparing === true && wait.isHopeless(state) ? { ...state, preparing: false } : state;
    },
    isOver: () => {
      if (group.hasEnded() && !wait.isOver()) {
        throw new CommandError(`The Worker ended while starting:\n${logTail(wait.logFile)}`);
      }
      return wait.isOver();
    },
    output: process.stdout,
    patienceMs: START_MS,
  });
  if (wait.isOver()) {
    return null;
  }
  if (data === null) {
    throw new CommandError(`The Worker does not answer:\n${logTail(wait.logFile)}`);
  }
  return data.preparing ? "the demo market is still being prepared" : data.text;
}
