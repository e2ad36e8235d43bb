/**
 * One process a folder: a lock is a file that names its holder. A holder that was killed cannot remove it, so a lock whose process
 * is gone is taken over.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { orElse, processOf } from "../serve/processes.ts";
import { CommandError } from "./command-error.ts";

const TRIES = 20;
const PAUSE_MS = 50;

/** A process id alone may belong to another program by now. */
export interface Holder {
  readonly pid: number;
  /** As of {@link processOf}. */
  readonly began: string;
}

export interface LockRules<H extends Holder> {
  /** `null` for a text that is no lock. */
  parse(text: string): H | null;
  /** What to throw while a living process holds it. */
  held(holder: H): Error;
  /** Before a dead holder's lock is taken over. */
  onDead?(holder: H): Promise<void>;
}

export interface LockFile<H extends Holder> {
  /** A full disk leaves the lock as it was; it holds all the same. */
  replace(holder: H): void;
  release(): void;
}

/** This process, as a lock names it. */
export function thisProcess(): Holder {
  return { pid: process.pid, began: processOf(process.pid)?.began ?? "" };
}

export function isAlive<H extends Holder>(holder: H | null): holder is H {
  return holder !== null && processOf(holder.pid)?.began === holder.began;
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

/** Throws what `held` makes of a living holder. */
export async function takeLockFile<H extends Holder>(
  path: string,
  holder: H,
  rules: LockRules<H>,
): Promise<LockFile<H>> {
  const draft = `${path}.${process.pid}`;
  const write = (own: H): void => {
    writeFileSync(draft, `${JSON.stringify(own)}\n`);
  };
  for (let tries = 0; tries < TRIES; tries++) {
    write(holder);
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
    const found = rules.parse(text);
    if (isAlive(found)) {
      throw rules.held(found);
    }
    if (found !== null) {
      await rules.onDead?.(found);
    }
    moveAway(path, text);
    await sleep(PAUSE_MS);
  }
  throw new CommandError(`${path} could not be taken: another start takes it again and again.`);
}

function lockOf<H extends Holder>(path: string, draft: string, write: (holder: H) => void): LockFile<H> {
  return {
    replace(holder) {
      try {
        write(holder);
        renameSync(draft, path);
      } catch {
        rmSync(draft, { force: true });
      }
    },
    release() {
      rmSync(path, { force: true });
    },
  };
}
