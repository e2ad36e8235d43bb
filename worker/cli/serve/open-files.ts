/** How many files the processes of `npm start` may hold open, and how many sockets fit into that. */
import { spawnSync } from "node:child_process";

/** What the processes hold without any client: modules, databases, logs, the pipes between them (131 were counted). */
const BASE_FILES = 300;
/** The front and the platform's proxy each hold two files a socket: the client's side and the next process's. */
const FILES_A_SOCKET = 2;
/** As many as one gateway object takes. */
export const WANTED_SOCKETS = 2_000;

/**
 * Node raises its own soft limit to the hard one when it begins, and its children inherit that: what a shell started here has is
 * what the Worker's processes have. `Infinity` where there is none or none is known.
 */
export function openFileLimit(): number {
  const { stdout } = spawnSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" });
  const limit = Number((stdout ?? "").trim());
  return Number.isInteger(limit) && limit > 0 ? limit : Infinity;
}

/** At least one: a page alone must work wherever the Worker itself starts. */
export function socketsFor(limit: number): number {
  return Math.max(1, Math.floor((limit - BASE_FILES) / FILES_A_SOCKET));
}

/** `null` when as many sockets fit as are wanted. */
export function describeFewSockets(limit: number): string | null {
  const sockets = socketsFor(limit);
  return sockets >= WANTED_SOCKETS
    ? null
    : `A process may open ${limit} files here, which is enough for ${sockets} sockets: more are refused. ` +
        `Raise it with \`ulimit -n ${BASE_FILES + FILES_A_SOCKET * WANTED_SOCKETS}\` (its hard limit with \`ulimit -Hn\`) before npm start.`;
}
