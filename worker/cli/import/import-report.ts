/** The reports of the chunks of one file, added up and written for the person who sent it. */
import type { ImportReportBody } from "../../protocol/rest/owner.ts";
import { addRefusals, describeRefusals, makeRefusals, type Refusals } from "./refusals.ts";

const COUNTED = ["rows", "accepted", "added", "replaced", "unchanged", "halted"] as const;

/** What the Worker made of one file, over all of its chunks. */
export interface FileReport {
  readonly file: string;
  /** Chunks that an earlier, interrupted import had sent. */
  readonly skipped: number;
  readonly counts: Readonly<Record<(typeof COUNTED)[number], number>>;
  readonly refusals: Refusals;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

/** Dates as `2025-06-17` compare as text. */
function pick(days: readonly (string | null)[], which: "first" | "last"): string | null {
  const known = days.filter((day) => day !== null).toSorted();
  return known.at(which === "first" ? 0 : -1) ?? null;
}

export function sumReports(file: string, skipped: number, reports: readonly ImportReportBody[]): FileReport {
  const refusals = makeRefusals();
  for (const report of reports) {
    addRefusals(refusals, report.rejected, report.rejects);
  }
  const sum = (field: (typeof COUNTED)[number]): number =>
    reports.reduce((total, report) => total + report[field], 0);
  return {
    file,
    skipped,
    counts: {
      rows: sum("rows"),
      accepted: sum("accepted"),
      added: sum("added"),
      replaced: sum("replaced"),
      unchanged: sum("unchanged"),
      halted: sum("halted"),
    },
    refusals,
    firstDay: pick(
      reports.map((report) => report.first_day),
      "first",
    ),
    lastDay: pick(
      reports.map((report) => report.last_day),
      "last",
    ),
  };
}

export function describeReport({
  file,
  skipped,
  counts,
  refusals,
  firstDay,
  lastDay,
}: FileReport): readonly string[] {
  const days = firstDay === null ? "" : ` from ${firstDay} to ${lastDay}`;
  const stored = `${counts.added} added, ${counts.replaced} replaced, ${counts.unchanged} unchanged, ${counts.halted} halted`;
  return [
    `${file}: ${counts.rows} rows${days}, ${counts.accepted} accepted (${stored})`,
    ...(skipped > 0 ? [`  went on after ${skipped} chunks that were imported before`] : []),
    ...describeRefusals(file, refusals),
  ];
}
