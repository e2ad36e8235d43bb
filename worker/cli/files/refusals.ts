/** What was refused of the files of one kind: rows counted by reason and files by themselves, the first few of each named. */
import type { UnreadColumn } from "../../app/ports/ingest.ts";
import type { Rejected, RejectedLine } from "../../app/ports/rejected-lines.ts";
import { MERGED } from "../../app/jobs/master-rows.ts";
import { SUPERSEDED } from "../../app/jobs/ingest-rows.ts";
import { explainCode } from "../terminal/code-texts.ts";

/** So many rows, and so many files, are named; the others are counted. */
export const NAMED = 5;

/** A refused line, and its file where there are several. */
interface NamedLine extends RejectedLine {
  readonly file: string | null;
}

/** All refusals counted, the first few kept. */
export interface Refusals {
  readonly counts: Map<string, number>;
  readonly first: NamedLine[];
}

export function makeRefusals(): Refusals {
  return { counts: new Map(), first: [] };
}

/** `file` names the lines' file where the report is about several. */
export function addRefusals(
  to: Refusals,
  { rejected, rejectedCounts }: Rejected,
  file: string | null = null,
): void {
  for (const [reason, count] of Object.entries(rejectedCounts)) {
    to.counts.set(reason, (to.counts.get(reason) ?? 0) + count);
  }
  to.first.push(...rejected.slice(0, NAMED - to.first.length).map((line) => ({ ...line, file })));
}

export function countRefusals({ counts }: Refusals): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Rows that are no row of their own and no fault: another row of the same day, or line of the same ticker, counts. */
export function countRepeats({ counts }: Refusals): number {
  return (counts.get(SUPERSEDED) ?? 0) + (counts.get(MERGED) ?? 0);
}

/** `2 bad_date (...), 1 not_a_number (...)`, the most frequent first. */
export function describeReasons({ counts }: Refusals): string {
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([reason, n]) => `${n} ${explainCode(reason)}`)
    .join(", ");
}

/** One line with the counts and one for each named row; no line when nothing was refused. */
export function describeRefusals(what: string, refusals: Refusals): readonly string[] {
  const total = countRefusals(refusals);
  if (total === 0) {
    return [];
  }
  return [
    `${what}: ${total} ${total === 1 ? "row" : "rows"} refused: ${describeReasons(refusals)}`,
    ...refusals.first.map(({ file, line, key, date, reason }) => {
      const row = [key, date].filter((part) => part !== null && part !== "").join(" ");
      return `  ${file === null ? "" : `${file} `}line ${line}${row === "" ? "" : ` (${row})`}: ${reason}`;
    }),
    ...(total > refusals.first.length ? [`  and ${total - refusals.first.length} more`] : []),
  ];
}

/** A file of a folder or an archive that could not be read. */
export interface UnreadFile {
  readonly label: string;
  readonly why: string;
}

/** What was not read of a set of files, beside its rows. */
export interface NotRead {
  readonly files: readonly UnreadFile[];
  /** Each once, whatever the number of files that have it. */
  readonly columns: readonly UnreadColumn[];
  /** Of a folder, left alone. */
  readonly passedOver: readonly string[];
}

function few(texts: readonly string[]): string {
  const more = texts.length > NAMED ? ` and ${texts.length - NAMED} more` : "";
  return `${texts.slice(0, NAMED).join(", ")}${more}`;
}

/** Columns with the names they should have, files with the reason. */
export function describeNotRead(what: string, { files, columns, passedOver }: NotRead): readonly string[] {
  const names = columns.map(({ name, meant }) =>
    meant === null ? name : `${name} (should it be ${meant}?)`,
  );
  return [
    ...(files.length > 0
      ? [`${what}: ${files.length} ${files.length === 1 ? "file" : "files"} cannot be read`]
      : []),
    ...files.slice(0, NAMED).map(({ why }) => `  ${why}`),
    ...(files.length > NAMED ? [`  and ${files.length - NAMED} more`] : []),
    ...(names.length > 0 ? [`${what}: columns not read: ${names.join(", ")}`] : []),
    ...(passedOver.length > 0
      ? [
          `${what}: ${passedOver.length} other ${passedOver.length === 1 ? "file" : "files"} left alone: ${few(passedOver)}`,
        ]
      : []),
  ];
}
