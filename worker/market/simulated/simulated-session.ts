/** A simulated market: its clock, its running session, and the rows and the scan that follow a session's end. */
import type { MarketDriver } from "../market-driver.ts";
import type { View } from "../market-view.ts";
import type { BookStorage } from "../bars/book-tables.ts";
import type { FeedPorts } from "../feed-ports.ts";
import { type ClockMark, FeedStore } from "./feed-store.ts";
import { type ClockTurn, elapsedShare, feedStateOf, OPENING, pass, untilTurn } from "./session-clock.ts";
import { SessionScan } from "./session-scan.ts";
import { completeMaster } from "./stored-master.ts";
import { storePast } from "./stored-past.ts";
import { logFailure } from "../../app/ports/log.ts";
import type { FeedCommand } from "../../app/ports/live.ts";
import type { SimulatedMarket, LiveSession } from "../../app/ports/simulated-market.ts";
import { REGULAR_HOURS } from "../../core/calendar/krx-calendar.ts";
import { midnightOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

/** Between two steps while a gateway wants values, and at most while none does. */
const TICK_MS = 250;
const IDLE_MS = 30_000;
/** How often the running clock is stored, and how often the book gets the prices of its open signals. */
const WRITE_MS = 5_000;
const SIGNALS_MS = 1_000;
/** A step that comes later than this after its planned time: nobody ran the clock, and the time does not pass. */
const LATE_MS = 5_000;
/** Steps of a session that `advance_tick` takes. */
const STEPS = 78;
/** The session of the demo's clock, which is a regular one of the exchange. */
const [OPENS, CLOSES] = REGULAR_HOURS;
const OPEN_MS = OPENS * 60_000;
const LENGTH_MS = (CLOSES - OPENS) * 60_000;

/** Plays the exchange and its data vendor: prices while the session is open, then the closed rows for the book. */
export class SimulatedSession implements MarketDriver {
  readonly #exchangeOf: () => Exchange;
  readonly #ports: FeedPorts;
  readonly #store: FeedStore;
  readonly #scan: SessionScan;
  #market: SimulatedMarket | null | undefined;
  #session: LiveSession | null = null;
  #mark: ClockMark;
  #writtenAt = Number.NEGATIVE_INFINITY;
  /** Tickers of open signals; `null` until the book has been asked. */
  #watched: readonly string[] | null = null;
  #signalsAt = 0;
  #showing: Promise<void> | null = null;

  constructor(exchangeOf: () => Exchange, storage: BookStorage, ports: FeedPorts) {
    this.#exchangeOf = exchangeOf;
    this.#ports = ports;
    this.#store = new FeedStore(storage);
    this.#scan = new SessionScan(this.#store, ports.clock);
    this.#mark = this.#store.mark();
  }

  exists(): boolean {
    return this.#marketOrNull() !== null;
  }

  /** `true` when the past is in the book. */
  isBegun(): boolean {
    return this.#store.scanDue() !== null;
  }

  /** `true` when the past is in the book and no scan is owed. */
  isReady(): boolean {
    return this.#store.scanDue() === false;
  }

  /** The view after the time since the last step, which is long while no gateway wants values. Lets no time pass. */
  ahead(): View | null {
    const { clock } = this.#mark;
    const [next, turn] = pass(clock, this.#sinceStep(), this.#ports.lengths);
    // The next session is not open before its step.
    return this.view(turn === "open" ? clock : next);
  }

  /** `null` when there is no such market. */
  view(clock = this.#mark.clock): View | null {
    const market = this.#marketOrNull();
    if (market === null) {
      return null;
    }
    const session = this.#session ?? (this.isReady() ? this.#open(market) : null);
    if (session === null) {
      return preparing(this.#exchangeOf(), market.source, this.#ports.clock.now());
    }
    const share = elapsedShare(clock, this.#ports.lengths);
    // The time of every value is the market's own, not the reader's.
    const at = midnightOf(session.day) + OPEN_MS + share * LENGTH_MS;
    return {
      at,
      status: {
        exchange: this.#exchangeOf(),
        state: feedStateOf(clock),
        source: market.source,
        clock: at,
        session: clock.phase,
        tickers: market.instruments.length,
      },
      quote: (ticker) => session.quote(ticker, share),
      index: (code) => ({ ...session.index(code, share), day: session.day }),
    };
  }

  /** FD11: a session's end is not slept over. */
  restMs(isWatched: boolean): number {
    const rest = isWatched ? TICK_MS : IDLE_MS;
    return Math.min(rest, untilTurn(this.#mark.clock, this.#ports.lengths) ?? rest);
  }

  /** `next`: when the next step is due, milliseconds since the epoch. Time beyond it passes while nobody runs the clock. */
  plan(next: number): void {
    this.#mark = { ...this.#mark, plannedAt: next };
    if (next - this.#mark.at > SIGNALS_MS) {
      this.#write(this.#mark);
    }
  }

  stop(): void {
    // Its time passes in steps alone.
  }

  /** Its indices are those of its own session. */
  onCloses(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** Lets the time since the last step pass. */
  async step(): Promise<void> {
    await this.#begin();
    const now = this.#ports.clock.now();
    await this.#pass(this.#sinceStep(), now);
    if (now - this.#signalsAt >= SIGNALS_MS) {
      void this.#showPrices();
    }
  }

  /** Milliseconds since the last step that somebody ran the clock: at most what was planned and a second. */
  #sinceStep(): number {
    const now = this.#ports.clock.now();
    const { at, plannedAt } = this.#mark;
    return now > plannedAt + LATE_MS ? 0 : Math.min(now, plannedAt + SIGNALS_MS) - at;
  }

  /** The time up to the command passes first. */
  async command(command: FeedCommand): Promise<void> {
    await this.step();
    const { lengths } = this.#ports;
    switch (command) {
      case "pause":
      case "resume":
        this.#write({ ...this.#mark, clock: { ...this.#mark.clock, paused: command === "pause" } });
        return;
      case "advance_tick":
        await this.#force(lengths.sessionMs / STEPS);
        await this.#showing;
        await this.#showPrices();
        return;
      case "advance_session":
        if (this.#mark.clock.phase === "break") {
          await this.#force(lengths.breakMs);
        }
        await this.#force(lengths.sessionMs);
        return;
    }
  }

  /** Puts the past into the book, runs a scan that is owed, and opens the session. */
  async #begin(): Promise<void> {
    const market = this.#marketOrNull();
    if (market === null) {
      return;
    }
    if (this.#store.scanDue() === null) {
      const state = await storePast(this.#exchangeOf(), market, this.#ports);
      const at = this.#ports.clock.now();
      this.#mark = { clock: OPENING, at, plannedAt: at };
      this.#store.stand(state, this.#mark);
    }
    await this.#scanIfDue();
    if (this.#session === null) {
      this.#open(market);
      await this.#completeMaster(market);
    }
  }

  /** Once in the life of the object. A failure leaves names as they are, and the market moves. */
  async #completeMaster(market: SimulatedMarket): Promise<void> {
    const { clock, instruments, log } = this.#ports;
    try {
      await completeMaster(this.#exchangeOf(), market, instruments, clock.now());
    } catch (error) {
      logFailure(log, "master_not_completed", error, { exchange: this.#exchangeOf() });
    }
  }

  /** In a break this is the session that ended, also for an object that was born in the break. */
  #open(market: SimulatedMarket): LiveSession | null {
    const standing = this.#store.standing();
    const isBreak = this.#mark.clock.phase === "break";
    this.#session = standing && market.after((isBreak ? standing.before : null) ?? standing.state);
    this.#watched = null;
    return this.#session;
  }

  async #pass(ms: number, now: number): Promise<void> {
    const [clock, turn] = pass(this.#mark.clock, ms, this.#ports.lengths);
    await this.#turn(turn, { ...this.#mark, clock, at: now });
    if (turn !== "none" || now - this.#writtenAt > WRITE_MS) {
      this.#write(this.#mark);
    }
  }

  /** Time that the owner lets pass, also while the clock is paused. */
  async #force(ms: number): Promise<void> {
    const { paused } = this.#mark.clock;
    const [clock, turn] = pass({ ...this.#mark.clock, paused: false }, ms, this.#ports.lengths);
    await this.#turn(turn, { ...this.#mark, clock: { ...clock, paused } });
    this.#write(this.#mark);
  }

  async #turn(turn: ClockTurn, mark: ClockMark): Promise<void> {
    const market = this.#marketOrNull();
    if (turn === "close" && this.#session !== null) {
      await this.#book().closeDay(this.#session.rows(), null);
      await this.#book().addIndices(this.#session.indexRows());
      this.#store.stand(this.#session.end(), mark);
      this.#mark = mark;
      await this.#scanIfDue();
      return;
    }
    this.#mark = mark;
    if (turn === "open" && market !== null) {
      this.#open(market);
    }
  }

  async #scanIfDue(): Promise<void> {
    if (await this.#scan.runIfDue(this.#book())) {
      this.#watched = null;
    }
  }

  /** Sends the book the prices of its open signals, one call at a time. Never rejects. */
  #showPrices(): Promise<void> {
    const session = this.#session;
    const { clock } = this.#mark;
    if (this.#showing !== null || session === null || clock.phase !== "open") {
      return Promise.resolve();
    }
    this.#signalsAt = this.#ports.clock.now();
    const showing = this.#show(session, elapsedShare(clock, this.#ports.lengths)).finally(() => {
      this.#showing = null;
    });
    this.#showing = showing;
    return showing;
  }

  async #show(session: LiveSession, share: number): Promise<void> {
    const moment = { day: session.day, elapsed: Math.min(share, 0.999_999) };
    try {
      const watched = this.#watched ?? (await this.#book().tick({ ...moment, prices: [] }));
      const prices = watched.flatMap((ticker) => {
        const quote = session.quote(ticker, share);
        return quote === null
          ? []
          : [{ ticker, price: quote.price, volume: quote.volume, base: quote.previous }];
      });
      this.#watched = await this.#book().tick({ ...moment, prices });
    } catch (error) {
      // The next second sends the next prices.
      logFailure(this.#ports.log, "prices_not_shown", error, { exchange: this.#exchangeOf() });
      this.#watched = null;
    }
  }

  #write(mark: ClockMark): void {
    this.#mark = mark;
    this.#writtenAt = this.#ports.clock.now();
    this.#store.write(mark);
  }

  #book(): ReturnType<FeedPorts["book"]> {
    return this.#ports.book(this.#exchangeOf());
  }

  #marketOrNull(): SimulatedMarket | null {
    this.#market ??= this.#ports.market(this.#exchangeOf());
    return this.#market ?? null;
  }
}

/** The view while the past is on its way into the book: no quotes. */
function preparing(exchange: Exchange, source: string, at: number): View {
  const status = { exchange, state: "preparing", source, clock: null, session: null, tickers: 0 } as const;
  return { at, status, quote: () => null, index: () => null };
}
