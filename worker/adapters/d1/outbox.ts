/** Messages saved with a scan and waiting to be published, oldest first. */
import { and, asc, count, eq, isNull, min, type SQL } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import type { OutboxMessage } from "../../app/ports/scan-ledger.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { outboxTable } from "./schema.ts";
import { check, exchange as exchangeName, type Stored } from "./stored-value.ts";

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

/** A published message stays until the retention deletes it, so that an operator can see what was sent. */
export async function markMessages(d1: D1Database, ids: readonly string[], at: number): Promise<void> {
  await d1
    .prepare(
      "update outbox set published_at = ? where published_at is null and id in (select value from json_each(?))",
    )
    .bind(at, JSON.stringify(ids))
    .run();
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
