/** The driver of a real session before the fakes of its vendor over real connections, on a clock of the test's own, with a book that records. */
import type { RunningMoment } from "../../app/ports/forming.ts";
import type { LiveUpstream } from "../../app/ports/live-upstream.ts";
import type { IndexClose, TickBatch } from "../../app/ports/market-book.ts";
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import { type Columns, columnsOf } from "../../core/bars/columns.ts";
import { assert } from "../../core/assert.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { tickerOf } from "../../core/nominal.ts";
import type { GateBasis } from "../../core/scan/running-gate.ts";
import { RealSession, type SessionBook } from "../../market/real/real-session.ts";
import { regularRow } from "../fakes/exchange/simulated-exchange.ts";
import { presentOf } from "../fakes/kis/kis-quotes.ts";
import { ObjectStorage } from "../wire/world/object-storage.ts";
import { standForState } from "../wire/world/stand-in.ts";
import { dayOf, type KisStage, type KisStageOptions, stageKis } from "./kis-stage.ts";

const STAGED_DAY = dayOf("2026-09-16");

/** Real time for connections to carry what was sent. */
const CARRY_MS = 4;

export class LiveSessionStage {
  readonly kis: KisStage;
  /** Topics that gateways want. */
  topics: string[] = [];
  /** Shares with open signals, the nearest to its trigger first. */
  signals: string[] = [];
  readonly batches: (TickBatch & { readonly at: number })[] = [];
  /** Topics whose values changed at a tick. */
  readonly changed: string[] = [];
  readonly asked: (readonly string[])[] = [];
  /** In place of the vendor's answer. */
  answer: Answer<readonly MarketQuote[]> | null = null;
  closes: readonly IndexClose[] = [];
  /** The newest session in the book. */
  lastDay: TradingDay | null = null;
  failing: "tick" | "quotes" | "judgeRunning" | "gateBasis" | null = null;
  /** What the closed sessions give to the gate. */
  basis: GateBasis = { indices: {}, last: null };
  /** Of the next birth. */
  formingEveryMs = 0;
  /** The moments at which the whole session was to be judged. */
  readonly judged: RunningMoment[] = [];
  /** Questions to the vendor that are under way. */
  readonly #running = new Set<Promise<unknown>>();
  readonly #storage = standForState({ storage: new ObjectStorage() }).storage;
  driver: RealSession;

  constructor(kis: KisStage) {
    this.kis = kis;
    this.driver = this.birth();
  }

  /** As after an eviction: the connection is gone with what was in memory. */
  birth(upstream: LiveUpstream = this.kis.live()): RealSession {
    this.driver = new RealSession({
      upstream,
      storage: this.#storage,
      ports: {
        clock: this.kis.clock,
        random: () => 0.5,
        formingEveryMs: this.formingEveryMs,
        book: () => this.#book(),
      },
      log: this.kis.log,
      exchange: () => "KRX",
      topics: () => this.topics,
      onChange: (topics) => {
        this.changed.push(...topics);
      },
    });
    return this.driver;
  }

  async carry(): Promise<void> {
    await new Promise((resolve) => {
      setTimeout(resolve, CARRY_MS);
    });
    await Promise.allSettled(this.#running);
  }

  /** One step, and what it began. */
  async step(): Promise<void> {
    await this.driver.step();
    await this.carry();
  }

  /** Steps at the driver's own rests until so much time has passed. The vendor sends a heartbeat with each. */
  async pass(ms: number): Promise<void> {
    const until = this.kis.clock.now() + ms;
    while (this.kis.clock.now() < until) {
      this.kis.clock.advance(Math.min(this.driver.restMs(), until - this.kis.clock.now()));
      this.kis.fake.socket.heartbeat();
      await this.step();
    }
  }

  /** To a time in Seoul, with a heartbeat of the vendor and one step there. */
  async at(time: string): Promise<void> {
    this.kis.moveTo(time);
    this.kis.fake.socket.heartbeat();
    await this.carry();
    await this.step();
  }

  /** The vendor's socket sends what these shares are at this moment. */
  async trade(tickers: readonly string[], change: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const { exchange, clock, fake } = this.kis;
    const now = clock.now();
    const shares = presentOf(exchange, now, { yesterdayBeforeOpen: false, indicative: true });
    const trades = tickers.flatMap((ticker) => {
      const present = shares.get(tickerOf(ticker));
      return present === undefined
        ? []
        : [{ ...present, ticker, at: now, base: present.row.base, ...change }];
    });
    fake.socket.trade(trades);
    await this.carry();
  }

  /** Tickers that trade in the session. */
  traded(count: number, from = 0): readonly string[] {
    const rows = this.kis.exchange.rows(STAGED_DAY).filter(({ volume }) => volume > 0);
    return rows.slice(from, from + count).map(({ listing }) => listing.ticker);
  }

  /** Resolves when the vendor has so many registrations. */
  async registered(count: number): Promise<void> {
    const until = Date.now() + 5_000;
    while (this.kis.fake.socket.registered().length !== count) {
      assert(Date.now() < until, `${this.kis.fake.socket.registered().length} are registered, not ${count}`);
      await this.carry();
    }
    await this.carry();
  }

  /** A connection that stands since before the opening, with these signals, one second after it. */
  async open(signals: readonly string[], watched: readonly string[] = []): Promise<void> {
    this.signals = [...signals];
    this.topics = watched.map((ticker) => `price:${ticker}`);
    await this.at("2026-09-16T08:58:00");
    await this.registered(2 + watched.length);
    await this.at("2026-09-16T09:00:00");
    await this.at("2026-09-16T09:00:01");
    await this.registered(2 + new Set([...signals, ...watched]).size);
  }

  event(name: string): readonly Readonly<Record<string, unknown>>[] {
    return this.kis.log.lines.flatMap(({ event, fields }) => (event === name ? [fields] : []));
  }

  #book(): SessionBook {
    return {
      tick: async (batch) => {
        await this.#fail("tick");
        this.batches.push({ ...batch, at: this.kis.clock.now() });
        return this.signals;
      },
      quotes: async (tickers) => {
        await this.#fail("quotes");
        this.asked.push(tickers);
        if (this.answer !== null) {
          return this.answer;
        }
        const answer = this.kis.kis.snapshot.quotes(tickers);
        this.#running.add(answer);
        try {
          return await answer;
        } finally {
          this.#running.delete(answer);
        }
      },
      judgeRunning: async (moment) => {
        await this.#fail("judgeRunning");
        this.judged.push(moment);
        const breadth = { above50: 0.4, above200: 0.4, newHighsLessLows: 0, advancers: 0.6 };
        return { at: this.kis.clock.now(), count: this.judged.length, breadth };
      },
      gateBasis: async () => {
        await this.#fail("gateBasis");
        return this.basis;
      },
      indexCloses: () => Promise.resolve(this.closes),
      summary: () =>
        Promise.resolve({
          tickers: 1,
          rows: 1,
          sessions: 1,
          firstDay: this.lastDay,
          lastDay: this.lastDay,
          openDays: 0,
        }),
      series: (ticker) => Promise.resolve(this.#series(ticker)),
    };
  }

  #series(ticker: string): Columns | null {
    const row = this.lastDay === null ? null : this.kis.exchange.rowOf(this.lastDay, ticker);
    return row === null ? null : columnsOf([regularRow(row)]);
  }

  async #fail(call: NonNullable<LiveSessionStage["failing"]>): Promise<void> {
    if (this.failing === call) {
      await Promise.reject(new Error(`The book failed at ${call}`));
    }
  }

  end(): Promise<void> {
    return this.kis.end();
  }
}

export async function stageLiveSession(options: KisStageOptions = {}): Promise<LiveSessionStage> {
  return new LiveSessionStage(await stageKis({ at: "2026-09-16T08:57:00", ...options }));
}
