/** What one correction writes, as the statements of one batch. */
import type { CorrectionSave } from "../../app/ports/correction-ledger.ts";
import { assert } from "../../core/assert.ts";
import { bulkInsert } from "./bulk-insert.ts";
import { gateRow, runRow } from "./run-rows.ts";
import { moveStatements } from "./scan-save.ts";
import { marketGateTable, scanRunTable, signalTable } from "./schema.ts";
import { signalRow, type Writing } from "./signal-rows.ts";
import { versionStatements } from "./signal-versions.ts";

/** Saving the same correction twice leaves what saving it once leaves. */
export function correctionStatements(d1: D1Database, save: CorrectionSave): readonly D1PreparedStatement[] {
  const { run, from, signals, withdrawn, events, outbox, alerts } = save;
  const { exchange } = run;
  assert(run.status !== "running", `Run ${run.id} is saved before it ended`);
  const at = run.finishedAt ?? run.startedAt;
  const writing: Writing = { runId: run.id, at };
  const places = JSON.stringify(save.superseded.map(({ signalId, seq }) => [signalId, seq]));
  for (const { id, exchange: of } of withdrawn) {
    assert(of === exchange, `${id} of ${of} stands in a run of ${exchange}`);
  }
  return [
    ...bulkInsert(d1, scanRunTable, [runRow(run)], { key: [scanRunTable.id], action: "update" }),
    d1.prepare("delete from signal_version where exchange = ?1 and day >= ?2").bind(exchange, from),
    d1.prepare("delete from market_gate where exchange = ?1 and day >= ?2").bind(exchange, from),
    d1
      .prepare(
        `update signal_event set superseded_by = ?1 where superseded_by is null
         and (signal_id, seq) in (select value ->> 0, value ->> 1 from json_each(?2))`,
      )
      .bind(run.id, places),
    d1
      .prepare("delete from outcome where signal_id in (select value from json_each(?))")
      .bind(JSON.stringify(save.reentered)),
    ...bulkInsert(
      d1,
      signalTable,
      withdrawn.map((signal) => ({ ...signalRow(signal, writing), withdrawnBy: run.id })),
      { key: [signalTable.id], action: "update", keep: [signalTable.createdAt] },
    ),
    ...moveStatements(d1, { exchange, ...writing, signals, events, outbox, alerts }),
    ...versionStatements(d1, save.versions, writing),
    ...bulkInsert(
      d1,
      marketGateTable,
      save.gates.map((gate) => gateRow(gate, exchange, writing)),
      { key: [marketGateTable.exchange, marketGateTable.day], action: "update" },
    ),
  ];
}
