/** A market that moves by itself: its clock, its running session, and what a session's end sets going. */
import type { View } from "./announcer.ts";
import type { BookStorage } from "./book-tables.ts";
import type { FeedPorts } from "./feed.ts";
import { type ClockMark, FeedStore } from "./feed-store.ts";
import { prepareMarket } from "./prepare-market.ts";
import {
  type ClockTurn,
  elapsedShare,
  feedStateOf,
  OPENING,
  pass,
  type SessionClock,
  untilTurn,
} from "./session-clock.ts";
import type { FeedCommand } from "../app/ports/live.ts";
import type { LiveMarket, LiveSession } from "../app/ports/live-market.ts";
import type { Exchange } from "../core/instrument.ts";

/** How often the clock is written down while it runs, and the open signals are shown the prices. */
const WRITE_MS = 5_000;
const SIGNALS_MS = 1_000;
/** Steps of a session that `advance_tick` takes. */
const STEPS = 78;
/** The session of the demo's clock: 09:00 to 15:30. */
const OPEN_MS = 9 * 3_600_000;
const LENGTH_MS = 6.5 * 3_600_000;
const DAY_MS = 86_400_000;
const KST_OFFSET_MS = 9 * 3_600_000;

export class MovingMarket {
  readonly #exchangeOf: () => Exchange;
  readonly #ports: FeedPorts;
  readonly #store: FeedStore;
  #market: LiveMarket | null | undefined;
  #session: LiveSession | null = null;
  #mark: ClockMark;
  /** Tickers of open signals; `null` until the book has been asked. */
  #watched: readonly string[] | null = null;
  #signalsAt = 0;
  #movingSignals = false;

  constructor(exchangeOf: () => Exchange, storage: BookStorage, ports: FeedPorts) {
    this.#exchangeOf = exchangeOf;
    this.#ports = ports;
    this.#store = new FeedStore(storage);
    this.#mark = this.#store.mark();
  }

  exists(): boolean {
    return this.#marketOrNull() !== null;
  }

  /** `null` when there is no such market. */
  view(): View | null {
    const session = this.#session;
    const market = this.#marketOrNull();
    if (session === null) {
      return market && preparing(this.#exchangeOf(), market.source, this.#ports.clock.now());
    }
    const { clock } = this.#mark;
    const share = elapsedShare(clock, this.#ports.lengths);
    return {
      at: this.#ports.clock.now(),
      status: {
        exchange: this.#exchangeOf(),
        state: feedStateOf(clock),
        source: market?.source ?? "",
        clock: session.day * DAY_MS - KST_OFFSET_MS + OPEN_MS + share * LENGTH_MS,
        session: clock.phase,
        tickers: market?.instruments.length ?? 0,
      },
      quote: (ticker) => session.quote(ticker, share),
      index: (code) => session.index(code, share),
    };
  }

  untilTurn(): number | null {
    return untilTurn(this.#mark.clock, this.#ports.lengths);
  }

  /** Says when the next beat is due: what passes beyond that passed while nobody ran the clock. */
  plan(next: number): void {
    this.#mark = { ...this.#mark, plannedAt: next };
    if (next - this.#mark.at > SIGNALS_MS) {
      this.#store.write(this.#mark);
    }
  }

  /** Lets the time since the last beat pass, at most what was planned and a second. */
  async beat(): Promise<void> {
    await this.#begin();
    const now = this.#ports.clock.now();
    const until = Math.min(now, this.#mark.plannedAt + SIGNALS_MS);
    await this.#pass(until - this.#mark.at, now);
    this.#moveSignals(now);
  }

  async command(command: FeedCommand): Promise<void> {
    await this.#begin();
    const { lengths } = this.#ports;
    const { clock } = this.#mark;
    switch (command) {
      case "pause":
      case "resume":
        this.#write({ ...clock, paused: command === "pause" });
        return;
      case "advance_tick":
        await this.#force(lengths.sessionMs / STEPS);
        this.#signalsAt = 0;
        this.#moveSignals(this.#ports.clock.now());
        return;
      case "advance_session":
        if (clock.phase === "break") {
          await this.#force(lengths.breakMs);
        }
        await this.#force(lengths.sessionMs);
        return;
      case "hold_publish":
      case "release_publish":
        await this.#book().holdPublish(command === "hold_publish");
        return;
    }
  }

  /** The past is in the book, the session is at hand, and no scan is owed. */
  async #begin(): Promise<void> {
    const market = this.#marketOrNull();
    if (market === null || this.#session !== null) {
      return;
    }
    if (this.#store.standing() === null) {
      const { clock, instruments } = this.#ports;
      const state = await prepareMarket(this.#exchangeOf(), market, {
        clock,
        instruments,
        book: this.#book(),
      });
      const at = clock.now();
      this.#mark = { clock: OPENING, at, plannedAt: at };
      this.#store.stand(state, this.#mark);
    }
    await this.#scanIfDue();
    this.#open(market);
  }

  #open(market: LiveMarket): void {
    const standing = this.#store.standing();
    this.#session = standing && market.after(standing.state);
    this.#watched = null;
  }

  async #pass(ms: number, now: number): Promise<void> {
    const [clock, turn] = pass(this.#mark.clock, ms, this.#ports.lengths);
    const written = turn !== "none" || now - this.#mark.at > WRITE_MS;
    await this.#turn(turn, { ...this.#mark, clock, at: now });
    if (written) {
      this.#store.write(this.#mark);
    }
  }

  /** Time that the owner lets pass, also while the clock is paused. */
  async #force(ms: number): Promise<void> {
    const { paused } = this.#mark.clock;
    const [clock, turn] = pass({ ...this.#mark.clock, paused: false }, ms, this.#ports.lengths);
    const now = this.#ports.clock.now();
    await this.#turn(turn, { clock: { ...clock, paused }, at: now, plannedAt: now });
    this.#store.write(this.#mark);
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

  /** The rows are in the book and the scan is not: after a death between the two it is done at the next birth. */
  async #scanIfDue(): Promise<void> {
    if (this.#store.standing()?.scanDue) {
      await this.#book().run({ kind: "session", market: null, topN: 0, minScore: 0 });
      this.#store.scanned();
      this.#watched = null;
    }
  }

  /** Shows the open signals their prices, at most once a second and one showing at a time. */
  #moveSignals(now: number): void {
    const session = this.#session;
    const { clock } = this.#mark;
    if (
      session === null ||
      clock.phase !== "open" ||
      this.#movingSignals ||
      now - this.#signalsAt < SIGNALS_MS
    ) {
      return;
    }
    this.#signalsAt = now;
    this.#movingSignals = true;
    const elapsed = elapsedShare(clock, this.#ports.lengths);
    const prices = (this.#watched ?? []).flatMap((ticker) => {
      const quote = session.quote(ticker, elapsed);
      return quote === null ? [] : [{ ticker, price: quote.price, volume: quote.volume }];
    });
    void this.#show({ day: session.day, elapsed: Math.min(elapsed, 0.999_999), prices });
  }

  async #show(batch: Parameters<ReturnType<FeedPorts["book"]>["tick"]>[0]): Promise<void> {
    try {
      this.#watched = await this.#book().tick(batch);
    } catch {
      // The book is out of reach for a moment; the next second shows it the next prices.
      this.#watched = null;
    } finally {
      this.#movingSignals = false;
    }
  }

  #write(clock: SessionClock): void {
    const now = this.#ports.clock.now();
    this.#mark = { clock, at: now, plannedAt: now };
    this.#store.write(this.#mark);
  }

  #book(): ReturnType<FeedPorts["book"]> {
    return this.#ports.book(this.#exchangeOf());
  }

  #marketOrNull(): LiveMarket | null {
    this.#market ??= this.#ports.market(this.#exchangeOf());
    return this.#market ?? null;
  }
}

/** Nothing can be quoted while the past is on its way into the book. */
function preparing(exchange: Exchange, source: string, at: number): View {
  const status = { exchange, state: "preparing", source, clock: null, session: null, tickers: 0 } as const;
  return { at, status, quote: () => null, index: () => null };
}
