/** What the simulated scans publish: signals that come, change and go, and a gate, as the bodies of the shipped encoders. */
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { encodeMarketGateUpdate, type SignalUpdate } from "../../../protocol/messages/stream-update.ts";
import { encodeSignalRow } from "../../../protocol/signal-row.ts";
import { makeGate, makeSignal } from "../../builders/signal-builder.ts";
import type { StreamBody } from "../stream-state.ts";

export const SIGNALS = "signal:vcp";
export const GATE = "market_gate";

const AT = Date.UTC(2025, 5, 16);
const SIGNAL_COUNT = 6;

const ROW = encodeSignalRow({ signal: makeSignal(), createdAt: AT, updatedAt: AT, runId: "r" });
const GATE_UPDATE = encodeMarketGateUpdate("KRX", makeGate(), AT);

export interface Published {
  readonly topic: string;
  readonly id: string;
  readonly exchange: Exchange;
  readonly body: StreamBody;
}

export class WireMarket {
  readonly exchange: Exchange;
  readonly #random: () => number;
  readonly #scores = new Map<string, number>();
  #level: number | null = null;
  #messages = 0;

  constructor(exchange: Exchange, random: () => number) {
    this.exchange = exchange;
    this.#random = random;
  }

  moveSignals(): Published {
    const id = `s${Math.floor(this.#random() * SIGNAL_COUNT)}`;
    const isGone = this.#scores.has(id) && this.#random() < 0.4;
    this.#messages += 1;
    if (isGone) {
      this.#scores.delete(id);
    } else {
      this.#scores.set(id, this.#messages);
    }
    const body = this.#signals(isGone ? [] : [id], isGone ? [id] : []);
    return { topic: SIGNALS, id: `${this.exchange} m${this.#messages}`, exchange: this.exchange, body };
  }

  moveGate(): Published {
    this.#messages += 1;
    this.#level = this.#messages;
    const body = gateAt(this.exchange, this.#level);
    return { topic: GATE, id: `${this.exchange} m${this.#messages}`, exchange: this.exchange, body };
  }

  /** The whole of a stream as a switch hands it over; `null`: nothing is known. */
  whole(topic: string): StreamBody | null {
    if (topic === SIGNALS) {
      return { ...this.#signals([...this.#scores.keys()], []), snapshot: true };
    }
    return this.#level === null ? null : gateAt(this.exchange, this.#level);
  }

  #signals(ids: readonly string[], removed: readonly string[]): SignalUpdate {
    return {
      type: "signal_update",
      topic: SIGNALS,
      data: {
        signal_type: "VCP",
        signals: ids.map((id) => ({ ...ROW, id, score: this.#scores.get(id) ?? 0 })),
        removed,
        count: this.#scores.size,
        run_id: "r",
        timestamp: GATE_UPDATE.timestamp,
      },
    };
  }
}

function gateAt(exchange: Exchange, level: number): StreamBody {
  return { ...GATE_UPDATE, exchange, data: { ...GATE_UPDATE.data, level } };
}
