/** The {@link RunLedger} on D1. Every failure leaves as a `NeighbourError` of D1. */
import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import type {
  EndedCursor,
  EndedFilter,
  MovesSave,
  OutboxMessage,
  RunStatus,
  ScanRun,
  ScanSave,
  SignalCursor,
  SignalFilter,
  StoredEnding,
  StoredEvent,
  StoredSignal,
} from "../../app/ports/scan-ledger.ts";
import type { CorrectionSave, RunLedger, SignalVersion } from "../../app/ports/correction-ledger.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import {
  countingEvents,
  doneRuns,
  judgedDays,
  newestGate,
  newestVersions,
  reachOf,
  withdrawnSignals,
} from "./correction-reads.ts";
import { correctionStatements } from "./correction-save.ts";
import { countEndedSignals, endedSignals } from "./ended-signals.ts";
import { markMessages, waitingMessages, waitingSince } from "./outbox.ts";
import { eventOf, gateOf, runOf, runRow } from "./run-rows.ts";
import { moveStatements, saveStatements } from "./scan-save.ts";
import { instrumentTable, marketGateTable, scanRunTable, signalEventTable, signalTable } from "./schema.ts";
import { OF_ITS_SHARE, SHOWN_COLUMNS, signalOf } from "./signal-rows.ts";
import { attempt } from "./store-error.ts";

/** A filter without a state selects the open signals: the rows that have not ended. */
function matching(filter: SignalFilter): SQL | undefined {
  const { exchange, state, market, grade, minScore, ticker } = filter;
  return and(
    eq(signalTable.exchange, exchange),
    // An ended state may be that of a signal that a correction took back.
    state === null ? undefined : isNull(signalTable.withdrawnBy),
    state === null ? isNull(signalTable.endedOn) : eq(signalTable.state, state),
    market === null ? undefined : eq(signalTable.market, market),
    grade === null ? undefined : eq(signalTable.grade, grade),
    minScore === null ? undefined : gte(signalTable.score, minScore),
    ticker === null ? undefined : eq(signalTable.ticker, ticker),
  );
}

/** Rows after the cursor in the order score falling, then id. */
function following(cursor: SignalCursor | null): SQL | undefined {
  if (cursor === null) {
    return undefined;
  }
  return or(
    lt(signalTable.score, cursor.score),
    and(eq(signalTable.score, cursor.score), gt(signalTable.id, cursor.id)),
  );
}

/** A save is one D1 batch, which is one transaction: a reader never sees half of a scan. */
export class D1ScanLedger implements RunLedger {
  readonly #d1: D1Database;
  readonly #db: DrizzleD1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
    this.#db = drizzle(d1);
  }

  startRun(run: ScanRun): Promise<void> {
    return attempt("start a run", async () => {
      await this.#db.insert(scanRunTable).values(runRow(run));
    });
  }

  endRun(id: string, status: "failed" | "skipped", reason: string, at: number): Promise<void> {
    return attempt("end a run", async () => {
      await this.#db
        .update(scanRunTable)
        .set({ status, reason, finishedAt: at })
        .where(and(eq(scanRunTable.id, id), eq(scanRunTable.status, "running")));
    });
  }

  save(save: ScanSave): Promise<void> {
    return attempt("save a scan", async () => {
      await this.#d1.batch([...saveStatements(this.#d1, save)]);
    });
  }

  saveMoves(save: MovesSave): Promise<void> {
    return attempt("save moves", async () => {
      await this.#d1.batch([...moveStatements(this.#d1, save)]);
    });
  }

  saveCorrection(save: CorrectionSave): Promise<void> {
    return attempt("save a correction", async () => {
      await this.#d1.batch([...correctionStatements(this.#d1, save)]);
    });
  }

  judgedSince(exchange: Exchange, day: TradingDay): Promise<readonly TradingDay[]> {
    return attempt("read the judged sessions", () => judgedDays(this.#d1, exchange, day));
  }

  doneSince(exchange: Exchange, day: TradingDay): Promise<readonly ScanRun[]> {
    return attempt("read the finished runs", () => doneRuns(this.#db, exchange, day));
  }

  gateBefore(exchange: Exchange, day: TradingDay): Promise<MarketGate | null> {
    return attempt("read a gate", () => newestGate(this.#db, exchange, day));
  }

  reach(exchange: Exchange): Promise<TradingDay | null> {
    return attempt("read the reach of corrections", () => reachOf(this.#db, exchange));
  }

  versionsBefore(exchange: Exchange, day: TradingDay | null): Promise<readonly SignalVersion[]> {
    return attempt("read versions of signals", () => newestVersions(this.#db, exchange, day));
  }

  eventsSince(ids: readonly string[], day: TradingDay): Promise<readonly StoredEvent[]> {
    return attempt("read the events that count", () => countingEvents(this.#db, ids, day));
  }

  withdrawn(exchange: Exchange): Promise<readonly StoredSignal[]> {
    return attempt("read the withdrawn signals", () => withdrawnSignals(this.#db, exchange));
  }

  run(id: string): Promise<ScanRun | null> {
    return attempt("read a run", async () => {
      const [row] = await this.#db.select().from(scanRunTable).where(eq(scanRunTable.id, id));
      return row ? runOf(row) : null;
    });
  }

  runs(exchange: Exchange, limit: number): Promise<readonly ScanRun[]> {
    return attempt("list runs", async () => {
      const rows = await this.#db
        .select()
        .from(scanRunTable)
        .where(eq(scanRunTable.exchange, exchange))
        .orderBy(desc(scanRunTable.startedAt), desc(scanRunTable.id))
        .limit(limit);
      return rows.map(runOf);
    });
  }

  lastRun(exchange: Exchange, statuses: readonly RunStatus[]): Promise<ScanRun | null> {
    return attempt("read the last run", async () => {
      const [row] = await this.#db
        .select()
        .from(scanRunTable)
        .where(and(eq(scanRunTable.exchange, exchange), inArray(scanRunTable.status, [...statuses])))
        .orderBy(desc(scanRunTable.startedAt), desc(scanRunTable.id))
        .limit(1);
      return row ? runOf(row) : null;
    });
  }

  openSignals(exchange: Exchange): Promise<readonly StoredSignal[]> {
    return attempt("read the open signals", async () => {
      const rows = await this.#db
        .select(SHOWN_COLUMNS)
        .from(signalTable)
        .leftJoin(instrumentTable, OF_ITS_SHARE)
        .where(and(eq(signalTable.exchange, exchange), isNull(signalTable.endedOn)))
        .orderBy(desc(signalTable.score), asc(signalTable.id));
      return rows.map(signalOf);
    });
  }

  endedSince(exchange: Exchange, day: TradingDay): Promise<readonly StoredSignal[]> {
    return attempt("read the ended signals", async () => {
      const rows = await this.#db
        .select()
        .from(signalTable)
        .where(
          and(
            eq(signalTable.exchange, exchange),
            gte(signalTable.endedOn, day),
            isNull(signalTable.withdrawnBy),
          ),
        )
        .orderBy(asc(signalTable.endedOn), asc(signalTable.id));
      return rows.map(signalOf);
    });
  }

  eventCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return attempt("count events", async () => {
      const rows = await this.#db
        .select({ id: signalEventTable.signalId, events: count() })
        .from(signalEventTable)
        .where(sql`${signalEventTable.signalId} in (select value from json_each(${JSON.stringify(ids)}))`)
        .groupBy(signalEventTable.signalId);
      const counted = new Map(rows.map((row) => [row.id, row.events]));
      return new Map(ids.map((id) => [id, counted.get(id) ?? 0]));
    });
  }

  signal(id: string): Promise<StoredSignal | null> {
    return attempt("read a signal", async () => {
      const [row] = await this.#db
        .select(SHOWN_COLUMNS)
        .from(signalTable)
        .leftJoin(instrumentTable, OF_ITS_SHARE)
        .where(eq(signalTable.id, id));
      return row ? signalOf(row) : null;
    });
  }

  signals(filter: SignalFilter, after: SignalCursor | null, limit: number): Promise<readonly StoredSignal[]> {
    return attempt("list signals", async () => {
      const rows = await this.#db
        .select(SHOWN_COLUMNS)
        .from(signalTable)
        .leftJoin(instrumentTable, OF_ITS_SHARE)
        .where(and(matching(filter), following(after)))
        .orderBy(desc(signalTable.score), asc(signalTable.id))
        .limit(limit);
      return rows.map(signalOf);
    });
  }

  countSignals(filter: SignalFilter): Promise<number> {
    return attempt("count signals", () => this.#db.$count(signalTable, matching(filter)));
  }

  ended(filter: EndedFilter, after: EndedCursor | null, limit: number): Promise<readonly StoredEnding[]> {
    return attempt("list ended signals", () => endedSignals(this.#db, filter, after, limit));
  }

  countEnded(filter: EndedFilter): Promise<number> {
    return attempt("count ended signals", () => countEndedSignals(this.#db, filter));
  }

  events(signalId: string): Promise<readonly StoredEvent[]> {
    return attempt("read events", async () => {
      const rows = await this.#db
        .select()
        .from(signalEventTable)
        .where(eq(signalEventTable.signalId, signalId))
        .orderBy(asc(signalEventTable.seq));
      return rows.map(eventOf);
    });
  }

  gates(exchange: Exchange, limit: number): Promise<readonly MarketGate[]> {
    return attempt("read gates", async () => {
      const rows = await this.#db
        .select()
        .from(marketGateTable)
        .where(eq(marketGateTable.exchange, exchange))
        .orderBy(desc(marketGateTable.day))
        .limit(limit);
      return rows.map(gateOf);
    });
  }

  unpublished(exchange: Exchange, limit: number): Promise<readonly OutboxMessage[]> {
    return attempt("read the outbox", () => waitingMessages(this.#db, exchange, limit));
  }

  markPublished(ids: readonly string[], at: number): Promise<void> {
    return attempt("mark the outbox", () => markMessages(this.#d1, ids, at));
  }

  outboxAge(exchange: Exchange): Promise<{ readonly waiting: number; readonly oldest: number | null }> {
    return attempt("measure the outbox", () => waitingSince(this.#db, exchange));
  }
}
