/** The book of a simulated week: open signals moved by the shipped reducer, and the same signals moved by the day's bars alone. */
import { LiveSignals } from "../../app/jobs/live-signals.ts";
import type { TickBatch } from "../../app/ports/market-book.ts";
import type { MarketQuote } from "../../app/ports/market-sources.ts";
import { assert } from "../../core/assert.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import { follow } from "../../core/lifecycle/lifecycle.ts";
import { isOpen, isPreTrigger, type Signal } from "../../core/lifecycle/signal.ts";
import { still } from "../../core/lifecycle/transition.ts";
import { priceOf, type Ticker } from "../../core/nominal.ts";
import { PARAMS } from "../../core/params.ts";
import { makeBase, makeSignal } from "../builders/signal-builder.ts";
import type { Tape } from "./tape.ts";

const MEAN_VOLUME = 60_000;

/** A move of a signal inside a session; `at`: when the book had the price. */
export interface Move {
  readonly ticker: Ticker;
  readonly at: number;
  readonly to: string;
}

export class WeekBook {
  readonly moves: Move[] = [];
  batches = 0;
  /** Prices that no trade of the session had. */
  strange = 0;
  /** Signals whose state at the close is not that of the day's bar. */
  readonly differing: string[] = [];
  compared = 0;
  readonly #random: () => number;
  #signals = new Map<Ticker, Signal>();
  #live: LiveSignals | null = null;
  #number = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** In the morning every share has an open signal near its price. */
  open(day: TradingDay, tapes: readonly Tape[]): void {
    const before = tradingDayOf(day - 1);
    for (const { ticker, base } of tapes) {
      const kept = this.#signals.get(ticker);
      if (kept === undefined || !isOpen(kept.state)) {
        this.#signals.set(ticker, this.#born(ticker, base, before));
      }
    }
    const closes = new Map(tapes.map(({ ticker, base }) => [ticker, base]));
    this.#live = new LiveSignals(
      Array.from(this.#signals.values(), (signal) => ({
        stored: { signal, createdAt: 0, updatedAt: 0, runId: "week" },
        events: 0,
        meanVolume: MEAN_VOLUME,
        last: {
          day: before,
          close: closes.get(signal.ticker) ?? 0,
          base: closes.get(signal.ticker) ?? 0,
          regular: true,
        },
      })),
      PARAMS,
    );
  }

  /** Some wait for their trigger, some hold above a stop. */
  #born(ticker: Ticker, base: number, day: TradingDay): Signal {
    this.#number += 1;
    const pivot = Math.round(base * (0.995 + 0.03 * this.#random()));
    const shape = {
      pivot,
      entry: Math.round(pivot * 1.002),
      stop: Math.round(pivot * (0.95 + 0.035 * this.#random())),
    };
    const held = {
      state: "UNCONFIRMED",
      triggeredOn: tradingDayOf(day - 3),
      sinceTrigger: 3,
      sinceBreak: 3,
    } as const;
    return makeSignal({
      id: `signal-${this.#number}`,
      exchange: "KRX",
      ticker,
      base: makeBase(shape),
      close: base,
      appliedOn: day,
      ...(this.#random() < 0.35 ? held : {}),
    });
  }

  tick(batch: TickBatch, at: number, tapes: ReadonlyMap<string, Tape>): readonly string[] {
    assert(this.#live !== null, "A session is open");
    this.batches += 1;
    for (const { ticker, price } of batch.prices) {
      const quote = tapes.get(ticker)?.quote() ?? null;
      if (quote === null || price > quote.high || price < quote.low) {
        this.strange += 1;
      }
    }
    for (const { signal } of this.#live.tick(batch, at).signals) {
      const before = this.#signals.get(signal.ticker);
      if (before?.state !== signal.state) {
        this.moves.push({ ticker: signal.ticker, at, to: signal.state });
      }
      this.#signals.set(signal.ticker, signal);
    }
    return this.#live.tickers();
  }

  /** Whether this price moves the signal of the share as it stands. */
  wouldMove(ticker: Ticker, price: number): boolean {
    const signal = this.#signals.get(ticker);
    if (signal === undefined || !isOpen(signal.state)) {
      return false;
    }
    const { entry, stop } = signal.base;
    return isPreTrigger(signal.state)
      ? price >= entry
      : price < stop && signal.triggeredOn !== null && signal.triggeredOn !== signal.appliedOn;
  }

  /** In the evening each signal gets the day's bar: as the session left it, and as it was in the morning. */
  close(day: TradingDay, bars: readonly MarketQuote[], morning: ReadonlyMap<Ticker, Signal>): void {
    for (const { ticker, high, low, price, volume } of bars) {
      const bar = {
        high: priceOf(high),
        low: priceOf(low),
        close: priceOf(price),
        volumeRatio: volume / MEAN_VOLUME,
        locked: false,
      };
      const [lived, plain] = [this.#signals.get(ticker), morning.get(ticker)];
      assert(lived !== undefined && plain !== undefined, `${ticker} has a signal`);
      const event = { type: "bar", day, bar } as const;
      const [one, other] = [lived, plain].map((signal) => follow(still(signal), event, PARAMS).signal);
      assert(one !== undefined && other !== undefined, "Both have a state");
      this.compared += 1;
      if (essence(one) !== essence(other)) {
        this.differing.push(`${ticker}: ${essence(one)}, by its bars ${essence(other)}`);
      }
      this.#signals.set(ticker, { ...one, appliedSeq: 2 });
    }
  }

  /** As they stand. */
  standing(): ReadonlyMap<Ticker, Signal> {
    return new Map(this.#signals);
  }
}

/** A signal that ended in the session has the close and the counters of the price that ended it. */
function essence(signal: Signal): string {
  const {
    state,
    reason,
    triggeredOn,
    sinceTrigger,
    sinceBreak,
    sinceSquat,
    volumeOk,
    baseBars,
    flags,
    close,
  } = signal;
  return JSON.stringify([
    state,
    reason,
    triggeredOn,
    sinceTrigger,
    ...(isOpen(state) ? [sinceBreak, sinceSquat, volumeOk, baseBars, flags, close] : []),
  ]);
}
