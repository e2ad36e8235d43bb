/** Rows that cannot be read concern nobody but their holder: each is stated once in a life of the object, and stepped over. */
import type { OnUnread } from "../app/ports/alert-rules.ts";
import { type Log, logFailure } from "../app/ports/log.ts";

/** Names that are remembered: more that cannot be read are one fault, whose lines may come again. */
const MOST = 1_000;

export function statedOnce(log: Log): OnUnread {
  const stated = new Set<string>();
  return (row, fault) => {
    if (stated.has(row)) {
      return;
    }
    if (stated.size >= MOST) {
      stated.clear();
    }
    stated.add(row);
    logFailure(log, "alert_row_not_read", fault, { row }, "error");
  };
}

/** A cell that names a row which cannot be read as a whole. */
export function nameOf(cell: unknown): string {
  return typeof cell === "string" ? cell : "";
}
