/** What the counting Worker has counted, as a line of the table. */
import * as v from "valibot";

/** What the platform bills or bounds, in the order of the table. */
const COLUMNS = [
  "Worker requests",
  "calls of objects",
  "vendor calls",
  "socket messages",
  "object rows read",
  "object rows written",
  "D1 queries",
  "D1 rows read",
  "D1 rows written",
] as const;

const CALLS = /^calls of /;
const UNCOUNTED = /^cursors without rows/;

const Counts = v.record(v.string(), v.number());
export type Counts = v.InferOutput<typeof Counts>;

function valueOf(counts: Counts, column: string): number {
  return column === "calls of objects"
    ? Object.entries(counts).reduce((sum, [name, count]) => sum + (CALLS.test(name) ? count : 0), 0)
    : (counts[column] ?? 0);
}

const WIDTH = 54;

export function lineOf(what: string, counts: Counts): string {
  const cells = COLUMNS.map((column) => String(valueOf(counts, column)).padStart(column.length + 2));
  const byClass = Object.entries(counts).filter(([name]) => CALLS.test(name));
  const classes = byClass.map(([name, count]) => `${name.replace(CALLS, "")} ${count}`).join(", ");
  const uncounted = Object.entries(counts).filter(([name]) => UNCOUNTED.test(name));
  const missing = uncounted.map(([name, count]) => `; ${count} ${name}`).join("");
  return `${what.padEnd(WIDTH)}${cells.join("")}  ${classes}${missing}`;
}

/** The names of the columns. */
export function headLine(): string {
  return `${"".padEnd(WIDTH)}${COLUMNS.map((name) => `  ${name}`).join("")}`;
}

/** What was counted since the last question. */
export async function takeCounts(url: string): Promise<Counts> {
  return v.parse(Counts, await (await fetch(`${url}/api/counts`)).json());
}
