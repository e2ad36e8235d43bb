/** What the simulated server publishes: signals, a gate and prices that move by chance, in the protocol's own shapes. */
import { formatKst } from "../../worker/protocol/format.ts";
import type { MarketGateData } from "../../worker/protocol/market-gate.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { SimulatedServer } from "./simulated-server.ts";
import type { SimulatedTime } from "./simulated-time.ts";
import { SimulatedTopic } from "./simulated-topic.ts";

const STATES: readonly SignalRow["state"][] = ["FORMING", "READY", "TRIGGERED", "CONFIRMED"];
const NO_INDEX = { kospi: null, kospi_change_pct: null, kosdaq: null, kosdaq_change_pct: null };
const NO_QUOTE = {
  change: null,
  change_rate: null,
  volume: null,
  bid_price: null,
  ask_price: null,
  high: null,
  low: null,
};

/** A server with content, for tests of the stores and of the socket. */
export class SimulatedMarket {
  readonly server: SimulatedServer;
  readonly rows = new Map<string, SignalRow>();
  readonly prices = new Map<string, number>();
  gate: MarketGateData | null = null;
  /** The exchange that the gate's messages name. */
  exchange: "KRX" | "DEMO" = "KRX";
  readonly #time: SimulatedTime;
  readonly #random: () => number;
  readonly #row: SignalRow;

  /** `row` is any row: its values do not matter, only that they change. */
  constructor(time: SimulatedTime, random: () => number, row: SignalRow, tickers: readonly string[]) {
    this.#time = time;
    this.#random = random;
    this.#row = row;
    this.server = new SimulatedServer(time, random);
    this.#add("signal:vcp", true, () => ({
      ...this.#signalMessage([...this.rows.values()], []),
      snapshot: true,
    }));
    this.#add("market_gate", true, () => ({ ...this.#gateMessage(), snapshot: true }));
    for (const ticker of tickers) {
      this.#add(`price:${ticker}`, false, () => this.#priceMessage(ticker));
    }
  }

  /** Upserts one signal, or drops one. */
  moveSignals(): void {
    const id = `s${Math.floor(this.#random() * 12)}`;
    if (this.rows.has(id) && this.#random() < 0.4) {
      this.rows.delete(id);
      this.#publish("signal:vcp", this.#signalMessage([], [id]));
    } else {
      this.putSignal(id, STATES[Math.floor(this.#random() * STATES.length)] ?? "READY");
    }
  }

  putSignal(id: string, state: SignalRow["state"]): void {
    const row: SignalRow = { ...this.#row, id, state, score: Math.floor(this.#random() * 100) };
    this.rows.set(id, row);
    this.#publish("signal:vcp", this.#signalMessage([row], []));
  }

  moveGate(): void {
    const level = Math.floor(this.#random() * 100);
    const empty = { ...NO_INDEX, components: [], sectors: [] };
    this.gate = { as_of: "2025-06-13", status: "GREEN", level, confidence: 1, ...empty };
    this.#publish("market_gate", this.#gateMessage());
  }

  movePrice(ticker: string): void {
    this.prices.set(ticker, Math.floor(this.#random() * 100_000));
    this.#publish(`price:${ticker}`, this.#priceMessage(ticker));
  }

  /** A store that was restored: every stream begins a new epoch, and one signal is gone. */
  renew(): void {
    this.rows.delete([...this.rows.keys()][0] ?? "");
    for (const name of ["signal:vcp", "market_gate"]) {
      const topic = this.server.topic(name);
      this.server.publish(name, topic.renew(Math.ceil(this.#random() * topic.seq)));
    }
  }

  #add(name: string, isStream: boolean, snapshot: () => object): void {
    this.server.topics.set(name, new SimulatedTopic(name, { isStream, snapshot }));
  }

  #publish(name: string, message: object): void {
    this.server.publish(name, this.server.topic(name).append(message));
  }

  #signalMessage(signals: readonly SignalRow[], removed: readonly string[]): object {
    const count = this.rows.size;
    const timestamp = this.#timestamp;
    return {
      type: "signal_update",
      data: { signal_type: "VCP", signals, removed, count, run_id: null, timestamp },
    };
  }

  #gateMessage(): object {
    return {
      type: "market_gate_update",
      exchange: this.exchange,
      data: this.gate,
      timestamp: this.#timestamp,
    };
  }

  #priceMessage(ticker: string): object {
    const data = { price: this.prices.get(ticker), ...NO_QUOTE, session: "open", stale: false };
    return { type: "price_update", ticker, data, timestamp: this.#timestamp, source: "demo" };
  }

  get #timestamp(): string {
    return formatKst(this.#time.server());
  }
}
