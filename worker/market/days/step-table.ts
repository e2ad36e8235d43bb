/** What became of the day's steps, kept beyond an eviction: a settled one is not done again, and one outcome leaves one row. */
import type { DayStep, StepKind } from "../../app/jobs/days/market-clock.ts";
import { isSettling, type StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** Days for which a step is remembered. */
const KEPT_DAYS = 60;

interface StepRow extends Record<string, SqlStorageValue> {
  readonly kind: StepKind;
  readonly status: StepOutcome["status"];
  readonly text: string;
}

/** The table stands beside the bars (`book-tables.ts`), and leaves with them. */
export class StepTable {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  isSettled(step: DayStep): boolean {
    const row = this.#row(step);
    return row !== null && isSettling(row);
  }

  /** Whether the step has never had this outcome before, so that the list of runs is to hold it. */
  isNew(step: DayStep, { status, text }: StepOutcome): boolean {
    const row = this.#row(step);
    return row === null || row.status !== status || row.text !== text;
  }

  /** `at` in milliseconds since the epoch. */
  note({ kind, day }: DayStep, { status, text }: StepOutcome, at: number): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO market_step (kind, day, status, text, at) VALUES (?, ?, ?, ?, ?)",
      kind,
      day,
      status,
      text,
      at,
    );
    this.#sql.exec("DELETE FROM market_step WHERE day < ?", day - KEPT_DAYS);
  }

  #row({ kind, day }: DayStep): StepRow | null {
    return (
      this.#sql
        .exec<StepRow>("SELECT kind, status, text FROM market_step WHERE kind = ? AND day = ?", kind, day)
        .toArray()[0] ?? null
    );
  }
}
