/** A signal's event as a row and back. */
import * as v from "valibot";
import type { StoredEvent } from "../../app/ports/scan-ledger.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { SignalEvent } from "../../core/lifecycle/signal.ts";
import type { signalEventTable } from "./schema.ts";
import type { Writing } from "./signal-rows.ts";
import { check, decode, encode, type Stored } from "./stored-value.ts";
import { day, idOfSignal, number, signalState } from "./vocabulary.ts";

export type SignalEventRow = typeof signalEventTable.$inferSelect;

const VALUES: Stored<SignalEvent["values"]> = v.record(
  v.string(),
  v.nullable(v.union([number, v.string(), v.boolean()])),
);

const EVENT: Stored<Omit<StoredEvent, "values">> = v.object({
  signalId: idOfSignal,
  seq: number,
  day,
  from: v.nullable(signalState),
  to: signalState,
  reason: v.string(),
  at: number,
  runId: v.string(),
});

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
  };
}

export function eventOf(row: SignalEventRow): StoredEvent {
  const what = `event ${row.signalId}/${row.seq}`;
  return { ...check(EVENT, row, what), values: decode(VALUES, row.values, what) };
}
