/** A folder with those above it, or an error at once: the platform's own way to make them never returns below `/proc`. */
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

function isFolder(path: string): boolean | null {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? null;
}

/** Throws the error of the platform for a place where none can be. `mode`: of the folders that are new. */
export function makeFolder(folder: string, mode?: number): void {
  const missing: string[] = [];
  for (let path = folder; isFolder(path) === null; path = dirname(path)) {
    missing.unshift(path);
  }
  // What stands there and is no folder is refused by name, also where nothing is missing.
  for (const path of missing.length === 0 ? [folder] : missing) {
    try {
      mkdirSync(path, mode === undefined ? {} : { mode });
    } catch (error) {
      // Another start made it meanwhile.
      if (isFolder(path) !== true) {
        throw error;
      }
    }
  }
}
