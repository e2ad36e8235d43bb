/** The {@link OutcomeStore} on D1. Every failure leaves as a `NeighbourError` of D1. */
import { and, asc, eq, gte, sql } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import type {
  GateDay,
  Measured,
  OutcomeSave,
  OutcomeStore,
  SignalOutcome,
  TriggeredSignal,
} from "../../app/ports/outcome-store.ts";
import { assert } from "../../core/assert.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { outcomeOfRow, outcomeRow } from "./outcome-rows.ts";
import {
  marketGateTable,
  outcomeMeasureTable,
  outcomeTable,
  signalEventTable as event,
  signalTable,
} from "./schema.ts";
import { signalOf } from "./signal-rows.ts";
import { attempt } from "./store-error.ts";
import { check, type Stored } from "./stored-value.ts";
import { day, gateStatus } from "./vocabulary.ts";

const MEASURED: Stored<Measured> = v.object({ asOf: day, paramsVersion: v.string() });
const GATE_DAY: Stored<GateDay> = v.object({ day, status: gateStatus });

/** A signal that is born above its pivot has no `triggered` event; one that is revised in the evening of its trigger was known too late. */
const FOREKNOWN = sql<number>`(
  exists (select 1 from ${event} where ${event.signalId} = ${signalTable.id} and ${event.reason} = 'triggered')
  and not exists (
    select 1 from ${event} where ${event.signalId} = ${signalTable.id}
      and ${event.reason} = 'revised' and ${event.day} = ${signalTable.enteredOn}
  )
)`;

export class D1OutcomeStore implements OutcomeStore {
  readonly #d1: D1Database;
  readonly #db: DrizzleD1Database;

  constructor(d1: D1Database) {
    this.#d1 = d1;
    this.#db = drizzle(d1);
  }

  triggeredSince(exchange: Exchange, since: TradingDay): Promise<readonly TriggeredSignal[]> {
    return attempt("read the triggered signals", async () => {
      const rows = await this.#db
        .select({ row: signalTable, foreknown: FOREKNOWN })
        .from(signalTable)
        .where(and(eq(signalTable.exchange, exchange), gte(signalTable.enteredOn, since)))
        .orderBy(asc(signalTable.id));
      return rows.map(({ row, foreknown }) => ({
        signal: signalOf(row).signal,
        enteredOn: check(day, row.enteredOn, `signal ${row.id}`),
        foreknown: foreknown === 1,
      }));
    });
  }

  gateDays(exchange: Exchange, since: TradingDay): Promise<readonly GateDay[]> {
    return attempt("read the gates' colours", async () => {
      const rows = await this.#db
        .select({ day: marketGateTable.day, status: marketGateTable.status })
        .from(marketGateTable)
        .where(and(eq(marketGateTable.exchange, exchange), gte(marketGateTable.day, since)))
        .orderBy(asc(marketGateTable.day));
      return rows.map((row) => check(GATE_DAY, row, `gate of day ${row.day}`));
    });
  }

  save({ exchange, asOf, paramsVersion, outcomes }: OutcomeSave): Promise<void> {
    return attempt("save outcomes", async () => {
      for (const outcome of outcomes) {
        assert(outcome.exchange === exchange, `${outcome.signalId} is not of ${exchange}`);
      }
      await this.#d1.batch([
        ...bulkInsert(this.#d1, outcomeTable, outcomes.map(outcomeRow), {
          key: [outcomeTable.signalId, outcomeTable.horizon],
          action: "update",
          keep: [outcomeTable.grade],
        }),
        ...bulkInsert(this.#d1, outcomeMeasureTable, [{ exchange, asOf, paramsVersion }], {
          key: [outcomeMeasureTable.exchange],
          action: "update",
        }),
      ]);
    });
  }

  measured(exchange: Exchange): Promise<Measured | null> {
    return attempt("read how far outcomes are measured", async () => {
      const [row] = await this.#db
        .select({ asOf: outcomeMeasureTable.asOf, paramsVersion: outcomeMeasureTable.paramsVersion })
        .from(outcomeMeasureTable)
        .where(eq(outcomeMeasureTable.exchange, exchange));
      return row ? check(MEASURED, row, `measuring of ${exchange}`) : null;
    });
  }

  outcomes(exchange: Exchange, paramsVersion: string): Promise<readonly SignalOutcome[]> {
    return attempt("read outcomes", async () => {
      const rows = await this.#db
        .select()
        .from(outcomeTable)
        .where(and(eq(outcomeTable.exchange, exchange), eq(outcomeTable.paramsVersion, paramsVersion)))
        .orderBy(asc(outcomeTable.enteredOn), asc(outcomeTable.signalId), asc(outcomeTable.horizon));
      return rows.map(outcomeOfRow);
    });
  }
}
