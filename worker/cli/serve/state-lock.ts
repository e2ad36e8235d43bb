/**
 * One server a state folder: two of them would write the same database and bars at once. The lock is a file that names its
 * holder; a holder that was killed cannot remove it, so a lock whose process is gone is taken over.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { CommandError, reasonOf } from "../terminal/command-error.ts";
import { endGroup } from "./process-group.ts";
import { orElse, type ProcessFacts, processesIn, processOf } from "./processes.ts";

const NAME = "npm-start.lock";
const TRIES = 20;
const PAUSE_MS = 50;

const Holder = v.object({
  pid: v.number(),
  /** As of {@link processOf}. */
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

function isAlive(holder: LockHolder | null): holder is LockHolder {
  return holder !== null && processOf(holder.pid)?.began === holder.began;
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

/** Moves a lock away that was judged by `text`; puts it back when another start has replaced it meanwhile. */
function moveAway(path: string, text: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== text) {
      linkSync(aside, path);
    }
  } catch {
    // Another start was faster: the next try sees its lock.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Creates the folder with its parents. Throws a {@link CommandError} that names the path when that cannot be. */
export function makeStateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new CommandError(
      `The state cannot be kept in ${folder}: ${reasonOf(error)}. Name a folder that can be written: --state DIR`,
    );
  }
}

/** Creates the folder. Throws a {@link CommandError} that names the server which runs on it. */
export async function takeStateLock(folder: string, port: number): Promise<StateLock> {
  makeStateFolder(folder);
  const path = join(folder, NAME);
  const draft = `${path}.${process.pid}`;
  const since = new Date().toISOString();
  const began = processOf(process.pid)?.began ?? "";
  const write = (group: number | null): void => {
    writeFileSync(draft, `${JSON.stringify({ pid: process.pid, began, port, since, group })}\n`);
  };
  for (let tries = 0; tries < TRIES; tries++) {
    write(null);
    try {
      // A link appears with its whole content and fails when there is a lock: a reader never sees half of one.
      linkSync(draft, path);
      return lockOf(path, draft, write);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        throw error;
      }
    } finally {
      rmSync(draft, { force: true });
    }
    const text = orElse(() => readFileSync(path, "utf8"), "");
    const holder = parseHolder(text);
    if (isAlive(holder)) {
      throw new CommandError(heldMessage(folder, holder));
    }
    if (holder !== null) {
      await endLeftovers(holder);
    }
    moveAway(path, text);
    await sleep(PAUSE_MS);
  }
  throw new CommandError(`${path} could not be taken: another start takes it again and again.`);
}

function lockOf(path: string, draft: string, write: (group: number | null) => void): StateLock {
  return {
    setGroup(group) {
      try {
        write(group ?? null);
        renameSync(draft, path);
      } catch {
        // A full disk: the lock stays as it was, and holds all the same.
        rmSync(draft, { force: true });
      }
    },
    release() {
      rmSync(path, { force: true });
    },
  };
}
