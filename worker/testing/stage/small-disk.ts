/** A disk that a test can fill: a small one in memory, where this user may mount it. */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";

const MIB = 1_048_576;

/** `false` where it is not allowed, and on anything but Linux. */
export function mountSmallDisk(folder: string, mib: number): boolean {
  const args = ["-t", "tmpfs", "-o", `size=${mib}m`, "tmpfs", folder];
  return process.platform === "linux" && spawnSync("mount", args).status === 0;
}

/** Also while a process still holds a file on it. */
export function unmountSmallDisk(folder: string): void {
  spawnSync("umount", ["-l", folder]);
}

/** Writes the file until nothing more fits. */
export function fillDisk(file: string): void {
  const opened = openSync(file, "w");
  try {
    while (writeSync(opened, Buffer.alloc(MIB)) > 0) {
      // The full disk ends it.
    }
  } catch {
    // It is full.
  } finally {
    closeSync(opened);
  }
}
