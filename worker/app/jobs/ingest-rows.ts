/**
 * From the lines of a file to rows and a report: each line is among the accepted rows or counted under the reason that refused
 * it. Shared by the owner's import and the command line.
 */
import { isBar, rejectRow } from "../../core/bars/bar.ts";
import type { Columns, Row } from "../../core/bars/columns.ts";
import { absentMask, type OrderedRows, RowSet } from "../../core/bars/row-set.ts";
import { formatTradingDay, type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { ImportReport, ReadPrices } from "../ports/ingest.ts";
import { countRejected, type Rejected, type RejectedLine, RejectedLines } from "../ports/rejected-lines.ts";
import type { StoredRows } from "../ports/market-book.ts";

interface RowRules {
  /** The key as it is stored, or `null` when the exchange has no such ticker. */
  readonly keyOf: (key: string) => string | null;
  /** The day in Seoul; later rows are refused. */
  readonly today: TradingDay;
  /** A further reason to refuse a row, asked last. */
  readonly refuse?: (row: Row) => string | null;
}

/** The first of them by ticker, each with its file, and the number of all. */
export interface SupersededLines extends Rejected {
  readonly rejected: readonly (RejectedLine & { readonly file: number })[];
}

/** What an import of rows comes to: each of its rows is among the kept ones or named in one of the two lists. */
export interface JudgedRows {
  /** In the order of the keys, days strictly rising. */
  readonly series: readonly OrderedRows[];
  /** IG4: rows that a later one of their day has taken the place of, with their files. */
  readonly superseded: SupersededLines;
}

/** The reason of a row that a later row of its day has taken the place of; it is no fault of the file. */
export const SUPERSEDED = "duplicate_date";

/** A line number needs fewer bits; both are exact in one double. */
const LINES = 2 ** 32;

function refusal(key: string | null, row: Row, rules: RowRules): string | null {
  if (key === null) {
    return "bad_ticker";
  }
  return row.day > rules.today ? "future_date" : (rejectRow(row) ?? rules.refuse?.(row) ?? null);
}

/**
 * IG4: every row is judged alone and put in its place; whatever is cut into files or pieces, the same rows give the same
 * answer. Shared by the owner's import and the command line.
 */
export class RowJudge {
  readonly #rules: RowRules;
  readonly #rows = new RowSet();

  constructor(rules: RowRules) {
    this.#rules = rules;
  }

  /** Rows that have passed so far. */
  get passed(): number {
    return this.#rows.size;
  }

  /** Lines of one file or piece, in their order; answers with those that a rule refuses. */
  take({ lines, absent }: Pick<ReadPrices<Row>, "lines" | "absent">, file = 0): Rejected {
    const rejected = new RejectedLines();
    const mask = absentMask(absent);
    for (const { line, key: written, value: row } of lines) {
      const key = this.#rules.keyOf(written);
      const reason = refusal(key, row, this.#rules);
      if (key === null || reason !== null) {
        const date = formatTradingDay(row.day);
        rejected.add({ line, key: written, date, reason: reason ?? "bad_ticker" });
      } else {
        this.#rows.add(key, row, mask, file * LINES + line);
      }
    }
    return { rejected: rejected.first(), rejectedCounts: rejected.counts() };
  }

  /** Once, after the last line: it empties the judge. */
  finish(): JudgedRows {
    const superseded = new RejectedLines<RejectedLine & { readonly file: number }>();
    const series = this.#rows.drain(({ key, day, origin }) => {
      const [file, line] = [Math.floor(origin / LINES), origin % LINES];
      superseded.add({ file, line, key, date: formatTradingDay(day), reason: SUPERSEDED });
    });
    return {
      series: [...series],
      superseded: { rejected: superseded.first(), rejectedCounts: superseded.counts() },
    };
  }
}

/** Rows of days without trading (BR1). */
function countHalts({ high, volume }: Columns): number {
  return high.reduce((sum, own, i) => sum + (isBar({ high: own, volume: volume[i] ?? 0 }) ? 0 : 1), 0);
}

function dayOrNull(day: number): TradingDay | null {
  return Number.isFinite(day) ? tradingDayOf(day) : null;
}

/** The answer to an import of rows. */
export function reportRows(
  series: readonly OrderedRows[],
  rejected: Rejected,
  stored: StoredRows,
  unlisted: readonly string[],
): ImportReport {
  const accepted = series.reduce((sum, { columns }) => sum + columns.day.length, 0);
  const days = series.flatMap(({ columns: { day } }) => [day[0] ?? 0, day.at(-1) ?? 0]);
  return {
    rows: accepted + countRejected(rejected),
    accepted,
    added: stored.added,
    replaced: stored.replaced,
    unchanged: stored.unchanged,
    halted: series.reduce((sum, { columns }) => sum + countHalts(columns), 0),
    rejected: rejected.rejectedCounts,
    rejects: rejected.rejected,
    tickers: series.length,
    unlisted,
    firstDay: dayOrNull(days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)),
    lastDay: dayOrNull(days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)),
  };
}
