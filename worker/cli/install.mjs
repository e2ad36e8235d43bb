/**
 * Installs what package-lock.json names, when it is not there already. Plain JavaScript without dependencies:
 * it runs before anything is installed, on the Node of the machine (20 or newer).
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @param {string} file */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * Whether npm's own record of an installation holds every package of the lock at its version. Optional packages may be
 * absent: they are the builds for other platforms.
 * @param {string} lock
 * @param {string} record
 */
function isInstalled(lock, record) {
  if (!existsSync(record)) {
    return false;
  }
  const installed = packagesOf(record);
  return Object.entries(packagesOf(lock)).every(
    ([path, wanted]) =>
      path === "" ||
      (installed[path] === undefined ? wanted.optional === true : installed[path].version === wanted.version),
  );
}

/**
 * Makes `node_modules` agree with the lock of the folder `root`; an installation that agrees already is left alone.
 * @param {string} root
 * @returns {number} 0, or the exit code of the `npm ci` that failed.
 */
export function install(root) {
  const lock = join(root, "package-lock.json");
  const marker = join(root, "node_modules", ".vcp-lock");
  const hash = createHash("sha256").update(readFileSync(lock)).digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8").trim() === hash) {
    return 0;
  }
  if (!isInstalled(lock, join(root, "node_modules", ".package-lock.json"))) {
    process.stdout.write("Installing packages (npm ci, about a minute) ...\n");
    const done = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: root,
      stdio: "inherit",
    });
    if (done.status !== 0) {
      process.stderr.write(
        `npm ci failed${done.error ? `: ${done.error.message}` : ""}. Is the registry reachable?\n`,
      );
      return done.status ?? 1;
    }
  }
  writeFileSync(marker, `${hash}\n`);
  return 0;
}
