/** Days of which a vendor states another thing than the calendar, kept beyond an eviction. */
import type { StatedDaysStore } from "../../app/jobs/days/ask-calendar.ts";
import type { StatedDays } from "../../app/jobs/days/session-days.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { BookStorage } from "../bars/book-tables.ts";

/** As long as a session is caught up with, and a past is read around it. */
const KEPT_DAYS = 60;

/** The table stands beside the bars (`book-tables.ts`), and leaves with them. */
export class StatedDaysTable implements StatedDaysStore {
  readonly #storage: BookStorage;

  constructor(storage: BookStorage) {
    this.#storage = storage;
  }

  all(): StatedDays {
    const rows = this.#storage.sql.exec<{ day: number; open: number }>("SELECT day, open FROM stated_day");
    return new Map(rows.toArray().map(({ day, open }) => [day, open === 1]));
  }

  replace(from: TradingDay, to: TradingDay, days: StatedDays): void {
    const { sql } = this.#storage;
    this.#storage.transactionSync(() => {
      sql.exec("DELETE FROM stated_day WHERE day < ? OR day BETWEEN ? AND ?", from - KEPT_DAYS, from, to);
      for (const [day, isOpen] of days) {
        sql.exec("INSERT INTO stated_day VALUES (?, ?)", day, isOpen ? 1 : 0);
      }
    });
  }
}
