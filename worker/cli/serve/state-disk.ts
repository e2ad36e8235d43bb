/** The free space under the state folder: on a full disk the database and the objects refuse to write, and nothing else names the reason. */
import { statfsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const MIB = 1_048_576;
/** SQLite writes its log in steps of up to 4 MiB before it moves the pages. */
const FULL_BYTES = 8 * MIB;
/** Above the limit by as much again, so that a disk on the edge is not reported every second. */
const FREE_BYTES = 2 * FULL_BYTES;
const STEP_MS = 2_000;

/** In bytes; `null` where the folder does not answer. */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

export function isDiskFull(folder: string): boolean {
  return (freeBytes(folder) ?? Infinity) < FULL_BYTES;
}

export function describeFullDisk(folder: string): string {
  const free = Math.floor((freeBytes(folder) ?? 0) / MIB);
  return `disk full: ${free} MiB are free for ${folder}. Nothing can be saved until at least ${FREE_BYTES / MIB} MiB are; it goes on by itself then.`;
}

export interface DiskWatch {
  /** Resolves when there is space: at once unless the disk is full, or when the watch ends. */
  awaitSpace(): Promise<void>;
  end(): void;
}

/** Prints once when the disk fills up and once when there is space again. */
export function watchDisk(folder: string, print: (line: string) => void): DiskWatch {
  const now = { isFull: false, hasEnded: false };
  const look = (): void => {
    const free = freeBytes(folder) ?? Infinity;
    if (!now.isFull && free < FULL_BYTES) {
      now.isFull = true;
      print(describeFullDisk(folder));
    } else if (now.isFull && free >= FREE_BYTES) {
      now.isFull = false;
      print(`There is space again for ${folder}.`);
    }
  };
  look();
  const timer = setInterval(look, STEP_MS);
  timer.unref();
  return {
    async awaitSpace() {
      look();
      while (now.isFull && !now.hasEnded) {
        await sleep(STEP_MS / 4);
        look();
      }
    },
    end() {
      now.hasEnded = true;
      clearInterval(timer);
    },
  };
}
