/** A command of the owner that is killed at a moment, or whose Worker is. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ProcessGroup, startGroup } from "../../cli/serve/process-group.ts";
import { projectRoot } from "../../cli/terminal/project-root.ts";
import type { KilledWorker, KillPlace } from "./killed-worker.ts";

export interface OwnerScript {
  readonly script: "backup.ts" | "restore.ts";
  readonly args: readonly string[];
}

const VICTIMS = ["command", "group", "Worker"] as const;
/** What a killed command started may go on to its end. */
const AFTER_MS = 20_000;

function start({ worker }: KilledWorker, { script, args }: OwnerScript): ProcessGroup {
  const path = join(projectRoot, "worker/cli/backup", script);
  const env = { ...process.env, OWNER_TOKEN: worker.ownerToken };
  return startGroup(process.execPath, [path, ...args], { cwd: projectRoot, env });
}

/** Resolves with its length in milliseconds. */
export async function runScript(killed: KilledWorker, script: OwnerScript): Promise<number> {
  const began = performance.now();
  const group = start(killed, script);
  const code = await group.ended;
  if (code !== 0) {
    throw new Error(`${script.script} ended with ${String(code)}:\n${group.output()}`);
  }
  return performance.now() - began;
}

/** The `n`-th kill takes its victim by turns. Resolves when nothing of the command runs any more, and the Worker does. */
export async function killWithin(
  killed: KilledWorker,
  script: OwnerScript,
  n: number,
  afterMs: number,
): Promise<KillPlace> {
  const victim = VICTIMS[n % VICTIMS.length];
  const group = start(killed, script);
  await Promise.race([sleep(afterMs), group.ended]);
  const isInside = !group.hasEnded();
  if (victim === "Worker") {
    await killed.dieAndRise();
    await group.ended;
  } else if (victim === "group") {
    group.signal("SIGKILL");
  } else if (group.pid !== undefined && isInside) {
    process.kill(group.pid, "SIGKILL");
  }
  await group.ended;
  await group.stop(AFTER_MS);
  return { moment: "random", isInside, at: `${victim} after ${Math.round(afterMs)} ms` };
}
