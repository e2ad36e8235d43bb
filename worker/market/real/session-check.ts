/** DR8: after the close, the bars that a session's ticks made against the rows that the vendor published: what differs is a line of the log. */
import { logFailure, type Log } from "../../app/ports/log.ts";
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import { formatTradingDay } from "../../core/calendar/trading-day.ts";
import type { Columns } from "../../core/bars/columns.ts";
import type { SessionValue, SessionValues } from "./session-values.ts";

const FIELDS = ["open", "high", "low", "close", "volume"] as const;

export interface SessionCheckDeps {
  readonly log: Log;
  book(): Pick<LiveBookPort, "series" | "summary">;
}

export class SessionCheck {
  readonly #deps: SessionCheckDeps;
  #running = false;
  /** The session that has been compared, or was given up. */
  #doneFor: number | null = null;

  constructor(deps: SessionCheckDeps) {
    this.#deps = deps;
  }

  isDone(values: SessionValues): boolean {
    return this.#doneFor === values.hours.day;
  }

  /** Nothing of the session was ever shown. */
  skip(values: SessionValues): void {
    this.#doneFor = values.hours.day;
  }

  /** Compares once the rows are there. `isLast`: they came in no time, which is a line too. Never rejects. */
  async compare(values: SessionValues, tickers: readonly string[], isLast: boolean): Promise<void> {
    const { hours } = values;
    if (this.#running || this.isDone(values)) {
      return;
    }
    this.#running = true;
    const day = formatTradingDay(hours.day);
    try {
      const { lastDay } = await this.#deps.book().summary();
      if (lastDay !== null && lastDay >= hours.day) {
        await this.#compareAll(values, tickers, day);
        this.#doneFor = hours.day;
      } else if (isLast) {
        this.#deps.log.write("warn", "session_not_compared", { day, reason: "no rows of it came" });
        this.#doneFor = hours.day;
      }
    } catch (error) {
      logFailure(this.#deps.log, "session_not_compared", error, { day });
    } finally {
      this.#running = false;
    }
  }

  async #compareAll(values: SessionValues, tickers: readonly string[], day: string): Promise<void> {
    const differing = Object.fromEntries(FIELDS.map((field) => [field, 0]));
    const counts = { compared: 0, missing: 0, differing: 0 };
    for (const ticker of tickers) {
      const bar = values.bar(ticker);
      const row = bar === null ? null : rowOf(await this.#deps.book().series(ticker), values.hours.day);
      if (bar !== null && row !== null) {
        const fields = FIELDS.filter((field) => valueOf(bar, field) !== row[field]);
        counts.compared += 1;
        counts.differing += fields.length > 0 ? 1 : 0;
        for (const field of fields) {
          differing[field] = (differing[field] ?? 0) + 1;
        }
      } else if (bar !== null) {
        counts.missing += 1;
      }
    }
    const { log } = this.#deps;
    const isSame = counts.differing + counts.missing === 0;
    log.write(isSame ? "info" : "warn", "session_compared", { day, ...counts, ...differing });
  }
}

function valueOf(bar: SessionValue, field: (typeof FIELDS)[number]): number {
  return field === "close" ? bar.price : bar[field];
}

/** The row of a day, which is one of the newest; `null` without one. */
function rowOf(
  columns: Columns | null,
  day: number,
): Readonly<Record<(typeof FIELDS)[number], number>> | null {
  const at = columns === null ? -1 : columns.day.lastIndexOf(day);
  if (columns === null || at === -1) {
    return null;
  }
  const of = (field: (typeof FIELDS)[number]): number => columns[field][at] ?? Number.NaN;
  return { open: of("open"), high: of("high"), low: of("low"), close: of("close"), volume: of("volume") };
}
