/** The message that carries a new market gate, as the scan saves it to the outbox; its topic adds epoch and seq. */
import * as v from "valibot";
import type { MarketGate } from "../../core/scan/gate.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { formatKst } from "../kst-time.ts";
import { encodeMarketGate, MarketGateData } from "../market-gate.ts";
import { ExchangeName, KstTime } from "../vocabulary.ts";

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
