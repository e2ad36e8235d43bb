/** A port of this machine: is it free, and if not, which process holds it. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { CommandError } from "../terminal/command-error.ts";
import { orElse, type ProcessFacts, processOf } from "./processes.ts";

/** Which process has the port, for a message that helps. */
export type PortHolder = Pick<ProcessFacts, "pid" | "command">;

/** Why the port cannot be taken, as the system's code; `null` when it is free. */
export function portFailure(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => {
      resolve("code" in error ? String(error.code) : error.message);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}

export async function isPortFree(port: number): Promise<boolean> {
  return (await portFailure(port)) === null;
}

/** A port that is free now, chosen by the system. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(address !== null && typeof address === "object" ? address.port : 0);
      });
    });
  });
}

/** Inodes of the sockets that listen on a port: lines of `/proc/net/tcp` in state 0A. */
function listeningInodes(port: number): ReadonlySet<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const lines = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    orElse(() => readFileSync(file, "utf8"), "").split("\n"),
  );
  const fields = lines.map((line) => line.trim().split(/\s+/));
  return new Set(
    fields.flatMap(([, local, , state, , , , , , inode]) =>
      local?.endsWith(`:${hex}`) === true && state === "0A" && inode !== undefined
        ? [`socket:[${inode}]`]
        : [],
    ),
  );
}

function holderInProc(port: number): PortHolder | null {
  const inodes = listeningInodes(port);
  const pids = orElse(() => readdirSync("/proc"), []).filter((name) => /^\d+$/.test(name));
  const holder = pids.find((pid) =>
    orElse(() => readdirSync(`/proc/${pid}/fd`), []).some((fd) =>
      inodes.has(orElse(() => readlinkSync(`/proc/${pid}/fd/${fd}`), "")),
    ),
  );
  return holder === undefined ? null : processOf(Number(holder));
}

function holderByLsof(port: number): PortHolder | null {
  const { stdout } = spawnSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], {
    encoding: "utf8",
  });
  const fields = (stdout ?? "").split("\n");
  const pid = fields.find((field) => field.startsWith("p"))?.slice(1);
  const command = fields.find((field) => field.startsWith("c"))?.slice(1);
  return pid === undefined ? null : { pid: Number(pid), command: command ?? "" };
}

/** `null` when nobody listens there, or when another user's process does. */
export function holderOf(port: number): PortHolder | null {
  return process.platform === "linux" ? holderInProc(port) : holderByLsof(port);
}

/** CL15: the failure to take a port, with the way out. What holds it is not to be ended: it may be half of a server that runs. */
export function refusedPort(port: number, code: string): CommandError | null {
  const other = "Take another: npm start -- --port N";
  if (code === "EACCES") {
    return new CommandError(`Port ${port} is for the system: this user may not take it.\n${other}`);
  }
  if (code !== "EADDRINUSE") {
    return null;
  }
  const holder = holderOf(port);
  const by = holder === null ? "a process of another user" : `process ${holder.pid} (${holder.command})`;
  return new CommandError(`Port ${port} is held by ${by}.\n${other}`);
}
