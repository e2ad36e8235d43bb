/** The messages of the streams, as a scan saves them to the outbox; a topic adds epoch and seq. */
import * as v from "valibot";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { MarketGate } from "../../core/scan/gate.ts";
import { encodeMarketGate, MarketGateData } from "../market-gate.ts";
import { encodeSignalRow, MAX_ROW_BYTES, SignalRow, type WrittenSignal } from "../signal-row.ts";
import { formatKst } from "../format.ts";
import { Count, ExchangeName, KstTime, listOf } from "../vocabulary.ts";

/** The bound of WS9 on a stream message, in bytes of UTF-8. */
export const MAX_MESSAGE_BYTES = 65_536;

/** Rows and removed ids in one message: 56 rows of at most 1 KB and 56 ids of at most 64 bytes leave 4 KB for the rest. */
const PER_MESSAGE = Math.floor((MAX_MESSAGE_BYTES - 4_096) / (MAX_ROW_BYTES + 68));

/** The list of signals, whole or as a change, in the order of its stream. */
export const SignalUpdate = v.object({
  type: v.literal("signal_update"),
  topic: v.literal("signal:vcp"),
  /** `signals` is the whole active list: replace. Otherwise they are upserts, and `removed` ids to drop. */
  snapshot: v.optional(v.literal(true)),
  data: v.object({
    signal_type: v.literal("VCP"),
    signals: listOf(SignalRow),
    removed: listOf(v.string()),
    /** Active signals after this change, the same in every part. */
    count: Count,
    /** `null` when no run caused the change. */
    run_id: v.nullable(v.string()),
    timestamp: KstTime,
    part: v.optional(Count),
    parts: v.optional(Count),
    omitted: v.optional(Count),
  }),
});
export type SignalUpdate = v.InferOutput<typeof SignalUpdate>;

interface SignalChange {
  readonly upserts: readonly WrittenSignal[];
  /** Ids that left the active list. */
  readonly removed: readonly string[];
  readonly count: number;
  readonly runId: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** At least one message, also for a change of nothing (SN4); `part` counts from 1 and stands there only when there are several. */
export function encodeSignalUpdates(change: SignalChange): readonly SignalUpdate[] {
  const rows = change.upserts.map(encodeSignalRow);
  const parts = Math.max(1, Math.ceil(Math.max(rows.length, change.removed.length) / PER_MESSAGE));
  return Array.from({ length: parts }, (_, index) => {
    const from = index * PER_MESSAGE;
    return {
      type: "signal_update",
      topic: "signal:vcp",
      data: {
        signal_type: "VCP",
        signals: rows.slice(from, from + PER_MESSAGE),
        removed: change.removed.slice(from, from + PER_MESSAGE),
        count: change.count,
        run_id: change.runId,
        timestamp: formatKst(change.at),
        ...(parts > 1 && { part: index + 1, parts }),
      },
    };
  });
}

/** WS9: the most rows of a snapshot; the rest is counted in `omitted`. */
const MAX_ACTIVE = 500;

/** The whole active list in one message, the best scores first when there are more than {@link MAX_ACTIVE}. */
export function encodeSignalSnapshot(active: readonly WrittenSignal[], at: number): SignalUpdate {
  const best = active.toSorted((a, b) => b.signal.score - a.signal.score);
  const rows = best.slice(0, MAX_ACTIVE).map(encodeSignalRow);
  const omitted = active.length - rows.length;
  return {
    type: "signal_update",
    topic: "signal:vcp",
    snapshot: true,
    data: {
      signal_type: "VCP",
      signals: rows,
      removed: [],
      count: active.length,
      run_id: best[0]?.runId ?? null,
      timestamp: formatKst(at),
      ...(omitted > 0 && { omitted }),
    },
  };
}

/** The gate after a scan. */
export const MarketGateUpdate = v.object({
  type: v.literal("market_gate_update"),
  topic: v.literal("market_gate"),
  /** It is not in the data, and the message about a switch of the exchange may come later. */
  exchange: ExchangeName,
  snapshot: v.optional(v.literal(true)),
  data: MarketGateData,
  timestamp: KstTime,
});
export type MarketGateUpdate = v.InferOutput<typeof MarketGateUpdate>;

/** `at` in milliseconds since the epoch. */
export function encodeMarketGateUpdate(exchange: Exchange, gate: MarketGate, at: number): MarketGateUpdate {
  return {
    type: "market_gate_update",
    topic: "market_gate",
    exchange,
    data: encodeMarketGate(gate),
    timestamp: formatKst(at),
  };
}
