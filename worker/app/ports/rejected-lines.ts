/** IG10: the refused lines of a chunk, the first few in full and all of them counted: a chunk can hold two million of them. */

/** A line that could not be read at all, or that a rule refuses. `line` counts from 1, the header included. */
export interface RejectedLine {
  readonly line: number;
  readonly key: string | null;
  readonly date: string | null;
  readonly reason: string;
}

/** How many refused lines a report carries in full; the counts by reason hold all of them. */
const REPORTED_REJECTS = 100;

/** How many lines were refused, by reason. */
export type RejectedCounts = Readonly<Record<string, number>>;

/** Collects refused lines in the order in which they come. */
export class RejectedLines<Line extends RejectedLine = RejectedLine> {
  readonly #first: Line[] = [];
  readonly #counts = new Map<string, number>();

  add(line: Line): void {
    this.#counts.set(line.reason, (this.#counts.get(line.reason) ?? 0) + 1);
    if (this.#first.length < REPORTED_REJECTS) {
      this.#first.push(line);
    }
  }

  /** At most {@link REPORTED_REJECTS}. */
  first(): readonly Line[] {
    return this.#first;
  }

  counts(): RejectedCounts {
    return Object.fromEntries(this.#counts);
  }
}

/** The refused lines of one chunk that were found by two rules, as one: the first few by line, and all counts. */
export function joinRejected(...parts: readonly Rejected[]): Rejected {
  const counts = new Map<string, number>();
  for (const [reason, count] of parts.flatMap((part) => Object.entries(part.rejectedCounts))) {
    counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  const rejected = parts.flatMap((part) => part.rejected).toSorted((a, b) => a.line - b.line);
  return { rejected: rejected.slice(0, REPORTED_REJECTS), rejectedCounts: Object.fromEntries(counts) };
}

/** How many lines were refused in all. */
export function countRejected({ rejectedCounts }: Rejected): number {
  return Object.values(rejectedCounts).reduce((sum, count) => sum + count, 0);
}

/** What a reader or a rule refused. */
export interface Rejected {
  /** The first {@link REPORTED_REJECTS} in the order of the file. */
  readonly rejected: readonly RejectedLine[];
  /** All of them by reason. */
  readonly rejectedCounts: RejectedCounts;
}
