/** Messages that the tests of the subscriptions put before them, and a server that answers with the whole of empty topics. */
import type { Subscribe, Unsubscribe } from "../../worker/protocol/messages/client-message.ts";
import type { Subscriptions } from "./subscriptions.ts";

export const EPOCH = "e1";

/** Answers every `subscribe` of `messages` with the whole of an empty topic. */
export function answer(subscriptions: Subscriptions, messages: readonly (Subscribe | Unsubscribe)[]): void {
  for (const message of messages) {
    for (const topic of message.type === "subscribe" ? (message.topics ?? []) : []) {
      const { id } = message;
      subscriptions.onSubscribed({ type: "subscribed", topic, epoch: EPOCH, seq: 0, recovered: false, id });
    }
  }
}

export const gate = (seq: number) =>
  ({
    type: "market_gate_update",
    topic: "market_gate",
    exchange: "KRX",
    epoch: EPOCH,
    seq,
    timestamp: "2025-06-13T09:00:00.000+09:00",
    data: {
      as_of: "2025-06-13",
      status: "GREEN",
      level: seq,
      confidence: 1,
      kospi: null,
      kospi_change_pct: null,
      kosdaq: null,
      kosdaq_change_pct: null,
      components: [],
      sectors: [],
    },
  }) as const;

export const scan = (epoch: string, seq: number) =>
  ({
    type: "scan_update",
    topic: "scan",
    exchange: "KRX",
    epoch,
    seq,
    data: { run_id: null, stage: "idle", done: seq, total: 9, ended: null },
    timestamp: "2025-06-13T09:00:00.000+09:00",
  }) as const;
