/** What a correction reads: judged sessions, the newest versions of signals, and the part of the log that counts. */
import { and, asc, desc, eq, gte, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { SignalVersion } from "../../app/ports/correction-ledger.ts";
import type { ScanRun, StoredEvent, StoredSignal } from "../../app/ports/scan-ledger.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import { eventOf, gateOf, runOf } from "./run-rows.ts";
import {
  marketGateTable,
  scanRunTable,
  signalEventTable,
  signalTable,
  signalVersionTable,
  versionReachTable,
} from "./schema.ts";
import { signalOf, versionOf } from "./signal-rows.ts";
import { check, day as storedDay } from "./stored-value.ts";

/** A session whose gate a correction has dropped was judged all the same: its run says so. */
export async function judgedDays(
  d1: D1Database,
  exchange: Exchange,
  since: TradingDay,
): Promise<readonly TradingDay[]> {
  const { results } = await d1
    .prepare(
      `select day from market_gate where exchange = ?1 and day >= ?2
       union select as_of from scan_run where exchange = ?1 and as_of >= ?2 and status = 'done' order by 1`,
    )
    .bind(exchange, since)
    .all<{ day: number }>();
  return results.map(({ day }) => tradingDayOf(day));
}

export async function doneRuns(
  db: DrizzleD1Database,
  exchange: Exchange,
  since: TradingDay,
): Promise<readonly ScanRun[]> {
  const rows = await db
    .select()
    .from(scanRunTable)
    .where(
      and(
        eq(scanRunTable.exchange, exchange),
        gte(scanRunTable.asOf, since),
        eq(scanRunTable.status, "done"),
      ),
    )
    .orderBy(asc(scanRunTable.startedAt), asc(scanRunTable.id));
  return rows.map(runOf);
}

export async function newestGate(
  db: DrizzleD1Database,
  exchange: Exchange,
  before: TradingDay,
): Promise<MarketGate | null> {
  const [row] = await db
    .select()
    .from(marketGateTable)
    .where(and(eq(marketGateTable.exchange, exchange), lt(marketGateTable.day, before)))
    .orderBy(desc(marketGateTable.day))
    .limit(1);
  return row ? gateOf(row) : null;
}

export async function reachOf(db: DrizzleD1Database, exchange: Exchange): Promise<TradingDay | null> {
  const [row] = await db
    .select({ since: versionReachTable.since })
    .from(versionReachTable)
    .where(eq(versionReachTable.exchange, exchange));
  return row ? check(storedDay, row.since, `reach of ${exchange}`) : null;
}

/** SQLite takes the other columns from the row with the highest day. */
export async function newestVersions(
  db: DrizzleD1Database,
  exchange: Exchange,
  before: TradingDay | null,
): Promise<readonly SignalVersion[]> {
  const { signalId, day, detail } = signalVersionTable;
  const rows = await db
    .select({ signalId, day: sql<number>`max(${day})`, detail })
    .from(signalVersionTable)
    .where(and(eq(signalVersionTable.exchange, exchange), before === null ? undefined : lt(day, before)))
    .groupBy(signalId)
    .orderBy(asc(signalId));
  return rows.map(versionOf);
}

export async function countingEvents(
  db: DrizzleD1Database,
  ids: readonly string[],
  since: TradingDay,
): Promise<readonly StoredEvent[]> {
  const rows = await db
    .select()
    .from(signalEventTable)
    .where(
      and(
        sql`${signalEventTable.signalId} in (select value from json_each(${JSON.stringify(ids)}))`,
        gte(signalEventTable.day, since),
        isNull(signalEventTable.supersededBy),
      ),
    )
    .orderBy(asc(signalEventTable.signalId), asc(signalEventTable.seq));
  return rows.map(eventOf);
}

export async function withdrawnSignals(
  db: DrizzleD1Database,
  exchange: Exchange,
): Promise<readonly StoredSignal[]> {
  const rows = await db
    .select()
    .from(signalTable)
    .where(and(eq(signalTable.exchange, exchange), isNotNull(signalTable.withdrawnBy)))
    .orderBy(asc(signalTable.id));
  return rows.map(signalOf);
}
