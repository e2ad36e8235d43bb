/** What became of the files of one kind, written for the person who sent them. */
import type { ImportReportBody } from "../../protocol/rest/owner.ts";
import {
  countRefusals,
  countRepeats,
  describeNotRead,
  describeReasons,
  describeRefusals,
  type NotRead,
  type Refusals,
} from "../files/refusals.ts";

const STORED = ["added", "replaced", "unchanged", "halted"] as const;

/** What the Worker did with the rows of one kind, over all of its pieces. */
export interface FileReport {
  /** The file, or the number of them. */
  readonly file: string;
  readonly files: number;
  readonly notRead: NotRead;
  /** Pieces that an earlier, interrupted import had sent. */
  readonly skipped: number;
  readonly counts: Readonly<Record<"rows" | "accepted" | (typeof STORED)[number], number>>;
  readonly refusals: Refusals;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** Tickers, or indices, among the accepted rows. */
  readonly tickers: number;
  /** Tickers with bars and no entry in a master that has some. */
  readonly unlisted: readonly string[];
}

/** The counts of the answers, added up. */
export function sumStored(
  answers: readonly ImportReportBody[],
): Readonly<Record<(typeof STORED)[number], number>> {
  const sum = (field: (typeof STORED)[number]): number =>
    answers.reduce((total, answer) => total + answer[field], 0);
  return {
    added: sum("added"),
    replaced: sum("replaced"),
    unchanged: sum("unchanged"),
    halted: sum("halted"),
  };
}

export function describeReport({
  file,
  files,
  notRead,
  skipped,
  counts,
  refusals,
  firstDay,
  lastDay,
  unlisted,
}: FileReport): readonly string[] {
  const days = firstDay === null ? "" : ` from ${firstDay} to ${lastDay}`;
  const stored = `${counts.added} added, ${counts.replaced} replaced, ${counts.unchanged} unchanged, ${counts.halted} halted`;
  const read = files > 1 ? ` of ${files} files` : "";
  const more = unlisted.length > NAMED_TICKERS ? ` and ${unlisted.length - NAMED_TICKERS} more` : "";
  return [
    `${file}: ${counts.rows} rows${read}${days}, ${counts.accepted} accepted (${stored})`,
    ...(skipped > 0 ? [`  went on after ${skipped} pieces that were imported before`] : []),
    ...describeRefusals(file, refusals),
    ...describeNotRead(file, notRead),
    ...(unlisted.length > 0
      ? [
          `${file}: ${unlisted.length} tickers have no entry in the master and are not listed: ${unlisted.slice(0, NAMED_TICKERS).join(", ")}${more}`,
        ]
      : []),
  ];
}

const NAMED_TICKERS = 20;

/** CL12a: the share of rows, and of files, that an import must have accepted to count as done. */
const ENOUGH = 0.9;

/**
 * Whether enough was accepted. Repeated rows are no fault, and neither are the rows of other indices in a file of all
 * of them; of nothing nothing is enough.
 */
export function isEnough({
  counts,
  refusals,
  files,
  notRead,
}: Pick<FileReport, "refusals" | "files" | "notRead"> & {
  readonly counts: Pick<FileReport["counts"], "rows" | "accepted">;
}): boolean {
  const others = refusals.counts.get("bad_index") ?? 0;
  const judged = counts.rows - countRepeats(refusals) - others;
  const all = files + notRead.files.length;
  return counts.accepted > 0 && counts.accepted >= ENOUGH * judged && files >= ENOUGH * all;
}

/** One clause a report, for the last line of an import. */
export function describeShare(report: FileReport): string {
  const { file, counts, refusals, notRead, files } = report;
  const repeated = countRepeats(refusals);
  const share = `${counts.accepted} of ${counts.rows - repeated} rows of ${file}`;
  if (isEnough(report)) {
    return `${share} accepted`;
  }
  const unread =
    notRead.files.length > 0
      ? `, ${notRead.files.length} of ${files + notRead.files.length} files not read`
      : "";
  const why = countRefusals(refusals) > repeated ? `, refused: ${describeReasons(refusals)}` : "";
  return `only ${share} accepted${unread}${why}`;
}
