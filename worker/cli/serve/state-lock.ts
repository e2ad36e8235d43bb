/** One server a state folder: two of them would write the same database and bars at once. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { CommandError, reasonOf } from "../terminal/command-error.ts";
import { isAlive, takeLockFile, thisProcess } from "../terminal/lock-file.ts";
import { makeFolder } from "../terminal/make-folder.ts";
import { endGroup } from "./process-group.ts";
import { orElse, type ProcessFacts, processesIn } from "./processes.ts";

const NAME = "npm-start.lock";

const Holder = v.object({
  pid: v.number(),
  /** As of `processOf`. */
  began: v.string(),
  /** The port on 127.0.0.1 that it serves. */
  port: v.number(),
  /** ISO 8601. */
  since: v.string(),
  /** The process group of the Worker that it started; `null` while there is none. */
  group: v.nullable(v.number()),
});
export type LockHolder = v.InferOutput<typeof Holder>;

export interface StateLock {
  /** Records the group of the Worker, so that a later start can end what is left of it. */
  setGroup(group: number | undefined): void;
  release(): void;
}

function parseHolder(text: string): LockHolder | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Holder), text);
  return parsed.success ? parsed.output : null;
}

/** The server that runs on `folder`; `null` when none does. */
export function lockHolder(folder: string): LockHolder | null {
  const holder = parseHolder(orElse(() => readFileSync(join(folder, NAME), "utf8"), ""));
  return isAlive(holder) ? holder : null;
}

/** Names the server and what to do. */
export function heldMessage(folder: string, { pid, port, since }: LockHolder): string {
  return (
    `VCP Radar runs already on ${folder}: process ${pid}, http://127.0.0.1:${port}, since ${since}.\n` +
    `End it with Ctrl-C in its terminal, or with \`kill ${pid}\`. A second one needs both a port and a folder of its own: ` +
    "npm start -- --port N --state DIR"
  );
}

function isOurs({ command }: ProcessFacts): boolean {
  return /run-worker\.ts|workerd serve/.test(command);
}

/** What a killed `npm start` left behind still writes the folder. A group without a process of ours is another program's by now. */
async function endLeftovers({ group }: LockHolder): Promise<void> {
  const left = group === null ? [] : processesIn(group);
  if (group !== null && left.some(isOurs)) {
    await endGroup(group, 1_000);
  }
}

/** Creates the folder with its parents. Throws a {@link CommandError} that names the path when that cannot be. */
export function makeStateFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new CommandError(
      `The state cannot be kept in ${folder}: ${reasonOf(error)}. Name a folder that can be written: --state DIR`,
    );
  }
}

/** Creates the folder. Throws a {@link CommandError} that names the server which runs on it. */
export async function takeStateLock(folder: string, port: number): Promise<StateLock> {
  makeStateFolder(folder);
  const since = new Date().toISOString();
  const own: LockHolder = { ...thisProcess(), port, since, group: null };
  const lock = await takeLockFile<LockHolder>(join(folder, NAME), own, {
    parse: parseHolder,
    held: (holder) => new CommandError(heldMessage(folder, holder)),
    onDead: endLeftovers,
  });
  return {
    setGroup(group) {
      lock.replace({ ...own, group: group ?? null });
    },
    release() {
      lock.release();
    },
  };
}
