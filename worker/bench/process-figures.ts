/** What a process has used so far, from `/proc` (Linux). */
import { readFileSync } from "node:fs";
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

/** The machine and how busy it is at this moment, for the head of a report. */
export function machineLine(): string {
  const [cpu] = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return `${new Date().toISOString().slice(0, 16)}Z, ${cpus().length} x ${cpu?.model ?? "unknown CPU"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, load ${load.join(" ")}, Node ${process.version}`;
}
