/** WS4: the snapshots of streams that begin anew: the whole active list, and the latest gate. */
import type { Exchange } from "../../core/instrument/instrument.ts";
import { encodeMarketGateUpdate } from "../../protocol/messages/market-gate-update.ts";
import { encodeSignalSnapshot } from "../../protocol/messages/signal-update.ts";
import type { Clock } from "../ports/clock.ts";
import type { OutboxMessage, ScanLedger } from "../ports/scan-ledger.ts";

export interface SnapshotPorts {
  readonly clock: Clock;
  readonly ledger: Pick<ScanLedger, "openSignals" | "gates">;
}

/** One message for each stream; none for the gate before the first scan. */
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
