/** A command in a process group of its own, so that ending it also ends what it started (wrangler leaves two workerds behind). */
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** A tool with all that it starts: wrangler leaves workerd behind when it alone is ended. */
export interface ProcessGroup {
  readonly pid: number | undefined;
  /** Resolves with the exit code, or with the name of the signal or error that ended it. Never rejects. */
  readonly ended: Promise<number | string>;
  /** SIGTERM to all of the group, SIGKILL after `graceMs`; resolves when none is left. */
  stop(graceMs?: number): Promise<void>;
  /** To all of the group; nothing happens when it is gone. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
  hasEnded(): boolean;
  /** What was printed so far, both streams; empty when a `log` takes them. */
  output(): string;
}

const GRACE_MS = 5_000;
/** What the system may need to clear away killed processes. */
const CLEARING_MS = 3_000;
const STEP_MS = 50;

function signalGroup(pid: number, signal: "SIGTERM" | "SIGKILL" | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (signalGroup(pid, 0)) {
    if (Date.now() > until) {
      return false;
    }
    await sleep(STEP_MS);
  }
  return true;
}

/** SIGTERM to all of the group of `pid`, SIGKILL after `graceMs`; resolves when none is left. */
export async function endGroup(pid: number, graceMs: number): Promise<void> {
  signalGroup(pid, "SIGTERM");
  if (!(await isGone(pid, graceMs))) {
    signalGroup(pid, "SIGKILL");
    await isGone(pid, CLEARING_MS);
  }
}

/** `log` is an open file descriptor that takes both streams; without one they are kept. */
export function startGroup(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly log?: number },
): ProcessGroup {
  const stream = options.log ?? "pipe";
  const child = spawn(file, [...args], {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", stream, stream],
  });
  const { pid } = child;
  let text = "";
  for (const printed of [child.stdout, child.stderr]) {
    printed?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  let isOver = false;
  const ended = new Promise<number | string>((resolve) => {
    child.once("exit", (code, signal) => {
      isOver = true;
      resolve(code ?? signal ?? "unknown");
    });
    child.once("error", (error) => {
      isOver = true;
      resolve(error.message);
    });
  });
  return {
    pid,
    ended,
    hasEnded: () => isOver,
    output: () => text,
    signal: (name) => {
      if (pid !== undefined) {
        signalGroup(pid, name);
      }
    },
    async stop(graceMs = GRACE_MS) {
      if (pid !== undefined) {
        await endGroup(pid, graceMs);
      }
    },
  };
}
