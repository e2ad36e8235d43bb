/**
 * The open signals of an exchange while a session runs: prices in, moves out. A view of the ledger in memory; its moves
 * must be saved, and a caller that fails to save them drops this view and reads the ledger again.
 */
import type { SignalAlert } from "../../core/alerts/alert-event.ts";
import { signalAlerts } from "../../core/alerts/signal-alerts.ts";
import { type CloseBefore, factorOf, volumeFactor } from "../../core/bars/adjust.ts";
import type { LifeTick, Step } from "../../core/lifecycle/life-event.ts";
import { still } from "../../core/lifecycle/transition.ts";
import { follow } from "../../core/lifecycle/lifecycle.ts";
import { priceOf } from "../../core/nominal.ts";
import type { Params } from "../../core/params.ts";
import { isOpen, isPreTrigger, type Signal, type SignalEvent } from "../../core/lifecycle/signal.ts";
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import type { TickBatch, TickPrice } from "../ports/market-book.ts";
import type { StoredSignal } from "../ports/scan-ledger.ts";
import { numberEvents } from "./settle-scan.ts";

/** Before this share of the session, 30 of 390 minutes, the volume so far does not predict the day (row 15). */
const PREDICTIVE_SHARE = 30 / 390;
/** Share of the session between two prices of one share in one batch: some tenths of a millisecond, so that LC1 applies both. */
const NEXT_SHARE = 1e-8;

/** A signal with what a price needs to be judged. */
export interface LiveSignal {
  readonly stored: StoredSignal;
  /** Events already in its log. */
  readonly events: number;
  /** Mean volume of the last 50 bars; `null` with fewer. */
  readonly meanVolume: number | null;
  /** The share's last row, as it was published; `null` without one. */
  readonly last: ({ readonly day: TradingDay } & CloseBefore) | null;
}

/** To be saved before the next price is judged. */
export interface LiveMoves {
  /** Signals whose state or flags changed. */
  readonly signals: readonly StoredSignal[];
  readonly events: readonly SignalEvent[];
  /** The scan whose list the first of them stands on. */
  readonly runId: string;
  /** Also of signals that only came nearer to their pivot. */
  readonly alerts: readonly SignalAlert[];
}

/** The reducer of LC over many signals, by ticker. It stores nothing itself. */
export class LiveSignals {
  readonly #params: Params;
  #byTicker: Map<string, readonly LiveSignal[]>;
  /** Ids of what was stated in this life, so that a price that swings round a step is written once. */
  readonly #stated = new Set<string>();

  constructor(signals: readonly LiveSignal[], params: Params) {
    this.#params = params;
    this.#byTicker = Map.groupBy(signals, ({ stored }) => stored.signal.ticker);
  }

  /** Tickers of the open signals: the nearest to a price that moves one first, because not every source follows all of them. */
  tickers(): readonly string[] {
    return Array.from(this.#byTicker, ([ticker, signals]) => ({ ticker, way: wayToMove(signals) }))
      .toSorted((a, b) => a.way - b.way)
      .map(({ ticker }) => ticker);
  }

  /** Open signals, ended ones left out. */
  count(): number {
    return [...this.#byTicker.values()].reduce((sum, signals) => sum + signals.length, 0);
  }

  /** `at` in milliseconds since the epoch. */
  tick(batch: TickBatch, at: number): LiveMoves {
    const moved: StoredSignal[] = [];
    const events: SignalEvent[] = [];
    const alerts: SignalAlert[] = [];
    let runId = "";
    const earlier = new Map<string, number>();
    for (const price of batch.prices) {
      const { ticker } = price;
      const before = earlier.get(ticker) ?? 0;
      earlier.set(ticker, before + 1);
      const moment = { day: batch.day, elapsed: batch.elapsed + before * NEXT_SHARE };
      const signals = this.#byTicker.get(ticker) ?? [];
      const next = signals.map((live) => {
        const applied = this.#apply(live, moment, price, moved, events);
        const stated = this.#alertsOf(live, applied, batch.day, at);
        alerts.push(...stated);
        runId ||= applied.isMoved || stated.length > 0 ? live.stored.runId : "";
        return applied.live;
      });
      const open = next.filter(({ stored }) => isOpen(stored.signal.state));
      if (open.length > 0) {
        this.#byTicker.set(ticker, open);
      } else {
        this.#byTicker.delete(ticker);
      }
    }
    return { signals: moved, events, runId, alerts };
  }

  /** AL3: each once; a session before is over, and nothing of it comes again. */
  #alertsOf(
    { stored }: LiveSignal,
    { live, transitions }: Applied,
    day: TradingDay,
    at: number,
  ): readonly SignalAlert[] {
    const [before, after] = [stored.signal, live.stored.signal];
    const facts = { at, nameEn: stored.nameEn ?? null };
    const alerts = signalAlerts({ before, after, events: transitions, day }, facts, this.#params).filter(
      ({ id }) => !this.#stated.has(id),
    );
    alerts.forEach(({ id }) => this.#stated.add(id));
    return alerts;
  }

  #apply(
    live: LiveSignal,
    { day, elapsed }: Pick<TickBatch, "day" | "elapsed">,
    { price, volume, base, isLocked }: TickPrice,
    moved: StoredSignal[],
    events: SignalEvent[],
  ): Applied {
    const { stored, meanVolume, last } = live;
    // JB15: its last session has not been scanned, and that session's bar would come after a later price.
    if (last !== null && stored.signal.appliedOn < last.day) {
      return { live, transitions: [], isMoved: false };
    }
    const factor = actionOf(live, base);
    const mean = meanVolume && meanVolume / volumeFactor(factor ?? 1);
    const tick: LifeTick = {
      price: priceOf(price),
      elapsed,
      runRate: runRateOf(volume, mean, elapsed),
      ...(isLocked !== undefined && { isLocked }),
    };
    const step = [
      ...(factor === null ? [] : [{ type: "action", day, factor } as const]),
      { type: "tick", day, tick } as const,
    ].reduce((before, event) => follow(before, event, this.#params), still(stored.signal));
    const next: StoredSignal = { ...stored, signal: step.signal };
    const isMoved = step.transitions.length > 0 || flagsOf(step.signal) !== flagsOf(stored.signal);
    if (isMoved) {
      moved.push(next);
      events.push(...numberEvents(step, live.events));
    }
    return {
      live: { ...live, stored: next, events: live.events + step.transitions.length },
      transitions: step.transitions,
      isMoved,
    };
  }
}

/** A signal after a price, and what that price did. */
interface Applied {
  readonly live: LiveSignal;
  readonly transitions: Step["transitions"];
  readonly isMoved: boolean;
}

/** As a share of the price: to the trigger before it was touched, to the stop afterwards. */
function wayToMove(signals: readonly LiveSignal[]): number {
  const ways = signals.map(({ stored: { signal } }) => {
    const { entry, stop } = signal.base;
    return Math.abs((isPreTrigger(signal.state) ? entry : stop) / signal.close - 1);
  });
  return Math.min(...ways);
}

/** Row 22 comes before the session's first price. A share that was halted is left to its session's row, which has the share count. */
function actionOf({ stored, last }: LiveSignal, base: number | null): number | null {
  const isHalted = stored.signal.state === "SUSPENDED";
  return base === null || last === null || isHalted ? null : factorOf(base, last, null);
}

function flagsOf(signal: Signal): string {
  return signal.flags.join();
}

/** Volume so far over the share of a mean day that should have traded by now. */
function runRateOf(volume: number, meanVolume: number | null, elapsed: number): number | null {
  return meanVolume === null || meanVolume === 0 || elapsed < PREDICTIVE_SHARE
    ? null
    : volume / (meanVolume * elapsed);
}
