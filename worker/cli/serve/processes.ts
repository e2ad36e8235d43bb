/** Processes of this machine: a process id alone may belong to another program by now, so each comes with the moment it began. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessFacts {
  readonly pid: number;
  /** Its process group; `null` where the system does not know. */
  readonly group: number | null;
  /** Differs between two processes that have the same id one after the other, also over a restart of the machine. */
  readonly began: string;
  readonly command: string;
}

/** A process ends while it is read, and files of other users are not readable: `otherwise` then. */
export function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function inProc(pid: number | string): ProcessFacts | null {
  const stat = orElse(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  // "pid (name) state ppid pgrp ... starttime": the name may hold blanks and brackets, so read from the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (stat === "" || fields[0] === "Z") {
    return null;
  }
  const boot = orElse(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(), "");
  const command = orElse(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"), "");
  const group = Number(fields[2]);
  return {
    pid: Number(pid),
    group: group > 0 ? group : null,
    began: `${boot}/${fields[19] ?? ""}`,
    command: command.replaceAll("\0", " ").trim(),
  };
}

/** `ps` of macOS and BSD: the day and time of the start take five columns. */
function byPs(selection: readonly string[]): readonly ProcessFacts[] {
  const printed = spawnSync("ps", [...selection, "-o", "pid=,pgid=,lstart=,command="], { encoding: "utf8" });
  return (printed.stdout ?? "").split("\n").flatMap((line) => {
    const [, pid, group, began, command] =
      /^\s*(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined
      ? []
      : [{ pid: Number(pid), group: Number(group), began: began ?? "", command: command ?? "" }];
  });
}

/** `null` when there is none. */
export function processOf(pid: number): ProcessFacts | null {
  return process.platform === "linux" ? inProc(pid) : (byPs(["-p", String(pid)])[0] ?? null);
}

/** All of a process group. */
export function processesIn(group: number): readonly ProcessFacts[] {
  const all =
    process.platform === "linux"
      ? orElse(() => readdirSync("/proc"), [])
          .filter((name) => /^\d+$/.test(name))
          .map((pid) => inProc(pid))
      : byPs(["-A"]);
  return all.filter((one): one is ProcessFacts => one?.group === group);
}
