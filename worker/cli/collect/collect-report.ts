/** What a turn of `npm run collect` came to: one line for a person or a log, and the exit code for a script. */
import type { CollectedStep, CollectedTurn } from "../../app/jobs/days/collect-days.ts";

/** 3: nothing is wrong, and asking again later is of use. */
export type CollectCode = 0 | 1 | 3;

export function codeOf({ steps }: CollectedTurn): CollectCode {
  if (steps.some(({ status }) => status === "denied" || status === "failed")) {
    return 1;
  }
  return steps.some(({ status }) => status === "not_ready") ? 3 : 0;
}

/** Rows, or a master. */
export function hasBrought({ steps, dates }: CollectedTurn): boolean {
  return dates > 0 || steps.some(({ status }) => status === "stored");
}

function describeStep({ kind, day, status, text }: CollectedStep): string {
  return `${kind} ${day} ${status} (${text})`;
}

function describePast({ backfill, dates }: CollectedTurn): readonly string[] {
  const { sessions, wanted, status, counts = "sessions" } = backfill;
  // Without a master nobody knows how many shares there are.
  if (status === "none" || wanted === 0 || (status === "done" && dates === 0)) {
    return [];
  }
  const fetched = dates === 0 ? "" : `, ${dates} of them now`;
  return [
    `the past has ${sessions} of ${wanted} ${counts}${fetched}${status === "done" && sessions < wanted ? ", and the vendor no more" : ""}`,
  ];
}

export function describeCalls(calls: Readonly<Record<string, number>>): string {
  const parts = Object.entries(calls).flatMap(([vendor, count]) =>
    count === 0 ? [] : [`${count} of ${vendor}`],
  );
  return parts.length === 0 ? "no call" : `calls: ${parts.join(", ")}`;
}

/** `calls`: sent to each vendor in this turn. */
export function describeTurn(turn: CollectedTurn, to: URL, calls: Readonly<Record<string, number>>): string {
  const parts = [...turn.steps.map(describeStep), ...describePast(turn)];
  const what = parts.length === 0 ? "nothing is due" : parts.join("; ");
  const head = { 0: "Collected", 1: "Not collected as asked", 3: "Not published yet" }[codeOf(turn)];
  return `${head} for ${to.origin}: ${what}; ${describeCalls(calls)}.`;
}
