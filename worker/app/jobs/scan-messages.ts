/** What a saved scan tells the world: the changed signals and the gate, as outbox messages (SN4: also when nothing changed). */
import type { MarketGate } from "../../core/gate.ts";
import { isOpen, type Signal } from "../../core/signal.ts";
import { encodeMarketGateUpdate } from "../../protocol/market-gate-update.ts";
import { encodeSignalUpdates } from "../../protocol/signal-update.ts";
import type { OutboxMessage, ScanRun } from "../ports/scan-ledger.ts";

/** `createdAt` gives the first writing of a signal that is older than this run. */
export function scanMessages(
  run: ScanRun,
  at: number,
  signals: readonly Signal[],
  createdAt: ReadonlyMap<string, number>,
  gate: MarketGate,
  openCount: number,
): readonly OutboxMessage[] {
  const upserts = signals
    .filter((signal) => isOpen(signal.state))
    .map((signal) => ({ signal, createdAt: createdAt.get(signal.id) ?? at, updatedAt: at, runId: run.id }));
  const removed = signals.filter((signal) => !isOpen(signal.state)).map((signal) => signal.id);
  const updates = encodeSignalUpdates({ upserts, removed, count: openCount, runId: run.id, at });
  return [...updates, encodeMarketGateUpdate(gate, at)].map((message, i) => ({
    id: `${run.id}:${i + 1}`,
    exchange: run.exchange,
    topic: message.topic,
    body: JSON.stringify(message),
  }));
}
