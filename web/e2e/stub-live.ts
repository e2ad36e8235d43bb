/** The live half of the server in the browser itself: it greets, answers subscriptions with what is current, and sends what a test lets it. */
import type { Page, WebSocketRoute } from "playwright-core";
import * as v from "valibot";
import { ClientMessage, topicsOf } from "../../worker/protocol/messages/client-message.ts";
import type { FeedStatusBody, PriceUpdate, ScanUpdate } from "../../worker/protocol/messages/live-update.ts";
import type { SignalRow } from "../../worker/protocol/signal-row.ts";
import { closeOf, GATE } from "./stub-market.ts";
import { ROWS } from "./stub-signals.ts";
import { StubbedTopics, type TopicMessage } from "./stub-topics.ts";

const LIST = "signal:vcp";

/** What a test sends waits until the page follows its topic, so that no test depends on who is first; unless nothing reaches the page. */
export interface StubbedLive {
  /** A price of the session, and its change in per cent; `session` has what else differs from that price alone. */
  tick(
    ticker: string,
    price: number,
    changeRate: number,
    session?: Partial<PriceUpdate["data"]>,
  ): Promise<void>;
  /** Changed rows, removed ids and the run that caused them. */
  change(rows: readonly SignalRow[], removed: readonly string[], runId: string | null): Promise<void>;
  feed(status: Partial<FeedStatusBody>): Promise<void>;
  /** How far the scan is; with `idle` how it ended. */
  scan(progress: ScanUpdate["data"]): Promise<void>;
  /** Fields of the greeting for the sockets that come from now on: another build, another protocol. */
  greet(as: Readonly<Record<string, unknown>>): void;
  /** Exactly this text, to all. */
  send(text: string): void;
  /** Every socket stays as it is, and nothing goes through it any more in either direction. */
  silence(): void;
  /** Lets `ms` pass on the server's clock alone: in a test the page's stands still or runs on its own. */
  later(ms: number): void;
  /** Open now. */
  readonly sockets: number;
  /** Pings that have come. */
  readonly pings: number;
  /** Ends every socket as a lost network does, and takes no new one until `restore`. */
  cut(): Promise<void>;
  /** The same, and a new socket goes to the server of the page itself, which answers the handshake. */
  block(): Promise<void>;
  restore(): void;
}

interface Options {
  /** As after `block`, from the beginning. */
  readonly isBlocked?: boolean;
  /** The socket opens and nothing is ever sent. */
  readonly isSilent?: boolean;
  /** What a subscriber gets; the usual rows without it. */
  readonly rows?: readonly SignalRow[];
  readonly exchange?: "KRX" | "DEMO";
  readonly feed?: Partial<FeedStatusBody>;
  /** How long after its subscription the first state of the feed comes, in milliseconds; with all others without it. */
  readonly feedAfter?: number;
}

/** Seoul's clock as the wire writes it, `ahead` milliseconds from now. */
export function nowKst(ahead = 0): string {
  return `${new Date(Date.now() + ahead + 9 * 3_600_000).toISOString().slice(0, -1)}+09:00`;
}

class LiveStub implements StubbedLive {
  readonly #topics = new StubbedTopics();
  readonly #exchange: "KRX" | "DEMO";
  #feed: FeedStatusBody;
  readonly #isSilent: boolean;
  readonly #feedAfter: number;
  #rows: readonly SignalRow[];
  /** The last value of each topic: a later subscriber gets it, as from the server. */
  readonly #latest = new Map<string, object>();
  #greeting: Readonly<Record<string, unknown>> = {};
  #ahead = 0;
  pings = 0;
  /** `cut`: a new socket is closed; `blocked`: it goes on to the server of the page. */
  #path: "open" | "cut" | "blocked" = "open";
  /** Nothing reaches the page until it opens another socket. */
  #isMute = false;

  constructor(options: Options) {
    const { exchange = "KRX", feed = {}, isBlocked = false, isSilent = false, rows = ROWS } = options;
    this.#feedAfter = options.feedAfter ?? 0;
    this.#path = isBlocked ? "blocked" : "open";
    this.#isSilent = isSilent;
    this.#rows = rows;
    this.#exchange = exchange;
    this.#feed = {
      exchange,
      state: "live",
      source: "demo",
      clock: nowKst(),
      session: "open",
      tickers: ROWS.length,
      ...feed,
    };
  }

  async take(socket: WebSocketRoute): Promise<void> {
    if (this.#isSilent) {
      return;
    }
    if (this.#path === "blocked") {
      socket.connectToServer();
      return;
    }
    if (this.#path === "cut") {
      await socket.close({ code: 1012, reason: "cut" });
      return;
    }
    this.#topics.add(socket);
    this.#isMute = false;
    socket.onMessage((text) => {
      this.#answer(socket, String(text));
    });
    this.#topics.send(socket, {
      type: "connected",
      client_id: "c1",
      protocol: 1,
      build: "test",
      exchange: this.#exchange,
      server_time: nowKst(this.#ahead),
      heartbeat_ms: 25_000,
      tick_ms: 250,
      max_topics: 512,
      ...this.#greeting,
    });
  }

  async tick(
    ticker: string,
    price: number,
    changeRate: number,
    session: Partial<PriceUpdate["data"]> = {},
  ): Promise<void> {
    const data = {
      price,
      change: Math.round((price * changeRate) / 100),
      change_rate: changeRate,
      volume: 1_200_000,
      bid_price: price,
      ask_price: price,
      open: price,
      high: price,
      low: price,
      session: "open",
      stale: false,
      ...session,
    };
    await this.#publish({ type: "price_update", topic: `price:${ticker}`, ticker, data, source: "demo" });
  }

  async change(rows: readonly SignalRow[], removed: readonly string[], runId: string | null): Promise<void> {
    await this.#followed(LIST);
    const byId = new Map(this.#rows.map((row) => [row.id, row]));
    for (const row of rows) {
      byId.set(row.id, row);
    }
    for (const id of removed) {
      byId.delete(id);
    }
    this.#rows = [...byId.values()];
    this.#all({ type: "signal_update", topic: LIST, data: this.#listData(rows, removed, runId) });
  }

  async feed(status: Partial<FeedStatusBody>): Promise<void> {
    await this.#followed("feed");
    this.#feed = { ...this.#feed, ...status };
    this.#all(this.#feedUpdate());
  }

  async scan(progress: ScanUpdate["data"]): Promise<void> {
    await this.#publish({ type: "scan_update", topic: "scan", exchange: this.#exchange, data: progress });
  }

  greet(as: Readonly<Record<string, unknown>>): void {
    this.#greeting = as;
  }

  send(text: string): void {
    for (const socket of this.#topics.sockets) {
      socket.send(text);
    }
  }

  silence(): void {
    this.#topics.clear();
    this.#isMute = true;
  }

  later(ms: number): void {
    this.#ahead += ms;
  }

  get sockets(): number {
    return this.#topics.sockets.length;
  }

  async cut(): Promise<void> {
    this.#path = "cut";
    await this.#endAll();
  }

  async block(): Promise<void> {
    this.#path = "blocked";
    await this.#endAll();
  }

  restore(): void {
    this.#path = "open";
  }

  async #endAll(): Promise<void> {
    const sockets = this.#topics.sockets;
    this.#topics.clear();
    await Promise.all(sockets.map((socket) => socket.close({ code: 1012, reason: "cut" })));
  }

  #listData(signals: readonly SignalRow[], removed: readonly string[], runId: string | null): object {
    const timestamp = nowKst(this.#ahead);
    return { signal_type: "VCP", signals, removed, count: this.#rows.length, run_id: runId, timestamp };
  }

  #feedUpdate(): TopicMessage {
    return { type: "feed_update", topic: "feed", data: this.#feed };
  }

  #answer(socket: WebSocketRoute, text: string): void {
    const parsed = v.safeParse(ClientMessage, JSON.parse(text));
    if (!parsed.success || parsed.output.type === "ack") {
      return;
    }
    if (parsed.output.type === "ping") {
      this.pings += 1;
      this.#topics.send(socket, { type: "pong" });
      return;
    }
    for (const topic of topicsOf(parsed.output)) {
      if (parsed.output.type === "unsubscribe") {
        this.#topics.leave(socket, topic);
        continue;
      }
      const follow = (): void => {
        this.#topics.follow(socket, topic, this.#currentOf(topic), nowKst(this.#ahead));
      };
      if (topic === "feed" && this.#feedAfter > 0) {
        setTimeout(follow, this.#feedAfter);
      } else {
        follow();
      }
    }
  }

  #currentOf(topic: string): object | null {
    switch (topic) {
      case LIST: {
        const data = this.#listData(this.#rows, [], this.#rows[0]?.run_id ?? null);
        return { type: "signal_update", topic, snapshot: true, data };
      }
      case "market_gate":
        return { type: "market_gate_update", topic, exchange: this.#exchange, snapshot: true, data: GATE };
      case "index:KOSPI":
      case "index:KOSDAQ":
        return this.#feed.state === "none" ? closeOf(topic) : null;
      case "feed":
        return this.#feedUpdate();
      default:
        return this.#latest.get(topic) ?? null;
    }
  }

  async #followed(topic: string): Promise<void> {
    if (this.#path === "open" && !this.#isMute) {
      await this.#topics.followed(topic);
    }
  }

  async #publish(message: TopicMessage): Promise<void> {
    await this.#followed(message.topic);
    this.#latest.set(message.topic, message);
    this.#all(message);
  }

  #all(message: TopicMessage): void {
    this.#topics.publish(message, nowKst(this.#ahead));
  }
}

/** Before the page is opened. */
export async function stubLive(page: Page, options: Options = {}): Promise<StubbedLive> {
  const live = new LiveStub(options);
  await page.routeWebSocket(/\/ws$/u, async (socket) => {
    await live.take(socket);
  });
  return live;
}
