/** What one scan writes, as the statements of one batch: run, signals, events, gate, outbox. */
import type { MovesSave, ScanSave } from "../../app/ports/scan-ledger.ts";
import { assert } from "../../core/assert.ts";
import { alertStatements } from "./alert-rows.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { eventRow, gateRow, runRow } from "./run-rows.ts";
import { marketGateTable, outboxTable, scanRunTable, signalEventTable, signalTable } from "./schema.ts";
import { signalRow, type Writing } from "./signal-rows.ts";
import { firstVersionStatements, versionsOf, versionStatements } from "./signal-versions.ts";

/** Saving the same scan twice leaves what saving it once leaves. */
export function saveStatements(d1: D1Database, save: ScanSave): readonly D1PreparedStatement[] {
  const { run, gate, ...moves } = save;
  assert(run.status !== "running", `Run ${run.id} is saved before it ended`);
  const at = run.finishedAt ?? run.startedAt;
  const writing: Writing = { runId: run.id, at };
  return [
    ...firstVersionStatements(d1, run.exchange, writing),
    ...bulkInsert(d1, scanRunTable, [runRow(run)], { key: [scanRunTable.id], action: "update" }),
    ...versionStatements(d1, versionsOf(moves.signals, run.asOf), writing),
    ...moveStatements(d1, { ...moves, exchange: run.exchange, ...writing }),
    ...bulkInsert(d1, marketGateTable, [gateRow(gate, run.exchange, writing)], {
      key: [marketGateTable.exchange, marketGateTable.day],
      action: "update",
    }),
  ];
}

/** Signals, their events and what is to be published of them. */
export function moveStatements(d1: D1Database, save: MovesSave): readonly D1PreparedStatement[] {
  const { exchange, runId, at, signals, events, outbox, alerts } = save;
  for (const row of [...signals, ...outbox, ...alerts]) {
    assert(row.exchange === exchange, `${row.id} of ${row.exchange} stands in a run of ${exchange}`);
  }
  const writing: Writing = { runId, at };
  return [
    ...bulkInsert(
      d1,
      signalTable,
      signals.map((signal) => signalRow(signal, writing)),
      { key: [signalTable.id], action: "update", keep: [signalTable.createdAt] },
    ),
    // LC2: history is never edited; an event that is stored already stays as it is.
    ...bulkInsert(
      d1,
      signalEventTable,
      events.map((event) => eventRow(event, exchange, writing)),
      { key: [signalEventTable.signalId, signalEventTable.seq], action: "ignore" },
    ),
    ...bulkInsert(
      d1,
      outboxTable,
      outbox.map((message) => ({ ...message, createdAt: at })),
      { key: [outboxTable.id], action: "ignore" },
    ),
    ...alertStatements(d1, alerts),
  ];
}
