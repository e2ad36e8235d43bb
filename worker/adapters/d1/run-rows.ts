/** What a scan leaves beside its signals, as rows and back: the run, its gate and the events. */
import * as v from "valibot";
import type { RunKind, RunStatus, ScanRun, StoredEvent } from "../../app/ports/scan-ledger.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SignalEvent } from "../../core/lifecycle/signal.ts";
import { FINDING_KINDS } from "../../core/session/finding.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { marketGateTable, scanRunTable, signalEventTable } from "./schema.ts";
import type { Writing } from "./signal-rows.ts";
import {
  accept,
  check,
  day,
  decode,
  encode,
  exchange as exchangeName,
  gateStatus,
  idOfSignal,
  market,
  number,
  oneOf,
  signalState,
  type Stored,
} from "./stored-value.ts";

type ScanRunRow = typeof scanRunTable.$inferSelect;

type Columns = Omit<ScanRun, keyof Detail>;
type Detail = Pick<ScanRun, "request" | "funnel" | "rejects" | "diff" | "judgedFrom">;

/** A run of an earlier law has that law's rules: a name is kept as it is. */
const RULE = v.pipe(v.string(), v.regex(/^[A-Za-z]\w{0,31}$/u));

const IDS = v.array(v.string());

const DETAIL: Stored<Detail> = v.object({
  // A run that was saved before findings could be accepted has none.
  request: v.object({
    market: v.nullable(market),
    topN: number,
    minScore: number,
    accept: v.optional(v.array(v.picklist(FINDING_KINDS)), []),
  }),
  funnel: v.nullable(
    v.object({ universe: number, eligible: number, template: number, base: number, detected: number }),
  ),
  rejects: v.nullable(v.record(RULE, number)),
  diff: v.nullable(
    v.object({ born: IDS, revised: IDS, moved: IDS, ended: IDS, corrected: v.exactOptional(IDS) }),
  ),
  judgedFrom: v.exactOptional(day),
});

const COLUMNS: Stored<Columns> = v.object({
  id: v.string(),
  exchange: exchangeName,
  kind: oneOf<RunKind>({ manual: true, cron: true, session: true, correction: true }),
  status: oneOf<RunStatus>({ running: true, done: true, failed: true, skipped: true }),
  asOf: v.nullable(day),
  paramsVersion: v.string(),
  startedAt: number,
  finishedAt: v.nullable(number),
  saved: number,
  reason: v.nullable(v.string()),
});

/** Columns that are queried stand alone; the rest is one JSON value. */
export function runRow(run: ScanRun): ScanRunRow {
  return { ...accept(COLUMNS, run, `Run ${run.id}`), detail: encode(DETAIL, run, `Run ${run.id}`) };
}

/** A row that its schema refuses is a broken invariant, and names the run. */
export function runOf(row: ScanRunRow): ScanRun {
  const what = `run ${row.id}`;
  return { ...check(COLUMNS, row, what), ...decode(DETAIL, row.detail, what) };
}

type MarketGateRow = typeof marketGateTable.$inferSelect;

const INDEX = v.nullable(v.object({ close: number, change: v.nullable(number) }));

const GATE: Stored<MarketGate> = v.object({
  day,
  status: gateStatus,
  level: v.nullable(number),
  confidence: number,
  indices: v.object({ KOSPI: INDEX, KOSDAQ: INDEX }),
  components: v.array(
    v.object({
      id: v.string(),
      value: v.nullable(number),
      threshold: v.nullable(number),
      points: v.nullable(number),
      max: number,
    }),
  ),
  sectors: v.array(v.object({ sector: v.string(), count: number, change: number, aboveMean50: number })),
});

/** One gate a session: a later scan of the session replaces it. */
export function gateRow(gate: MarketGate, exchange: Exchange, writing: Writing): MarketGateRow {
  return {
    exchange,
    day: gate.day,
    status: gate.status,
    level: gate.level,
    confidence: gate.confidence,
    updatedAt: writing.at,
    runId: writing.runId,
    detail: encode(GATE, gate, `Gate of day ${gate.day}`),
  };
}

/** The gate as it was saved. */
export function gateOf(row: Pick<MarketGateRow, "day" | "detail">): MarketGate {
  return decode(GATE, row.detail, `gate of day ${row.day}`);
}

type SignalEventRow = typeof signalEventTable.$inferSelect;

const VALUES: Stored<SignalEvent["values"]> = v.record(
  v.string(),
  v.nullable(v.union([number, v.string(), v.boolean()])),
);

const EVENT: Stored<Omit<StoredEvent, "values" | "supersededBy">> = v.object({
  signalId: idOfSignal,
  seq: number,
  day,
  from: v.nullable(signalState),
  to: signalState,
  reason: v.string(),
  at: number,
  runId: v.string(),
});

/** `seq` counts within the signal, and makes a second write of the event a conflict. */
export function eventRow(event: SignalEvent, exchange: Exchange, writing: Writing): SignalEventRow {
  const { signalId, seq, from, to, reason } = event;
  const values = encode(VALUES, event.values, `Event ${signalId}/${seq}`);
  return {
    signalId,
    seq,
    exchange,
    day: event.day,
    from,
    to,
    reason,
    values,
    at: writing.at,
    runId: writing.runId,
    supersededBy: null,
  };
}

/** The event with the time and the run of its writing. */
export function eventOf(row: SignalEventRow): StoredEvent {
  const what = `event ${row.signalId}/${row.seq}`;
  const { supersededBy } = row;
  return {
    ...check(EVENT, row, what),
    values: decode(VALUES, row.values, what),
    ...(supersededBy !== null && { supersededBy }),
  };
}
