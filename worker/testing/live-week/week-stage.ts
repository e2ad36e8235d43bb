/** The shipped driver and adapter of a simulated week before the fake of the vendor, in one process and on one clock. */
import { KisLive } from "../../adapters/kis/socket/kis-live.ts";
import { makeDailyLimits } from "../../adapters/upstream/daily-limits.ts";
import type { LiveUpstream } from "../../app/ports/live-upstream.ts";
import type { Answer, MarketQuote } from "../../app/ports/market-sources.ts";
import type { SessionHours } from "../../core/calendar/krx-calendar.ts";
import { assert } from "../../core/assert.ts";
import { columnsOf } from "../../core/bars/columns.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import type { Ticker } from "../../core/nominal.ts";
import { PushedSourceTable } from "../../market/pushed/pushed-source-table.ts";
import { PushedUpstream } from "../../market/pushed/pushed-upstream.ts";
import { RealSession, type SessionBook } from "../../market/real/real-session.ts";
import { dayOf } from "../builders/signal-builder.ts";
import { SimulatedExchange } from "../fakes/exchange/simulated-exchange.ts";
import { FakeKis } from "../fakes/kis/fake-kis.ts";
import type { FakeTrade } from "../fakes/kis/kis-trades.ts";
import { VirtualClock } from "../fakes/virtual-clock.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MemoryUpstreamStore } from "../memory/memory-upstream-store.ts";
import { ObjectStorage } from "../wire/world/object-storage.ts";
import { standForState } from "../wire/world/stand-in.ts";
import { pairedSockets } from "./paired-socket.ts";
import type { Tape } from "./tape.ts";
import { WeekBook } from "./week-book.ts";
import { WeekMachine } from "./week-machine.ts";

const KEYS = { appKey: "a-key-of-the-week", appSecret: "a-secret-of-the-week" };
/** The vendor's quotes are of the day from then on. */
const QUOTED_MS = 60_000;
/** Turns of the machine's queue: opening a connection takes the reading of one answer. */
const SETTLED = 6;
/** The same where several keys are read and made. */
const BEGUN = 24;
const NOTHING = new Uint8Array();

/** A tick that moves a signal once the book has it. */
interface Awaited {
  readonly at: number;
  isInterrupted: boolean;
}

export class WeekStage {
  readonly clock = new VirtualClock(0);
  readonly fake: FakeKis;
  readonly book: WeekBook;
  readonly log = new MemoryLog();
  readonly latencies: number[] = [];
  readonly interrupted: number[] = [];
  /** When the driver's next step is due. */
  dueAt = 0;
  /** Moves that were looked at. */
  #seen = 0;
  /** Ticks that reached the program, and whose move the session never saw. */
  missed = 0;
  evictions = 0;
  wrongBars = 0;
  comparedBars = 0;
  readonly #store = new MemoryUpstreamStore();
  readonly #storage = standForState({ storage: new ObjectStorage() }).storage;
  /** From each price that moves a signal, wherever it was traded, to the move. */
  readonly lags: number[] = [];
  readonly #crossed = new Map<Ticker, number>();
  readonly #awaited = new Map<Ticker, Awaited>();
  #driver: RealSession;
  #hours: SessionHours | null = null;
  #tapes: ReadonlyMap<string, Tape> = new Map();
  #morning: ReadonlyMap<Ticker, Signal> = new Map();
  #isClosed = false;
  readonly #random: () => number;
  /** Between the vendor and the feed; `null` where the feed reaches the vendor itself. */
  readonly #machine: WeekMachine | null;

  constructor(random: () => number, isPushed: boolean) {
    this.#random = random;
    this.book = new WeekBook(random);
    const exchange = new SimulatedExchange({
      first: dayOf("2026-09-21"),
      last: dayOf("2026-10-23"),
      names: 30,
      seed: 1,
    });
    this.fake = new FakeKis({ exchange, clock: this.clock, ...KEYS });
    this.#machine = isPushed
      ? new WeekMachine({
          upstream: this.#vendor(),
          snapshot: { id: "kis", perCall: 30, quotes: async (tickers) => this.#quotes(tickers) },
          clock: this.clock,
          log: this.log,
          random,
        })
      : null;
    this.#driver = this.#birth();
  }

  open(hours: SessionHours, tapes: readonly Tape[]): void {
    this.#hours = hours;
    this.#tapes = new Map(tapes.map((tape) => [tape.ticker, tape]));
    this.#isClosed = false;
    this.book.open(hours.day, tapes);
    this.#morning = this.book.standing();
    this.dueAt = hours.opensAt - 120_000;
  }

  /** The vendor sends a trade, where it is registered. `isTrue`: one of the session. */
  send(trade: FakeTrade, isTrue: boolean): void {
    const tape = this.#tapes.get(trade.ticker);
    assert(tape !== undefined, `${trade.ticker} is traded`);
    const isMove = isTrue && this.book.wouldMove(tape.ticker, trade.price);
    if (isMove && !this.#crossed.has(tape.ticker)) {
      this.#crossed.set(tape.ticker, this.clock.now());
    }
    const isSent = this.fake.socket.trade([trade]) > 0 && !this.fake.socket.traps.silent;
    if (isMove && isSent && !this.#awaited.has(tape.ticker)) {
      this.#awaited.set(tape.ticker, { at: this.clock.now(), isInterrupted: false });
    }
    this.#machine?.pass();
  }

  async step(): Promise<void> {
    this.#machine?.pass();
    await this.#driver.step();
    // What the step began has ended, also the reading of an answer: how busy the machine is changes nothing in the week.
    // A connection that begins has a key's print made outside of this thread: one that was asked for later is made later.
    const isBeginning = this.#driver.view().status.state !== "live";
    for (let n = 0; n < (isBeginning ? BEGUN : SETTLED); n++) {
      if (isBeginning) {
        await crypto.subtle.digest("SHA-256", NOTHING);
      }
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    this.dueAt = this.clock.now() + this.#driver.restMs();
    for (const { ticker, at } of this.book.moves.slice(this.#seen)) {
      const awaited = this.#awaited.get(ticker);
      this.#awaited.delete(ticker);
      this.lags.push(at - (this.#crossed.get(ticker) ?? at));
      this.#crossed.delete(ticker);
      if (awaited !== undefined) {
        (awaited.isInterrupted ? this.interrupted : this.latencies).push(at - awaited.at);
      }
    }
    this.#seen = this.book.moves.length;
  }

  /** The object loses its memory, and with it its connection. */
  evict(): void {
    this.evictions += 1;
    this.cut();
    this.dueAt = this.clock.now();
    this.#driver = this.#birth();
  }

  cut(): void {
    this.fake.socket.cut();
    for (const awaited of this.#awaited.values()) {
      awaited.isInterrupted = true;
    }
  }

  /** The rows of the session come, and everything is compared with them. */
  async close(): Promise<void> {
    assert(this.#hours !== null, "A session is open");
    const bars = Array.from(this.#tapes.values()).flatMap((tape) => tape.quote() ?? []);
    this.#isClosed = true;
    this.clock.moveTo(this.#hours.closesAt + 180_000);
    for (let n = 0; n < 3; n++) {
      await this.step();
    }
    const [compared] = this.log.lines.splice(0).filter(({ event }) => event === "session_compared");
    this.comparedBars += Number(compared?.fields["compared"] ?? 0);
    this.wrongBars += Number(compared?.fields["differing"] ?? 0) + Number(compared?.fields["missing"] ?? 0);
    this.book.close(this.#hours.day, bars, this.#morning);
    this.missed += Array.from(this.#awaited.values()).filter(({ isInterrupted }) => !isInterrupted).length;
    this.#awaited.clear();
    // Seen by the day's bar alone.
    this.lags.push(...Array.from(this.#crossed.values(), () => Number.POSITIVE_INFINITY));
    this.#crossed.clear();
  }

  #birth(): RealSession {
    const { clock, log } = this;
    const pushed =
      this.#machine &&
      new PushedUpstream({
        clock,
        log,
        table: new PushedSourceTable(this.#storage),
        wait: () => new Promise(() => undefined),
        onAttach: () => {
          this.dueAt = clock.now();
        },
      });
    if (pushed !== null) {
      this.#machine?.follow(pushed);
    }
    return new RealSession({
      upstream: pushed ?? this.#vendor(),
      quoting: pushed,
      storage: this.#storage,
      ports: { clock, formingEveryMs: 0, random: this.#random, book: () => this.#port() },
      log,
      exchange: () => "KRX",
      topics: () => [],
      onChange: () => undefined,
    });
  }

  #vendor(): LiveUpstream {
    const { clock, log } = this;
    const { wait } = clock;
    const surroundings = {
      fetch: async (request: Request) => {
        const answer = await this.fake.handle(request);
        assert(answer instanceof Response, "The fake answers");
        return answer;
      },
      clock,
      // No time passes but the week's own.
      wait: () => Promise.resolve(),
      random: this.#random,
      log,
      store: this.#store,
      limits: makeDailyLimits({ store: this.#store, clock, wait, log }),
      openSocket: pairedSockets((end) => {
        this.fake.socket.accept(end);
      }),
    };
    const access = { restBase: "http://kis.example", masterBase: "http://kis.example", ...KEYS };
    return new KisLive(access, { url: "ws://kis.example", slots: 41 }, surroundings);
  }

  #quotes(tickers: readonly Ticker[]): Promise<Answer<readonly MarketQuote[]>> {
    const now = this.clock.now();
    const isEarly = this.#hours === null || now < this.#hours.opensAt + QUOTED_MS;
    const value = tickers.flatMap((ticker) => this.#tapes.get(ticker)?.quote() ?? []);
    return Promise.resolve(
      isEarly || value.length === 0
        ? { status: "not_ready", retryAt: now + QUOTED_MS }
        : { status: "ok", value, at: now },
    );
  }

  #port(): SessionBook {
    return {
      judgeRunning: () => Promise.resolve(null),
      gateBasis: () => Promise.resolve({ indices: {}, last: null }),
      tick: (batch) => Promise.resolve(this.book.tick(batch, this.clock.now(), this.#tapes)),
      quotes: async (tickers) => this.#quotes(tickers),
      indexCloses: () => Promise.resolve([]),
      summary: () => {
        const lastDay = this.#isClosed ? (this.#hours?.day ?? null) : null;
        return Promise.resolve({ tickers: 1, rows: 1, sessions: 1, firstDay: lastDay, lastDay, openDays: 0 });
      },
      series: (ticker) => {
        const quote = this.#tapes.get(ticker)?.quote() ?? null;
        assert(this.#hours !== null, "A session is open");
        const { day } = this.#hours;
        return Promise.resolve(
          quote &&
            columnsOf([
              {
                day,
                open: quote.open,
                high: quote.high,
                low: quote.low,
                close: quote.price,
                volume: quote.volume,
                value: Number.NaN,
                shares: Number.NaN,
                base: quote.base ?? Number.NaN,
              },
            ]),
        );
      },
    };
  }
}
