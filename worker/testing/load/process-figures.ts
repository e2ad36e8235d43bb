/** What a process has used so far, as Linux counts it in `/proc`. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

/** The kernel counts in hundredths of a second on every common configuration. */
const TICKS_A_SECOND = 100;
const UTIME = 11;

/** Seconds of CPU, user and system. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in brackets may hold blanks: the fields after it are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[UTIME]) + Number(fields[UTIME + 1])) / TICKS_A_SECOND;
}

/** Resident memory in MiB. */
export function residentMiB(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1_024;
}

/** Of every workerd that a process group has, in seconds. */
export function workerdSeconds(group: number): number {
  return workerdsOf(group).reduce((sum, pid) => sum + cpuSeconds(Number(pid)), 0);
}

/** The machine and how busy it is at this moment, for the head of a report. */
export function machineLine(): string {
  const [cpu] = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return `${new Date().toISOString().slice(0, 16)}Z, ${cpus().length} x ${cpu?.model ?? "unknown CPU"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, load ${load.join(" ")}, Node ${process.version}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Processes named workerd in the group: `pid (name) state parent group ...`. None without `/proc`. */
function workerdsOf(group: number): readonly string[] {
  const all =
    textOf("/proc/self/stat") === "" ? [] : readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.filter((pid) => {
    const [name = "", rest = ""] = textOf(`/proc/${pid}/stat`).split(") ");
    return name.endsWith("(workerd") && Number(rest.split(" ")[2]) === group;
  });
}

/** Forgets the peak memory so far of the group's workerd processes. */
export function resetPeak(group: number): void {
  for (const pid of workerdsOf(group)) {
    try {
      writeFileSync(`/proc/${pid}/clear_refs`, "5");
    } catch {
      // Where it cannot be reset the peak is that of the whole life: more than was asked for, never less.
    }
  }
}

/** Resident bytes of the largest of them at its peak; `null` when it cannot be known. */
export function peakOf(group: number): number | null {
  const peaks = workerdsOf(group).flatMap((pid) => {
    const kib = /VmHWM:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`))?.[1];
    return kib === undefined ? [] : [Number(kib) * 1024];
  });
  return peaks.length === 0 ? null : Math.max(...peaks);
}
