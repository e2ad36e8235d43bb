/** The open signals of a book while a session runs: read once from the ledger, moved by prices, saved move by move. */
import { type LiveMoves, type LiveSignal, LiveSignals } from "../../app/jobs/live-signals.ts";
import { moveMessages } from "../../app/jobs/scan-messages.ts";
import { type Log, logFailure } from "../../app/ports/log.ts";
import type { Clock } from "../../app/ports/clock.ts";
import type { TickBatch } from "../../app/ports/market-book.ts";
import type { ScanLedger } from "../../app/ports/scan-ledger.ts";
import { adjust } from "../../core/bars/adjust.ts";
import type { Columns } from "../../core/bars/columns.ts";
import { hasRegularClose } from "../../core/bars/origin.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import { PARAMS } from "../../core/params.ts";
import { PatternTime } from "../../core/bars/pattern-time.ts";
import { tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { BookAlarm } from "./book-alarm.ts";

/** The neighbours of the tracker. */
export interface TrackerPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly ledger: Pick<ScanLedger, "openSignals" | "eventCounts" | "saveMoves">;
  /** BK34: set before a save, because what was saved is published also where the process dies behind it. */
  readonly alarm: Pick<BookAlarm, "soon">;
}

/** JB10: held in memory, because a price must move a signal within the second; a move is saved before the next price is judged. */
export class LiveSignalTracker {
  /** Called late: an object that never runs may have a name that is no exchange's. */
  readonly #exchangeOf: () => Exchange;
  readonly #ports: TrackerPorts;
  readonly #seriesOf: (ticker: string) => Columns | null;
  #signals: LiveSignals | null = null;
  /** Ticks come one after the other: each is judged on what the one before it saved. */
  #turn: Promise<unknown> = Promise.resolve();
  #messages = 0;

  constructor(exchangeOf: () => Exchange, ports: TrackerPorts, seriesOf: (ticker: string) => Columns | null) {
    this.#exchangeOf = exchangeOf;
    this.#ports = ports;
    this.#seriesOf = seriesOf;
  }

  /** After a scan, or a save that failed, the next tick reads the ledger again. */
  forget(): void {
    this.#signals = null;
  }

  /** Resolves when no tick is under way, so that a scan reads the ledger after the last move and no move overwrites it. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Resolves when every move of the batch is saved; `true` when there was one. */
  async tick(batch: TickBatch): Promise<{ readonly tickers: readonly string[]; readonly moved: boolean }> {
    const mine = this.#turn.then(async () => this.#apply(batch));
    this.#turn = mine.catch((error: unknown) => {
      logFailure(this.#ports.log, "tick_failed", error, { exchange: this.#exchangeOf() });
    });
    return mine;
  }

  async #apply(batch: TickBatch): ReturnType<LiveSignalTracker["tick"]> {
    const signals = (this.#signals ??= await this.#read());
    const moves = signals.tick(batch, this.#ports.clock.now());
    const isNew = moves.signals.length + moves.alerts.length > 0;
    const moved = isNew && (await this.#save(moves, signals.count()));
    return { tickers: signals.tickers(), moved };
  }

  async #read(): Promise<LiveSignals> {
    const open = await this.#ports.ledger.openSignals(this.#exchangeOf());
    const counts = await this.#ports.ledger.eventCounts(open.map(({ signal }) => signal.id));
    const live = open.map((stored): LiveSignal => {
      const series = this.#seriesOf(stored.signal.ticker);
      const events = counts.get(stored.signal.id) ?? 0;
      return { stored, events, meanVolume: meanVolumeOf(series), last: lastRowOf(series) };
    });
    return new LiveSignals(live, PARAMS);
  }

  async #save({ signals, events, runId, alerts }: LiveMoves, openCount: number): Promise<boolean> {
    const at = this.#ports.clock.now();
    const exchange = this.#exchangeOf();
    this.#messages += 1;
    const id = `${exchange.toLowerCase()}-tick-${at.toString(36)}-${this.#messages}`;
    try {
      await this.#ports.alarm.soon();
      await this.#ports.ledger.saveMoves({
        exchange,
        runId,
        at,
        signals: signals.map(({ signal }) => signal),
        events,
        outbox: moveMessages(id, exchange, signals, openCount, runId, at),
        alerts,
      });
      return true;
    } catch (error) {
      // Nothing was saved, so nothing moved: the next price, or the session's bar, moves the signals again.
      logFailure(this.#ports.log, "moves_not_saved", error, {
        exchange,
        run: runId,
        signals: signals.length,
      });
      this.forget();
      return false;
    }
  }
}

function lastRowOf(columns: Columns | null): LiveSignal["last"] {
  const row = (columns?.day.length ?? 0) - 1;
  if (columns === null || row < 0) {
    return null;
  }
  const [close = Number.NaN, base = Number.NaN] = [columns.close[row], columns.base?.[row]];
  return { day: tradingDayOf(columns.day[row] ?? 0), close, base, regular: hasRegularClose(columns, row) };
}

/** Row 15 compares with the mean volume of the last 50 bars; `null` with fewer. */
function meanVolumeOf(columns: Columns | null): number | null {
  if (columns === null) {
    return null;
  }
  const bars = new PatternTime();
  bars.load(adjust(columns).columns);
  const mean = bars.meanVolume(bars.n - PARAMS.life.volumeBars, bars.n - 1);
  return Number.isFinite(mean) ? mean : null;
}
