/** MD67: since when an evening and a morning bring sessions, and since when there are bars: nothing was due before. */
import type { ClockSources } from "../../app/jobs/days/market-clock.ts";
import type { PlanSince } from "../../app/ports/market-status.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** What a part of the plan leaves behind, by which a book of a version before knows its beginning. */
const STEPS_OF = {
  evening: "'evening_snapshot'",
  morning: "'official_day', 'official_master'",
} as const;
type Part = keyof typeof STEPS_OF;

function has(part: Part, can: ClockSources | null): boolean {
  return can !== null && (part === "evening" ? can.snapshot : can.official);
}

/** The table stands beside the bars (`book-tables.ts`), and leaves with them. */
export class PlanSinceTable {
  readonly #sql: BookStorage["sql"];

  constructor(sql: BookStorage["sql"]) {
    this.#sql = sql;
  }

  /** At each of the clock's turns; `can` is what the book asks by itself. One that is taken away while the other stays begins anew when it returns. */
  note(can: ClockSources | null, now: number): void {
    for (const part of ["evening", "morning"] as const) {
      if (has(part, can)) {
        const at = this.#firstStep(part) ?? now;
        this.#sql.exec("INSERT OR IGNORE INTO plan_since (part, at) VALUES (?, ?)", part, at);
      } else {
        this.#sql.exec("DELETE FROM plan_since WHERE part = ?", part);
      }
    }
  }

  /** Changes nothing: a part that no turn has noted yet begins now. */
  read(can: ClockSources | null, now: number): PlanSince {
    const since = (part: Part): number | null =>
      has(part, can) ? (this.#noted(part) ?? this.#firstStep(part) ?? now) : null;
    return { evening: since("evening"), morning: since("morning"), bars: this.#firstRows() };
  }

  #noted(part: Part): number | null {
    const [row] = this.#sql.exec<{ at: number }>("SELECT at FROM plan_since WHERE part = ?", part).toArray();
    return row?.at ?? null;
  }

  #firstStep(part: Part): number | null {
    return this.#sql
      .exec<{ at: number | null }>(`SELECT min(at) AS at FROM market_step WHERE kind IN (${STEPS_OF[part]})`)
      .one().at;
  }

  /** `null` where no row names its origin, as of files of an unknown close. */
  #firstRows(): number | null {
    return this.#sql.exec<{ at: number | null }>("SELECT min(received_at) AS at FROM origin").one().at;
  }
}
