/** A command in a process group of its own, so that ending it also ends what it started (wrangler leaves two workerds behind). */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "../core/assert.ts";

export interface ProcessGroup {
  readonly pid: number;
  /** What the command printed so far, both streams. */
  output(): string;
  exited(): boolean;
  /** Resolves with the exit code; `null` when a signal ended it. */
  readonly end: Promise<number | null>;
  signal(name: "SIGTERM" | "SIGKILL"): void;
}

/** Starts `file` with `args` in `cwd`. `node` is the Node that runs this file. */
export function startGroup(file: string, args: readonly string[], cwd: string): ProcessGroup {
  const child: ChildProcess = spawn(file, args, {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", NO_COLOR: "1" },
  });
  const pid = child.pid;
  assert(pid !== undefined, `${file} could not be started`);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
  }
  let gone = false;
  const end = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => {
      gone = true;
      resolve(code);
    });
  });
  return {
    pid,
    output: () => text,
    exited: () => gone,
    end,
    signal: (name) => {
      try {
        process.kill(-pid, name);
      } catch {
        // The group is gone already: what the caller wanted.
      }
    },
  };
}

/** Asks until `done` says yes; throws with `what` when it does not in time. */
export async function waitUntil(
  done: () => Promise<boolean>,
  what: string,
  timeoutMs: number,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (await done()) {
      return;
    }
    await sleep(100);
  }
  throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
}
