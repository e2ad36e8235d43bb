/** What runs inside the browser for the bench of the list: a socket that answers and moves prices, and what was drawn meanwhile. */
import { GATE } from "../../web/e2e/stub-market.ts";
import type { SignalRow } from "../protocol/signal-row.ts";

/** Batches a second, as the server sends them. */
const HZ = 20;

/**
 * Before any other script. What was drawn is asked with `takeFigures()`; `pressEach(selector, ms)` presses one control after the
 * other, and the second of them (the whole list) in between, until `pressNone()`.
 */
export const FRAMES_PROBE = `(() => {
  let [frames, longTasks, presses, timer] = [[], [], [], 0];
  globalThis.ticks = 0;
  let last = null;
  requestAnimationFrame(function frame(at) {
    if (last !== null) frames.push(at - last);
    last = at;
    requestAnimationFrame(frame);
  });
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  globalThis.takeFigures = () => {
    const figures = { frames, longTasks, presses, ticks: globalThis.ticks };
    [frames, longTasks, presses] = [[], [], []];
    globalThis.ticks = 0;
    return figures;
  };
  let turn = 0;
  globalThis.pressEach = (selector, ms) => {
    timer = setInterval(() => {
      const all = [...document.querySelectorAll(selector)].filter((one) => one.offsetParent !== null);
      const from = performance.now();
      // Every other press brings the whole list back: each control acts on all rows.
      const whole = all[1];
      (turn % 2 === 0 ? whole : all[(turn >> 1) % all.length])?.click();
      turn += 1;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => presses.push(performance.now() - from);
      requestAnimationFrame(() => channel.port2.postMessage(0));
    }, ms);
  };
  globalThis.pressNone = () => clearInterval(timer);
})()`;

/** Before any other script: a `WebSocket` without a server, which moves `rate` prices a second of those that are subscribed. */
export function socketInPage(rows: readonly SignalRow[], rate: number): string {
  return `(() => {
  const rows = ${JSON.stringify(rows)};
  const gate = ${JSON.stringify(GATE)};
  const stamp = () => new Date(Date.now() + 9 * 3600000).toISOString().slice(0, -1) + "+09:00";
  let [next, seq] = [0, 1];

  class Socket extends EventTarget {
    static OPEN = 1;
    readyState = 0;
    #topics = [];
    constructor() {
      super();
      setTimeout(() => {
        this.readyState = 1;
        this.dispatchEvent(new Event("open"));
        this.#say({ type: "connected", client_id: "c1", protocol: 1, build: "bench", exchange: "KRX", server_time: stamp(), heartbeat_ms: 25000, tick_ms: 250, max_topics: 5000 });
        setInterval(() => this.#move(), ${1_000 / HZ});
      }, 0);
    }
    #say(message) {
      const event = new MessageEvent("message", { data: JSON.stringify(message) });
      this.dispatchEvent(event);
      this.onmessage?.(event);
    }
    send(text) {
      const message = JSON.parse(text);
      if (message.type === "ping") this.#say({ type: "pong" });
      if (message.type !== "subscribe") return;
      for (const topic of message.topics ?? [message.topic]) {
        this.#say({ type: "subscribed", topic, epoch: "e1", seq, recovered: false });
        const head = { topic, epoch: "e1", seq, timestamp: stamp(), snapshot: true };
        if (topic === "signal:vcp") {
          this.#say({ ...head, type: "signal_update", data: { signal_type: "VCP", signals: rows, removed: [], count: rows.length, run_id: rows[0].run_id, timestamp: stamp() } });
        } else if (topic === "market_gate") {
          this.#say({ ...head, type: "market_gate_update", exchange: "KRX", data: gate });
        } else if (topic === "feed") {
          this.#say({ ...head, type: "feed_update", data: { exchange: "KRX", state: "live", source: "bench", clock: stamp(), session: "open", tickers: rows.length } });
        } else if (topic.startsWith("price:")) {
          this.#topics.push(topic);
        }
      }
    }
    #move() {
      if (this.#topics.length === 0) return;
      const batch = [];
      for (let i = 0; i < ${rate / HZ}; i++) {
        const at = next++ % this.#topics.length;
        const price = 50000 + ((next * 7919) % 9973);
        seq += 1;
        batch.push({ type: "price_update", topic: this.#topics[at], ticker: this.#topics[at].slice(6), epoch: "e1", seq, timestamp: stamp(), source: "bench", data: { price, change: 1, change_rate: (next % 60) / 10 - 3, volume: 1, bid_price: price, ask_price: price, high: price, low: price, session: "open", stale: false } });
      }
      globalThis.ticks += batch.length;
      this.#say(batch);
    }
    close() {}
  }
  globalThis.WebSocket = Socket;

})()`;
}
