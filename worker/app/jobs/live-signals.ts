/**
 * The open signals of an exchange while a session runs: prices in, moves out. A view of the ledger in memory; what it
 * returns must be saved, and whoever fails to save it forgets this view and reads the ledger again.
 */
import type { LifeTick } from "../../core/life-event.ts";
import { advance } from "../../core/lifecycle.ts";
import type { Params } from "../../core/params.ts";
import { isOpen, type Signal, type SignalEvent } from "../../core/signal.ts";
import type { TickBatch } from "../ports/market-book.ts";
import type { StoredSignal } from "../ports/scan-ledger.ts";
import { numberEvents } from "./number-events.ts";

/** Volume says nothing about the day before this share of the session has passed: 30 of 390 minutes (row 15). */
const TELLING_SHARE = 30 / 390;

export interface LiveSignal {
  readonly stored: StoredSignal;
  /** Events already in its log. */
  readonly events: number;
  /** Mean volume of the last 50 bars; `null` with fewer. */
  readonly meanVolume: number | null;
}

export interface LiveMoves {
  /** Signals whose state or flags changed. */
  readonly signals: readonly StoredSignal[];
  readonly events: readonly SignalEvent[];
}

export class LiveSignals {
  readonly #params: Params;
  #byTicker: Map<string, readonly LiveSignal[]>;

  constructor(signals: readonly LiveSignal[], params: Params) {
    this.#params = params;
    this.#byTicker = Map.groupBy(signals, ({ stored }) => stored.signal.ticker);
  }

  /** Tickers whose prices matter here. */
  tickers(): readonly string[] {
    return [...this.#byTicker.keys()];
  }

  /** Open signals, ended ones left out. */
  count(): number {
    return [...this.#byTicker.values()].reduce((sum, signals) => sum + signals.length, 0);
  }

  tick(batch: TickBatch): LiveMoves {
    const moved: StoredSignal[] = [];
    const events: SignalEvent[] = [];
    for (const { ticker, price, volume } of batch.prices) {
      const signals = this.#byTicker.get(ticker) ?? [];
      const next = signals.map((live) => this.#apply(live, batch, price, volume, moved, events));
      const open = next.filter(({ stored }) => isOpen(stored.signal.state));
      if (open.length > 0) {
        this.#byTicker.set(ticker, open);
      } else {
        this.#byTicker.delete(ticker);
      }
    }
    return { signals: moved, events };
  }

  #apply(
    live: LiveSignal,
    { day, elapsed }: TickBatch,
    price: number,
    volume: number,
    moved: StoredSignal[],
    events: SignalEvent[],
  ): LiveSignal {
    const { stored, meanVolume } = live;
    const tick: LifeTick = { price, elapsed, runRate: runRateOf(volume, meanVolume, elapsed) };
    const step = advance(stored.signal, { type: "tick", day, tick }, this.#params);
    const next: StoredSignal = { ...stored, signal: step.signal };
    if (step.transitions.length > 0 || flagsOf(step.signal) !== flagsOf(stored.signal)) {
      moved.push(next);
      events.push(...numberEvents(step, live.events));
    }
    return { ...live, stored: next, events: live.events + step.transitions.length };
  }
}

function flagsOf(signal: Signal): string {
  return signal.flags.join();
}

/** Volume so far over the share of a mean day that should have traded by now. */
function runRateOf(volume: number, meanVolume: number | null, elapsed: number): number | null {
  return meanVolume === null || meanVolume === 0 || elapsed < TELLING_SHARE
    ? null
    : volume / (meanVolume * elapsed);
}
