/** What one scan writes, as the statements of one batch: run, signals, events, gate, outbox. */
import type { ScanSave } from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { eventRow } from "./event-rows.ts";
import { gateRow } from "./gate-rows.ts";
import { runRow } from "./run-rows.ts";
import { marketGateTable, outboxTable, scanRunTable, signalEventTable, signalTable } from "./schema.ts";
import { signalRow, type Writing } from "./signal-rows.ts";

/** Saving the same scan twice leaves what saving it once leaves. */
export function saveStatements(d1: D1Database, save: ScanSave): readonly D1PreparedStatement[] {
  const { run, signals, events, gate, outbox } = save;
  assert(run.status !== "running", `Run ${run.id} is saved before it ended`);
  for (const row of [...signals, ...outbox]) {
    assert(row.exchange === run.exchange, `${row.id} of ${row.exchange} stands in a run of ${run.exchange}`);
  }
  const writing: Writing = { runId: run.id, at: run.finishedAt ?? run.startedAt };
  return [
    ...bulkInsert(d1, scanRunTable, [runRow(run)], { key: [scanRunTable.id], action: "update" }),
    ...bulkInsert(
      d1,
      signalTable,
      signals.map((signal) => signalRow(signal, writing)),
      { key: [signalTable.id], action: "update", keep: [signalTable.createdAt] },
    ),
    // LC2: history is never edited; an event that stands already stays as it was first told.
    ...bulkInsert(
      d1,
      signalEventTable,
      events.map((event) => eventRow(event, run.exchange, writing)),
      { key: [signalEventTable.signalId, signalEventTable.seq], action: "ignore" },
    ),
    ...bulkInsert(d1, marketGateTable, [gateRow(gate, run.exchange, writing)], {
      key: [marketGateTable.exchange, marketGateTable.day],
      action: "update",
    }),
    ...bulkInsert(
      d1,
      outboxTable,
      outbox.map(({ id, exchange, topic, body }) => ({ id, exchange, topic, body, createdAt: writing.at })),
      { key: [outboxTable.id], action: "ignore" },
    ),
  ];
}
