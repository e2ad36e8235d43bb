/**
 * KW22: between a vendor of live prices and the feed of a Worker that may not reach it: what the feed asks is done at the vendor, what the
 * vendor sends goes to the feed. It decides nothing: which names are followed, and what a tick is, is the feed's.
 */
import * as v from "valibot";
import { writtenFailure, writtenQuotes } from "../../../app/jobs/days/recorded-answers.ts";
import type { Clock } from "../../../app/ports/clock.ts";
import {
  indexOfKey,
  type LiveKey,
  type LiveUpstream,
  type Tick,
  type UpstreamEvent,
  type UpstreamSession,
} from "../../../app/ports/live-upstream.ts";
import { logFailure, type Log } from "../../../app/ports/log.ts";
import type { Denial, MarketSnapshot } from "../../../app/ports/market-sources.ts";
import { formatTradingDay } from "../../../core/calendar/trading-day.ts";
import { parseTicker } from "../../../core/instrument/ticker.ts";
import {
  FeedRequest,
  PUSH_VERSION,
  SILENT_MS,
  type PushedMessage,
  type PushedTick,
} from "../../../protocol/messages/pushed-prices.ts";
import type { QuotesAnswer } from "../../../protocol/rest/market-days.ts";

export interface RelayDeps {
  readonly upstream: LiveUpstream;
  readonly snapshot: MarketSnapshot;
  readonly clock: Clock;
  readonly log: Log;
  /** To the feed; a text without a connection is lost. */
  send(text: string): void;
}

/** What was brought so far, for the last line. */
export interface RelayCounts {
  /** Connections that the vendor has taken. */
  readonly connections: number;
  readonly ticks: number;
  readonly names: number;
  /** Why the vendor refused the last connection; `null` where it took it. */
  readonly denied: Denial | null;
  readonly detail: string;
}

/** The feed takes the vendor for dead after a minute and a half without any sign. */
const SIGN_MS = 5_000;

function pushed({ key, day, ...tick }: Tick): PushedTick {
  const { at, phase, isHalted, price, open, high, low, volume, base, bid, ask } = tick;
  const date = formatTradingDay(day);
  return [key, date, at, phase, isHalted, price, open, high, low, volume, base, bid, ask];
}

function keysIn(names: readonly string[]): readonly LiveKey[] {
  return names.flatMap((name) => indexOfKey(name) ?? parseTicker("KRX", name) ?? []);
}

export class LiveRelay {
  readonly #deps: RelayDeps;
  #session: UpstreamSession | null = null;
  #connection = 0;
  #signAt = 0;
  /** When the feed last asked for a sign of life on this socket; `null` where it never did. */
  #askedAt: number | null = null;
  /** Of sockets: what was asked over one is not answered over the next, whose feed may count anew. */
  #socket = 0;
  readonly #run = crypto.randomUUID();
  /** The last of each name and phase since the last sending: its figures are the session's, and hold what came between. */
  readonly #waiting = new Map<string, Tick>();
  readonly #names = new Set<string>();
  #counts = { connections: 0, ticks: 0, denied: null as Denial | null, detail: "" };

  constructor(deps: RelayDeps) {
    this.#deps = deps;
  }

  get counts(): RelayCounts {
    return { ...this.#counts, names: this.#names.size };
  }

  /** The feed has taken this machine's socket. */
  greet(): void {
    const { id, slots } = this.#deps.upstream;
    this.#socket += 1;
    this.#askedAt = null;
    this.#send({ type: "hello", version: PUSH_VERSION, source: id, slots, alive: true, run: this.#run });
  }

  /** A text of the feed. One that cannot be read is a line of the log, and nothing is done. */
  take(text: string): void {
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), FeedRequest), text);
    if (!read.success) {
      this.#deps.log.write("warn", "feed_request_refused", { length: text.length });
      return;
    }
    const request = read.output;
    switch (request.type) {
      case "open":
        this.#open(request.connection);
        return;
      case "want":
        if (request.connection === this.#connection) {
          this.#session?.want(keysIn(request.names));
        }
        return;
      case "close":
        if (request.connection === this.#connection) {
          this.end();
        }
        return;
      case "ask":
        void this.#ask(request.id, request.names);
        return;
      case "alive":
        this.#askedAt = this.#deps.clock.now();
        this.#send({ type: "alive" });
    }
  }

  /** KW29: the feed, which has asked for signs of life, asks no more: its end did not arrive. */
  isForsaken(): boolean {
    return this.#askedAt !== null && this.#deps.clock.now() - this.#askedAt > SILENT_MS;
  }

  /** Ticks of the last moments; called again and again. */
  flush(): void {
    if (this.#waiting.size > 0) {
      const ticks = Array.from(this.#waiting.values(), pushed);
      this.#waiting.clear();
      this.#sign({ type: "ticks", connection: this.#connection, ticks });
    }
  }

  /** The vendor's connection is given up. */
  end(): void {
    this.#session?.close();
    this.#session = null;
    this.#connection = 0;
    this.#waiting.clear();
  }

  #open(connection: number): void {
    this.end();
    this.#connection = connection;
    this.#session = this.#deps.upstream.open((event) => {
      if (this.#connection === connection) {
        this.#heed(event);
      }
    });
  }

  #heed(event: UpstreamEvent): void {
    const connection = this.#connection;
    switch (event.kind) {
      case "ticks":
        for (const tick of event.ticks) {
          this.#waiting.set(`${tick.key} ${tick.phase} ${tick.isHalted}`, tick);
          this.#names.add(tick.key);
        }
        this.#counts.ticks += event.ticks.length;
        return;
      case "frame":
        if (this.#deps.clock.now() - this.#signAt >= SIGN_MS) {
          this.#sign({ type: "frame", connection });
        }
        return;
      case "up":
        this.#counts = { ...this.#counts, connections: this.#counts.connections + 1, denied: null };
        this.#sign({ type: "up", connection });
        return;
      case "down":
        this.flush();
        this.#session = null;
        this.#counts = { ...this.#counts, denied: event.denied, detail: event.detail };
        this.#sign({ type: "down", connection, denied: event.denied, detail: event.detail.slice(0, 500) });
        return;
      case "followed":
        this.flush();
        this.#sign({ type: "followed", connection, names: [...event.keys] });
    }
  }

  async #ask(id: number, names: readonly string[]): Promise<void> {
    const { snapshot, log } = this.#deps;
    const socket = this.#socket;
    const tickers = names.flatMap((name) => parseTicker("KRX", name) ?? []);
    let answer: QuotesAnswer;
    try {
      answer = writtenQuotes(await snapshot.quotes(tickers));
    } catch (error) {
      logFailure(log, "prices_not_asked", error, { tickers: tickers.length });
      answer = writtenFailure(error);
    }
    if (socket === this.#socket) {
      this.#send({ type: "quotes", id, answer });
    }
  }

  #sign(message: PushedMessage): void {
    this.#signAt = this.#deps.clock.now();
    this.#send(message);
  }

  #send(message: PushedMessage): void {
    this.#deps.send(JSON.stringify(message));
  }
}
