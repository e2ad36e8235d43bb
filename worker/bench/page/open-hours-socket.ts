/** What runs inside the browser for the bench of a page that stays open: time that goes faster, and a server's day of messages. */
import { GATE } from "../../../web/e2e/stub-market.ts";
import type { SignalRow } from "../../protocol/signal-row.ts";

/**
 * Before any other script: every clock and timer of the page goes `factor` times as fast, and `trueTimeout` as usual. Frames are
 * drawn as they are.
 */
export function fasterTime(factor: number): string {
  return `(() => {
  const factor = ${factor};
  const [date, started] = [Date, Date.now()];
  const now = performance.now.bind(performance);
  const [timeout, interval] = [setTimeout, setInterval];
  const zero = now();
  performance.now = () => zero + (now() - zero) * factor;
  globalThis.Date = class extends date {
    constructor(...args) {
      super(...(args.length === 0 ? [globalThis.Date.now()] : args));
    }
    static now() {
      return Math.round(started + (now() - zero) * factor);
    }
  };
  globalThis.trueTimeout = timeout.bind(globalThis);
  globalThis.setTimeout = (run, ms = 0, ...args) => timeout(run, ms / factor, ...args);
  globalThis.setInterval = (run, ms = 0, ...args) => interval(run, ms / factor, ...args);
})();`;
}

/** Simulated milliseconds between two batches of prices, and how many of the subscribed stocks move in one: one in four. */
const BATCH_MS = 1_000;
const SHARE = 4;
/** Simulated time between two moves of a signal by the feed, two scans, two rows of the gate, and two lost connections. */
const MOVE_MS = 5 * 60_000;
const SCAN_MS = 60 * 60_000;
const LOSS_MS = 47 * 60_000;

/** What its messages are made of. */
const MESSAGES = `
  const gate = ${JSON.stringify(GATE)};
  const states = ["READY", "TRIGGERED", "CONFIRMED", "SQUAT", "EXTENDED", "FORMING"];
  const stamp = () => new Date(Date.now() + 9 * 3600000).toISOString().slice(0, -1) + "+09:00";
  const sent = (globalThis.sent = { prices: 0, moves: 0, scans: 0, sockets: 0 });
  const open = new Set();
  const seqs = new Map();
  let [turn, born, runs] = [0, 0, 0];
  const placeOf = (topic) => ({ topic, epoch: "e1", seq: seqs.get(topic) ?? 1, timestamp: stamp() });
  const next = (topic) => {
    seqs.set(topic, (seqs.get(topic) ?? 1) + 1);
    return placeOf(topic);
  };
  const listData = (signals, removed) => ({ signal_type: "VCP", signals, removed, count: rows.length, run_id: "run-" + runs, timestamp: stamp() });
  const priceOf = (topic) => {
    const row = rows.find(({ ticker }) => ticker === topic.slice(6));
    const price = Math.round((row?.pivot ?? 50000) * (0.97 + ((turn * 7919) % 600) / 10000));
    return { ...next(topic), type: "price_update", ticker: topic.slice(6), source: "bench", data: { price, change: 1, change_rate: ((turn * 31) % 60) / 10 - 3, volume: 1000 + turn, bid_price: price, ask_price: price, open: price, high: price, low: price, session: "open", stale: false } };
  };
  const publish = (topic, message) => {
    for (const socket of open) socket.publish(topic, message);
  };
  const move = (row, state) => ({ ...row, state, updated_at: stamp(), triggered_on: state === "READY" || state === "FORMING" ? null : "2025-06-13" });
`;

/** Greets, answers subscriptions with what is current, and sends what is published. */
const SOCKET = `
  class Socket extends EventTarget {
    static OPEN = 1;
    readyState = 0;
    #topics = new Set();
    constructor() {
      super();
      sent.sockets += 1;
      setTimeout(() => {
        this.readyState = 1;
        open.add(this);
        this.#emit(new Event("open"));
        this.#message({ type: "connected", client_id: "c" + sent.sockets, protocol: 1, build: "bench", exchange: "KRX", server_time: stamp(), heartbeat_ms: 25000, tick_ms: 250, max_topics: 5000 });
      }, 20);
    }
    #emit(event) {
      this.dispatchEvent(event);
      this["on" + event.type]?.(event);
    }
    #message(message) {
      this.#emit(new MessageEvent("message", { data: JSON.stringify(message) }));
    }
    publish(topic, message) {
      if (this.#topics.has(topic)) this.#message(message);
    }
    prices() {
      const topics = [...this.#topics].filter((topic) => topic.startsWith("price:"));
      const batch = topics.filter((_, i) => (i + turn) % ${SHARE} === 0).map(priceOf);
      if (batch.length > 0) this.#message(batch);
      sent.prices += batch.length;
    }
    send(text) {
      const message = JSON.parse(text);
      if (message.type === "ping") this.#message({ type: "pong" });
      for (const topic of message.topics ?? [message.topic]) {
        if (message.type === "unsubscribe") this.#topics.delete(topic);
        if (message.type !== "subscribe") continue;
        this.#topics.add(topic);
        this.#message({ type: "subscribed", ...placeOf(topic), recovered: false });
        const head = { ...placeOf(topic), snapshot: true };
        if (topic === "signal:vcp") this.#message({ ...head, type: "signal_update", data: listData(rows, []) });
        if (topic === "market_gate") this.#message({ ...head, type: "market_gate_update", exchange: "KRX", data: gate });
        if (topic === "feed") this.#message({ ...head, type: "feed_update", data: { exchange: "KRX", state: "live", source: "bench", clock: stamp(), session: "open", tickers: rows.length } });
      }
    }
    close() {
      if (this.readyState === 3) return;
      this.readyState = 3;
      open.delete(this);
      setTimeout(() => this.#emit(new CloseEvent("close", { code: 1006 })), 0);
    }
  }
  globalThis.WebSocket = Socket;
`;

/** What happens when. */
const DAY = `
  setInterval(() => {
    turn += 1;
    for (const socket of open) socket.prices();
  }, ${BATCH_MS});
  setInterval(() => {
    sent.moves += 1;
    const at = (sent.moves * 7) % rows.length;
    const moved = move(rows[at], states[sent.moves % states.length]);
    rows = rows.with(at, moved);
    publish("signal:vcp", { ...next("signal:vcp"), type: "signal_update", data: listData([moved], []) });
  }, ${MOVE_MS});
  setInterval(() => {
    runs += 1;
    sent.scans += 1;
    publish("scan", { ...next("scan"), type: "scan_update", exchange: "KRX", data: { run_id: null, stage: "idle", done: 0, total: 0, ended: { run_id: "run-" + runs, status: "done", saved: 8, reason: null } } });
    const ended = rows.slice(0, 8);
    const fresh = ended.map((row) => {
      born += 1;
      const ticker = String(300000 + born);
      return { ...move(row, "READY"), id: ticker + ".20250304.20250519", ticker, name: row.name + born, created_at: stamp(), run_id: "run-" + runs };
    });
    rows = [...rows.slice(8), ...fresh];
    publish("signal:vcp", { ...next("signal:vcp"), type: "signal_update", data: listData(fresh, ended.map(({ id }) => id)) });
  }, ${SCAN_MS});
  setInterval(() => {
    for (const socket of [...open]) socket.close();
  }, ${LOSS_MS});
`;

/**
 * Before any other script, behind {@link fasterTime}: a `WebSocket` without a server. Each second a quarter of the prices that are
 * subscribed moves, every five minutes a signal, every hour a scan brings eight signals and ends eight, and every 47 minutes the
 * connection is lost. What it sent is counted in `sent`.
 */
export function dayInPage(rows: readonly SignalRow[]): string {
  return `(() => {
  let rows = ${JSON.stringify(rows)};${MESSAGES}${SOCKET}${DAY}})();`;
}
