/** How much memory a process group's workerd took at most, as Linux counts it; elsewhere nobody says. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Processes named workerd in the group: `pid (name) state parent group ...`. */
function workerdsOf(group: number): readonly string[] {
  const all =
    textOf("/proc/self/stat") === "" ? [] : readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.filter((pid) => {
    const [name = "", rest = ""] = textOf(`/proc/${pid}/stat`).split(") ");
    return name.endsWith("(workerd") && Number(rest.split(" ")[2]) === group;
  });
}

/** Forgets the peak so far. */
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
