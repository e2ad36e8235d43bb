/** One replay of a market: the real jobs over a ledger in memory, session after session. */
import { runScan } from "../../app/jobs/run-scan.ts";
import type { RunOutcome, RunRequest } from "../../app/ports/market-book.ts";
import { isOpen, type Signal, type SignalEvent } from "../../core/lifecycle/signal.ts";
import { DAY_MS, type TradingDay } from "../../core/calendar/trading-day.ts";
import { LiveSignalTracker } from "../../market/book/live-signal-tracker.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MemoryLedger } from "../memory/memory-ledger.ts";
import { barsUntil, type ReplayMarket } from "./replay-market.ts";
import { makeRun } from "../builders/signal-builder.ts";

/** `withActions` exchanges the shares of half a market in one session, which a scan takes for a slip of unit (DY4). */
const REQUEST: RunRequest = { kind: "manual", market: null, topN: 0, minScore: 0, accept: ["jump"] };

/** 19:00 in Seoul: rows that arrive before the close are not scanned (DY4). */
const EVENING_MS = 10 * 3_600_000;

export class ReplayLife {
  readonly ledger = new MemoryLedger();
  readonly #market: ReplayMarket;
  readonly #withTicks: boolean;
  #now = 0;

  constructor(market: ReplayMarket, withTicks: boolean) {
    this.#market = market;
    this.#withTicks = withTicks;
  }

  open(): readonly Signal[] {
    return this.ledger.stored.map(({ signal }) => signal).filter(({ state }) => isOpen(state));
  }

  /** The signals that a session left open or ended, and their events. */
  today(day: TradingDay): { readonly signals: readonly Signal[]; readonly events: readonly SignalEvent[] } {
    const signals = this.ledger.stored.map(({ signal }) => signal);
    return {
      signals: signals.filter(({ state, endedOn }) => isOpen(state) || endedOn === day),
      events: this.ledger.history.slice(-2_000).filter((event) => event.day === day),
    };
  }

  /** The session that closes on `day`: its prices, when this life sees them, then its bars and its scan. */
  async close(day: TradingDay): Promise<RunOutcome> {
    this.#now = day * DAY_MS + EVENING_MS;
    if (this.#withTicks) {
      await this.#show(day);
    }
    const { exchange, instruments } = this.#market;
    const run = makeRun({
      id: `run-${day}`,
      exchange,
      kind: "manual",
      status: "running",
      startedAt: this.#now,
      finishedAt: null,
    });
    const outcome = await runScan(run, REQUEST, barsUntil(this.#market, day), {
      clock: { now: () => this.#now },
      ledger: this.ledger,
      instruments: { all: () => Promise.resolve(instruments) },
    });
    // A replay has no feed to notify.
    this.ledger.waiting = [];
    return outcome;
  }

  /** Shows the open signals the prices of a session, moment by moment. */
  async #show(day: TradingDay): Promise<void> {
    const { exchange, sessions } = this.#market;
    const before = sessions.findLast((session) => session < day) ?? day;
    const bars = barsUntil(this.#market, before);
    const tracker = new LiveSignalTracker(
      () => exchange,
      {
        clock: { now: () => this.#now },
        log: new MemoryLog(),
        ledger: this.ledger,
        alarm: { soon: () => Promise.resolve(0) },
      },
      (ticker) => bars.series(ticker),
    );
    const tickers = [...new Set(this.open().map(({ ticker }) => ticker))];
    const ways = tickers.flatMap((ticker) =>
      this.#market.ticks(ticker, day).map((tick) => ({ ...tick, ticker })),
    );
    const moments = Map.groupBy(ways, ({ elapsed }) => elapsed);
    for (const [elapsed, prices] of [...moments].toSorted(([a], [b]) => a - b)) {
      await tracker.tick({ day, elapsed, prices });
    }
  }
}
