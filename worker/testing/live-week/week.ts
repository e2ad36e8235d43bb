/** A week of sessions, second by second: what the vendor sends, what goes wrong, and how it ended. */
import { assert } from "../../core/assert.ts";
import { calendarDay, type SessionHours } from "../../core/calendar/krx-calendar.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import { type Ticker, tickerOf } from "../../core/nominal.ts";
import { dayOf } from "../builders/signal-builder.ts";
import { makeRandom } from "../chance/random.ts";
import { quantile } from "../load/quantile.ts";
import type { FakeTrade } from "../fakes/kis/kis-trades.ts";
import { Tape } from "./tape.ts";
import { WeekStage } from "./week-stage.ts";

export interface WeekOptions {
  readonly ticksPerSecond: number;
  /** Trades of a second in which many come. */
  readonly burst: number;
  readonly sessions: number;
  readonly symbols: number;
  readonly seed: number;
  /** Nothing goes wrong but what a vendor sends beside the session's trades. */
  readonly isCalm?: boolean;
  /** A machine of the owner's brings the prices, in batches. */
  readonly isPushed?: boolean;
}

export interface WeekFigures {
  readonly sent: number;
  /** Sent as well: indicative, of another phase or of a halt, repeated, out of order. */
  readonly wrong: number;
  readonly connections: number;
  readonly refusals: number;
  readonly evictions: number;
  readonly moves: number;
  /** From a tick that reached the program to the move that the book saved, in milliseconds. */
  readonly latency: {
    readonly count: number;
    readonly p50: number;
    readonly p95: number;
    readonly max: number;
  };
  /** Ticks that reached the program, and whose move came with the day's bar alone. */
  readonly missed: number;
  /** The same where the connection or the program died in between. */
  readonly interrupted: { readonly count: number; readonly max: number };
  /** Prices that move a signal, of followed shares and of those that are asked for by turns: how many moved it how soon. */
  readonly touches: { readonly count: number; readonly within1s: number; readonly within20s: number };
  readonly compared: number;
  readonly differing: readonly string[];
  /** Prices that reached the book and were of no trade. */
  readonly strange: number;
  /** Bars of followed shares that are not the session's. */
  readonly wrongBars: number;
  readonly comparedBars: number;
}

const STEP_MS = 250;
const SECOND_MS = 1_000;
const AUCTION_MS = 600_000;
/** Seconds of a minute in which many trades come. */
const BURST_FROM = 55;

function sessionsFrom(text: string, count: number): readonly SessionHours[] {
  const found: SessionHours[] = [];
  for (let day: number = dayOf(text); found.length < count; day++) {
    const known = calendarDay(tradingDayOf(day));
    assert(known.kind !== "unknown", "The calendar knows these days");
    if (known.kind === "session") {
      found.push(known);
    }
  }
  return found;
}

/** What a vendor sends beside the trades of the session; each would move a signal if it were taken for one. */
function wrongTrade(last: FakeTrade, earlier: FakeTrade, random: () => number): FakeTrade {
  const wild = { ...last, price: 3 * last.price, high: 3 * last.price, volume: last.volume + 10_000 };
  const kinds: readonly FakeTrade[] = [
    { ...wild, hour: "B" },
    { ...wild, hour: "C" },
    { ...wild, market: "3" },
    { ...wild, market: "1" },
    { ...wild, market: "5" },
    { ...wild, halted: true },
    { ...wild, at: last.at - 86_400_000 },
    last,
    earlier,
  ];
  return kinds[Math.floor(random() * kinds.length)] ?? last;
}

/** One session. */
class Day {
  readonly #stage: WeekStage;
  readonly #hours: SessionHours;
  readonly #tapes: readonly Tape[];
  readonly #options: WeekOptions;
  readonly #random: () => number;
  readonly #number: number;
  sent = 0;
  wrong = 0;

  constructor(
    stage: WeekStage,
    hours: SessionHours,
    tapes: readonly Tape[],
    options: WeekOptions,
    number: number,
  ) {
    this.#stage = stage;
    this.#hours = hours;
    this.#tapes = tapes;
    this.#options = options;
    this.#number = number;
    this.#random = makeRandom(options.seed * 977 + number);
  }

  async play(): Promise<void> {
    const { opensAt, closesAt } = this.#hours;
    const { clock } = this.#stage;
    for (let now = opensAt - 120_000; now < closesAt + 121_000; now += STEP_MS) {
      clock.moveTo(now);
      this.#send(now);
      if ((now - opensAt) % SECOND_MS === 0) {
        this.#trouble(Math.round((now - opensAt) / SECOND_MS));
      }
      if (now >= this.#stage.dueAt) {
        await this.#stage.step();
      }
    }
  }

  #send(now: number): void {
    const { opensAt, closesAt } = this.#hours;
    for (const tape of this.#tapes) {
      if (now >= tape.closesAt && !tape.isOver) {
        this.#trade(tape, now);
      }
    }
    if (now < opensAt) {
      return;
    }
    const isOpen = now < closesAt - AUCTION_MS;
    const second = Math.floor((now - opensAt) / SECOND_MS) % 60;
    const rate = second >= BURST_FROM ? this.#options.burst : this.#options.ticksPerSecond;
    const count = (rate * STEP_MS) / SECOND_MS;
    const whole = Math.floor(count) + (this.#random() < count % 1 ? 1 : 0);
    for (let n = 0; n < whole; n++) {
      const tape = this.#tapes[Math.floor(this.#random() * this.#tapes.length)];
      if (tape !== undefined && isOpen && this.#random() > 0.05) {
        this.#trade(tape, now);
      } else if (tape?.last) {
        this.wrong += 1;
        this.#stage.send(wrongTrade(tape.last, tape.earlier ?? tape.last, this.#random), false);
      }
    }
  }

  #trade(tape: Tape, now: number): void {
    const trade = tape.trade(now);
    if (trade !== null) {
      this.sent += 1;
      this.#stage.send(trade, true);
    }
  }

  /** Evictions in every other session, for they hide a line that died; the rest in all of them. */
  #trouble(second: number): void {
    const { socket } = this.#stage.fake;
    if (second % 20 === 0) {
      socket.heartbeat();
    }
    if (second <= 0 || this.#options.isCalm === true) {
      return;
    }
    const minute = second / 60;
    if (this.#number % 2 === 0 && second % 60 === 30) {
      this.#stage.evict();
    }
    if (minute % 37 === 11) {
      this.#stage.cut();
    }
    // A line that dies without a word, for longer than silence is waited for.
    socket.traps.silent = this.#number % 2 === 1 && minute % 90 >= 40 && minute % 90 < 42;
    // Another program takes the key for some seconds, and an ended session lingers.
    socket.traps.lingerMs = this.#number === 1 ? 4_000 : 0;
    if (minute % 120 === 70) {
      socket.traps.keyInUse = true;
      this.#stage.cut();
    }
    socket.traps.keyInUse &&= minute % 120 < 70.4;
    if (minute % 50 === 20) {
      socket.traps.width = 46 + ((socket.traps.width - 45) % 3);
    }
  }
}

export async function simulateWeek(options: WeekOptions): Promise<WeekFigures> {
  const random = makeRandom(options.seed);
  const stage = new WeekStage(random, options.isPushed === true);
  const tickers = Array.from({ length: options.symbols }, (_, n): Ticker =>
    tickerOf(String(100_000 + 10 * n)),
  );
  let closes = new Map(tickers.map((ticker) => [ticker, 5_000 + Math.floor(45_000 * random())]));
  const counts = { sent: 0, wrong: 0 };
  for (const [number, hours] of sessionsFrom("2026-10-12", options.sessions).entries()) {
    const tapes = tickers.map((ticker) => new Tape(ticker, closes.get(ticker) ?? 0, hours, random));
    stage.open(hours, tapes);
    const day = new Day(stage, hours, tapes, options, number);
    await day.play();
    await stage.close();
    counts.sent += day.sent;
    counts.wrong += day.wrong;
    closes = new Map(tapes.map((tape) => [tape.ticker, tape.quote()?.price ?? tape.base]));
  }
  const { book, latencies, interrupted, fake } = stage;
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    ...counts,
    connections: fake.socket.connections,
    refusals: fake.socket.refusals,
    evictions: stage.evictions,
    moves: book.moves.length,
    latency: {
      count: sorted.length,
      p50: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      max: sorted.at(-1) ?? 0,
    },
    missed: stage.missed,
    interrupted: { count: interrupted.length, max: Math.max(0, ...interrupted) },
    touches: {
      count: stage.lags.length,
      within1s: stage.lags.filter((lag) => lag <= 1_000).length,
      within20s: stage.lags.filter((lag) => lag <= 20_000).length,
    },
    compared: book.compared,
    differing: book.differing,
    strange: book.strange,
    wrongBars: stage.wrongBars,
    comparedBars: stage.comparedBars,
  };
}
