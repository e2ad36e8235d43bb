/** The {@link AlertLog} on D1. Every failure leaves as a `NeighbourError` of D1. */
import { and, asc, desc, eq, gt, max } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import type { AlertLog, LoggedAlert, UnreadAlert } from "../../app/ports/alert-log.ts";
import type { AlertEvent } from "../../core/alerts/alert-event.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { alertOf, alertStatements, isRead } from "./alert-rows.ts";
import { alertEventTable } from "./schema.ts";
import { attempt } from "./store-error.ts";

export class D1AlertLog implements AlertLog {
  readonly #d1: D1Database;
  readonly #db: DrizzleD1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
    this.#db = drizzle(d1);
  }

  append(events: readonly AlertEvent[]): Promise<void> {
    return attempt("add to the alert log", async () => {
      if (events.length > 0) {
        await this.#d1.batch([...alertStatements(this.#d1, events)]);
      }
    });
  }

  after(
    position: number,
    limit: number,
    exchange?: Exchange,
  ): Promise<readonly (LoggedAlert | UnreadAlert)[]> {
    return attempt("read the alert log", async () => {
      const rows = await this.#db
        .select()
        .from(alertEventTable)
        .where(
          and(
            gt(alertEventTable.position, position),
            exchange === undefined ? undefined : eq(alertEventTable.exchange, exchange),
          ),
        )
        .orderBy(asc(alertEventTable.position))
        .limit(limit);
      return rows.map(alertOf);
    });
  }

  newest(exchange: Exchange, limit: number): Promise<readonly LoggedAlert[]> {
    return attempt("read the newest of the alert log", async () => {
      const rows = await this.#db
        .select()
        .from(alertEventTable)
        .where(eq(alertEventTable.exchange, exchange))
        .orderBy(desc(alertEventTable.position))
        .limit(limit);
      return rows.map(alertOf).filter(isRead).toReversed();
    });
  }

  last(): Promise<number> {
    return attempt("read where the alert log ends", async () => {
      const [row] = await this.#db.select({ position: max(alertEventTable.position) }).from(alertEventTable);
      return row?.position ?? 0;
    });
  }
}
