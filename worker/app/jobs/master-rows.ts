/** IG8a: the lines of one or several masters as one row a ticker; what one leaves empty another keeps. */
import type { MasterRow, ReadLine } from "../ports/ingest.ts";
import { type Rejected, RejectedLines } from "../ports/rejected-lines.ts";

/** A ticker's row, and the last line that it comes from. */
export interface MergedRow {
  readonly file: number;
  readonly line: number;
  readonly row: MasterRow;
}

/** A ticker that stands again is no fault of a file: its lines are merged. */
export const MERGED = "duplicate_ticker";

/** Later values win; an empty one takes nothing away, and a field that no line has stays absent. */
function mergeRows(earlier: MasterRow, later: MasterRow): MasterRow {
  const given = Object.entries(later).filter(([, value]) => value !== null && value !== undefined);
  return { ...later, ...earlier, ...Object.fromEntries(given) };
}

/** Gathers lines in their order; files are numbered by the caller. */
export class MasterMerge {
  readonly #rows = new Map<string, MergedRow>();
  readonly #keyOf: (key: string) => MasterRow["ticker"] | null;

  /** `keyOf`: the ticker as it is stored, or `null` when the exchange has no such ticker. */
  constructor(keyOf: (key: string) => MasterRow["ticker"] | null) {
    this.#keyOf = keyOf;
  }

  /** Answers with the lines that are no row of their own: those of no ticker, and earlier lines of the same one in this file. */
  take(lines: readonly ReadLine<MasterRow>[], file = 0): Rejected {
    const rejected = new RejectedLines();
    for (const { line, key: written, value } of lines) {
      const ticker = this.#keyOf(written);
      if (ticker === null) {
        rejected.add({ line, key: written, date: null, reason: "bad_ticker" });
        continue;
      }
      const before = this.#rows.get(ticker);
      if (before?.file === file) {
        rejected.add({ line: before.line, key: ticker, date: null, reason: MERGED });
      }
      const row = { ...value, ticker };
      this.#rows.set(ticker, { file, line, row: before === undefined ? row : mergeRows(before.row, row) });
    }
    return { rejected: rejected.first(), rejectedCounts: rejected.counts() };
  }

  /** In the order in which the tickers first came. */
  rows(): readonly MergedRow[] {
    return [...this.#rows.values()];
  }
}
