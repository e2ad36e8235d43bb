/**
 * `npm start`: installs what is missing, then hands over to serve.ts under the Node that wrangler needs (24, from
 * node_modules). Plain JavaScript without dependencies, for Node 20 and a fresh clone.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const failed = install(root);
if (failed !== 0) {
  process.exit(failed);
}

// Not through `npm run serve`: npm and its shell die of a SIGTERM at once, and nobody would wait until the port is free.
const bin = join(root, "node_modules", ".bin");
const child = spawn(join(bin, "node"), ["worker/cli/serve/serve.ts", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  // The child ends everything it started before it exits; until then this process must stay.
  process.on(signal, () => child.kill(signal));
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** The process above npm's shell: npm itself. 0 where the system has no `/proc`, or when npm has no shell between. */
function npmAbove(shell) {
  try {
    const command = readFileSync(`/proc/${shell}/cmdline`, "utf8");
    const stat = readFileSync(`/proc/${shell}/stat`, "utf8");
    return command.includes("-c\0") ? Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) : 0;
  } catch {
    return 0;
  }
}

const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  // npm hands a signal to its shell only, and the shell dies without handing it on; a killed npm hands on nothing.
  const npm = npmAbove(parent);
  setInterval(() => {
    if (process.ppid !== parent || (npm > 1 && !isAlive(npm))) {
      child.kill("SIGTERM");
    }
  }, 500).unref();
}

child.once("error", (error) => {
  process.stderr.write(`serve.ts could not be started: ${error.message}\n`);
  process.exit(1);
});
child.once("exit", (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
});
