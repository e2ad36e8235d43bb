/** What became of the day's steps, kept beyond an eviction: a settled one is not done again, and one outcome leaves one row. */
import type { DayStep } from "../../app/jobs/days/market-clock.ts";
import { isSettling, type StepOutcome } from "../../app/jobs/days/step-outcome.ts";
import type { StepReport } from "../../app/ports/market-status.ts";
import type { StepKind } from "../../core/session/day-step.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** Days for which a step is remembered; the newest one of its kind for ever. */
export const STEPS_KEPT_DAYS = 60;

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

  /** Whether a step of this kind about a later day is settled. */
  isSettledAfter({ kind, day }: DayStep): boolean {
    return this.#sql
      .exec<StepRow>("SELECT kind, status, text FROM market_step WHERE kind = ? AND day > ?", kind, day)
      .toArray()
      .some(isSettling);
  }

  /** Whether the step has never had this outcome before, so that the list of runs is to hold it. */
  isNew(step: DayStep, { status, text }: StepOutcome): boolean {
    const row = this.#row(step);
    return row === null || row.status !== status || row.text !== text;
  }

  /** Whether anything ever became of it. */
  isNoted(step: DayStep): boolean {
    return this.#row(step) !== null;
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
    this.#sql.exec(
      `DELETE FROM market_step WHERE day < ? AND EXISTS
         (SELECT 1 FROM market_step AS later WHERE later.kind = market_step.kind AND later.day > market_step.day)`,
      day - STEPS_KEPT_DAYS,
    );
  }

  /** How the newest session of a kind ended; `null` when none ever did. */
  newest(kind: StepKind): StepReport | null {
    const [row] = this.#sql
      .exec<StepRow & { day: number; at: number }>(
        "SELECT kind, day, status, text, at FROM market_step WHERE kind = ? ORDER BY day DESC LIMIT 1",
        kind,
      )
      .toArray();
    return row === undefined ? null : { ...row, day: tradingDayOf(row.day) };
  }

  /** When the first session of all was stored, in milliseconds since the epoch; `null` before. */
  firstStoredAt(): number | null {
    const [row] = this.#sql
      .exec<{ at: number | null }>(
        "SELECT MIN(at) AS at FROM market_step WHERE status = 'stored' AND kind IN ('official_day', 'evening_snapshot')",
      )
      .toArray();
    return row?.at ?? null;
  }

  /** Sessions of the calendar that had none. */
  daysOff(): readonly TradingDay[] {
    return this.#sql
      .exec<{ day: number }>(
        "SELECT day FROM market_step WHERE status = 'closed' AND kind IN ('official_day', 'evening_snapshot')",
      )
      .toArray()
      .map(({ day }) => tradingDayOf(day));
  }

  #row({ kind, day }: DayStep): StepRow | null {
    return (
      this.#sql
        .exec<StepRow>("SELECT kind, status, text FROM market_step WHERE kind = ? AND day = ?", kind, day)
        .toArray()[0] ?? null
    );
  }
}
