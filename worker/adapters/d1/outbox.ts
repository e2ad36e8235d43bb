/** Messages saved with a scan and waiting to be published, oldest first. */
import { and, asc, count, eq, isNull, min, type SQL } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import type { OutboxMessage } from "../../app/ports/scan-ledger.ts";
import { DAY_MS } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { outboxTable } from "./schema.ts";
import { check, exchange as exchangeName, type Stored } from "./stored-value.ts";

/** How long a published message is kept, so that an operator can see what was sent. */
const KEPT_MS = 7 * DAY_MS;

const MESSAGE: Stored<OutboxMessage> = v.object({
  id: v.string(),
  exchange: exchangeName,
  topic: v.string(),
  body: v.string(),
});

function waiting(exchange: Exchange): SQL | undefined {
  return and(eq(outboxTable.exchange, exchange), isNull(outboxTable.publishedAt));
}

/** Oldest first, at most `limit`; the order is that of their saving. */
export async function waitingMessages(
  db: DrizzleD1Database,
  exchange: Exchange,
  limit: number,
): Promise<readonly OutboxMessage[]> {
  const rows = await db
    .select()
    .from(outboxTable)
    .where(waiting(exchange))
    .orderBy(asc(outboxTable.position))
    .limit(limit);
  return rows.map((row) => check(MESSAGE, row, `message ${row.id}`));
}

/** One batch: marks the messages, and drops those that were published long before. */
export async function markMessages(d1: D1Database, ids: readonly string[], at: number): Promise<void> {
  await d1.batch([
    d1
      .prepare(
        "update outbox set published_at = ? where published_at is null and id in (select value from json_each(?))",
      )
      .bind(at, JSON.stringify(ids)),
    d1.prepare("delete from outbox where published_at < ?").bind(at - KEPT_MS),
  ]);
}

/** How many wait and since when, for the health of the Worker. */
export async function waitingSince(
  db: DrizzleD1Database,
  exchange: Exchange,
): Promise<{ readonly waiting: number; readonly oldest: number | null }> {
  const [row] = await db
    .select({ waiting: count(), oldest: min(outboxTable.createdAt) })
    .from(outboxTable)
    .where(waiting(exchange));
  return row ?? { waiting: 0, oldest: null };
}
