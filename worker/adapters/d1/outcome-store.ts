/** The {@link OutcomeStore} on D1, and an outcome as a row and back. Every failure leaves as a `NeighbourError` of D1. */
import * as v from "valibot";
import { and, asc, eq, gte, isNull, sql } from "drizzle-orm";
import { drizzle, type DrizzleD1Database } from "drizzle-orm/d1";
import type {
  GateDay,
  Measured,
  OutcomeFill,
  OutcomeResult,
  OutcomeSave,
  OutcomeStore,
  SignalOutcome,
  TriggeredSignal,
} from "../../app/ports/outcome-store.ts";
import { assert } from "../../core/assert.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { bulkInsert } from "./bulk-insert.ts";
import {
  marketGateTable,
  outcomeMeasureTable,
  outcomeTable,
  signalEventTable as event,
  signalTable,
} from "./schema.ts";
import { signalOf } from "./signal-rows.ts";
import { attempt } from "./store-error.ts";
import {
  accept,
  check,
  day,
  exchange as exchangeName,
  gateStatus,
  grade,
  idOfSignal,
  number,
  oneOf,
  type Stored,
} from "./stored-value.ts";

type OutcomeRow = typeof outcomeTable.$inferSelect;

const RESULT: Stored<OutcomeResult> = v.object({
  change: number,
  r: number,
  best: number,
  worst: number,
  touch: oneOf<OutcomeResult["touch"]>({ stop: true, target: true, none: true }),
  baseline: v.nullable(number),
  peers: number,
});

const OUTCOME: Stored<SignalOutcome> = v.object({
  signalId: idOfSignal,
  exchange: exchangeName,
  ticker: v.string(),
  horizon: v.picklist([5, 10, 20, 60]),
  enteredOn: day,
  grade,
  contractions: number,
  gate: v.nullable(gateStatus),
  paramsVersion: v.string(),
  fill: oneOf<OutcomeFill>({ filled: true, late: true, untouched: true, locked: true, beyond_zone: true }),
  entry: v.nullable(number),
  stop: v.nullable(number),
  result: v.nullable(RESULT),
});

const NO_RESULT = {
  change: null,
  r: null,
  best: null,
  worst: null,
  touch: null,
  baseline: null,
  peers: null,
} as const;

function outcomeRow(outcome: SignalOutcome): OutcomeRow {
  const what = `Outcome ${outcome.signalId}/${outcome.horizon}`;
  const { result, ...known } = accept(OUTCOME, outcome, what);
  return { ...known, ...(result ?? NO_RESULT) };
}

function outcomeOfRow(row: OutcomeRow): SignalOutcome {
  const { change, r, best, worst, touch, baseline, peers, ...known } = row;
  const result = change === null ? null : { change, r, best, worst, touch, baseline, peers };
  return check(OUTCOME, { ...known, result }, `outcome ${row.signalId}/${row.horizon}`);
}

const MEASURED: Stored<Measured> = v.object({ asOf: day, paramsVersion: v.string() });
const GATE_DAY: Stored<GateDay> = v.object({ day, status: gateStatus });

/** A signal that is born above its pivot has no `triggered` event; one that is revised in the evening of its trigger was known too late. */
const FOREKNOWN = sql<number>`(
  exists (
    select 1 from ${event} where ${event.signalId} = ${signalTable.id}
      and ${event.reason} = 'triggered' and ${event.supersededBy} is null
  )
  and not exists (
    select 1 from ${event} where ${event.signalId} = ${signalTable.id}
      and ${event.reason} = 'revised' and ${event.day} = ${signalTable.enteredOn} and ${event.supersededBy} is null
  )
)`;

/** A row is written whole and again whenever a later bar completes it. */
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
        .where(
          and(
            eq(signalTable.exchange, exchange),
            gte(signalTable.enteredOn, since),
            isNull(signalTable.withdrawnBy),
          ),
        )
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
