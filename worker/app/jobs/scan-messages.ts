/** The messages of streams: of a saved scan (SN4: also when nothing changed), of moves in a session, and snapshots (WS4). */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { isOpen, type Signal } from "../../core/lifecycle/signal.ts";
import type { Ticker } from "../../core/nominal.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import {
  encodeMarketGateUpdate,
  encodeSignalSnapshot,
  encodeSignalUpdates,
  type MarketGateUpdate,
  type SignalUpdate,
} from "../../protocol/messages/stream-update.ts";
import type { Clock } from "../ports/clock.ts";
import type { OutboxMessage, ScanLedger, ScanRun, StoredSignal } from "../ports/scan-ledger.ts";

/** What a row shows that the signal itself does not have. */
export interface RowFacts {
  /** The first writing, by signal, of those that are older than this run. */
  readonly createdAt: ReadonlyMap<string, number>;
  /** The English name by ticker. */
  readonly nameEn: (ticker: Ticker) => string | null;
}

/** `gate` is `null` when there is none. */
export function scanMessages(
  run: ScanRun,
  at: number,
  signals: readonly Signal[],
  facts: RowFacts,
  gate: MarketGate | null,
  openCount: number,
): readonly OutboxMessage[] {
  const updates = updatesOf(signals, facts, openCount, run.id, at);
  const gates = gate === null ? [] : [encodeMarketGateUpdate(run.exchange, gate, at)];
  return outbox(run.id, run.exchange, [...updates, ...gates]);
}

/** The messages of moves inside a session. `id` must differ from that of every other message. */
export function moveMessages(
  id: string,
  exchange: Exchange,
  moved: readonly StoredSignal[],
  openCount: number,
  runId: string,
  at: number,
): readonly OutboxMessage[] {
  const createdAt = new Map(moved.map((stored) => [stored.signal.id, stored.createdAt]));
  const names = new Map(moved.map(({ signal, nameEn }) => [signal.ticker, nameEn]));
  const facts = { createdAt, nameEn: (ticker: Ticker) => names.get(ticker) ?? null };
  const signals = moved.map(({ signal }) => signal);
  return outbox(id, exchange, updatesOf(signals, facts, openCount, runId, at));
}

function updatesOf(
  signals: readonly Signal[],
  { createdAt, nameEn }: RowFacts,
  count: number,
  runId: string,
  at: number,
): readonly SignalUpdate[] {
  const upserts = signals
    .filter((signal) => isOpen(signal.state))
    .map((signal) => ({
      signal,
      createdAt: createdAt.get(signal.id) ?? at,
      updatedAt: at,
      runId,
      nameEn: nameEn(signal.ticker),
    }));
  const removed = signals.filter((signal) => !isOpen(signal.state)).map((signal) => signal.id);
  return encodeSignalUpdates({ upserts, removed, count, runId, at });
}

function outbox(
  id: string,
  exchange: Exchange,
  messages: readonly (SignalUpdate | MarketGateUpdate)[],
): readonly OutboxMessage[] {
  return messages.map((message, i) => ({
    id: `${id}:${i + 1}`,
    exchange,
    topic: message.topic,
    body: JSON.stringify(message),
  }));
}

interface SnapshotPorts {
  readonly clock: Clock;
  readonly ledger: Pick<ScanLedger, "openSignals" | "gates">;
}

/** WS4: one message for each stream that begins anew; none for the gate before the first scan. */
export async function streamSnapshots(
  exchange: Exchange,
  { clock, ledger }: SnapshotPorts,
): Promise<readonly OutboxMessage[]> {
  const at = clock.now();
  const signals = encodeSignalSnapshot(await ledger.openSignals(exchange), at);
  const [gate] = await ledger.gates(exchange, 1);
  const messages = [
    signals,
    ...(gate ? [{ ...encodeMarketGateUpdate(exchange, gate, at), snapshot: true }] : []),
  ];
  return messages.map((message) => ({
    id: `${exchange.toLowerCase()}-snapshot-${at.toString(36)}:${message.topic}`,
    exchange,
    topic: message.topic,
    body: JSON.stringify(message),
  }));
}
