/** Whether the built web client is older than what it is built from. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Folders and files the client is made of; tests among them cost a build too many, never one too few. */
const SOURCES = ["web", "worker/protocol", "worker/core", "package-lock.json"];
const BUILT = "dist/web/index.html";

function newest(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) {
    return status.mtimeMs;
  }
  const names = readdirSync(path).filter((name) => name !== "node_modules" && name !== "dist");
  // The folder's own time moves when a file in it is deleted.
  return names.reduce((time, name) => Math.max(time, newest(join(path, name))), status.mtimeMs);
}

export function isBuildStale(root: string): boolean {
  const built = join(root, BUILT);
  if (!existsSync(built)) {
    return true;
  }
  const sources = SOURCES.map((name) => join(root, name)).filter((path) => existsSync(path));
  return sources.some((path) => newest(path) > statSync(built).mtimeMs);
}
