/** The refused rows of one file: all counted by reason, the first few named. */
import type { RejectedLine } from "../../app/ports/rejected-lines.ts";
import { explainCode } from "../terminal/code-texts.ts";

const NAMED = 5;

/** All refusals counted, the first few kept. */
export interface Refusals {
  readonly counts: Map<string, number>;
  readonly first: RejectedLine[];
}

export function makeRefusals(): Refusals {
  return { counts: new Map(), first: [] };
}

export function addRefusals(
  to: Refusals,
  counts: Readonly<Record<string, number>>,
  lines: readonly RejectedLine[],
): void {
  for (const [reason, count] of Object.entries(counts)) {
    to.counts.set(reason, (to.counts.get(reason) ?? 0) + count);
  }
  to.first.push(...lines.slice(0, NAMED - to.first.length));
}

function countRefusals({ counts }: Refusals): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** One line with the counts and one for each named row; no line when nothing was refused. */
export function describeRefusals(file: string, refusals: Refusals): readonly string[] {
  const total = countRefusals(refusals);
  if (total === 0) {
    return [];
  }
  const reasons = [...refusals.counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([reason, n]) => `${n} ${explainCode(reason)}`);
  return [
    `${file}: ${total} ${total === 1 ? "row" : "rows"} refused: ${reasons.join(", ")}`,
    ...refusals.first.map(({ line, key, date, reason }) => {
      const what = [key, date].filter((part) => part !== null && part !== "").join(" ");
      return `  line ${line}${what === "" ? "" : ` (${what})`}: ${reason}`;
    }),
    ...(total > refusals.first.length ? [`  and ${total - refusals.first.length} more`] : []),
  ];
}
