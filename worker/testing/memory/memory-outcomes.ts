/** Outcomes in memory over a ledger in memory, with what their port promises; for tests of what measures and reads them. */
import type {
  GateDay,
  Measured,
  OutcomeSave,
  OutcomeStore,
  SignalOutcome,
  TriggeredSignal,
} from "../../app/ports/outcome-store.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { MemoryLedger } from "./memory-ledger.ts";

export class MemoryOutcomes implements OutcomeStore {
  readonly rows = new Map<string, SignalOutcome>();
  readonly standing: Record<Exchange, Measured | null> = { KRX: null, DEMO: null };
  /** One for each call of `save`. */
  readonly saves: OutcomeSave[] = [];
  readonly #ledger: MemoryLedger;

  constructor(ledger: MemoryLedger) {
    this.#ledger = ledger;
    ledger.readEntryGrades(
      (id) => [...this.rows.values()].find(({ signalId }) => signalId === id)?.grade ?? null,
    );
    ledger.onOutcomesDropped((ids) => {
      for (const [key, { signalId }] of this.rows) {
        if (ids.has(signalId)) {
          this.rows.delete(key);
        }
      }
    });
  }

  triggeredSince(exchange: Exchange, day: TradingDay): Promise<readonly TriggeredSignal[]> {
    const triggered = this.#ledger.stored
      .map(({ signal }) => signal)
      .filter((signal) => signal.exchange === exchange)
      .flatMap((signal) => this.#triggered(signal))
      .filter(({ enteredOn }) => enteredOn >= day)
      .toSorted((a, b) => (a.signal.id < b.signal.id ? -1 : 1));
    return Promise.resolve(triggered);
  }

  gateDays(exchange: Exchange, since: TradingDay): Promise<readonly GateDay[]> {
    const newest = new Map(this.#ledger.gateLists[exchange].toReversed().map((gate) => [gate.day, gate]));
    const days = Array.from(newest.values(), ({ day, status }) => ({ day, status }));
    return Promise.resolve(days.filter(({ day }) => day >= since).toSorted((a, b) => a.day - b.day));
  }

  save(save: OutcomeSave): Promise<void> {
    this.saves.push(save);
    for (const outcome of save.outcomes) {
      const key = `${outcome.signalId}/${outcome.horizon}`;
      this.rows.set(key, { ...outcome, grade: this.rows.get(key)?.grade ?? outcome.grade });
    }
    this.standing[save.exchange] = { asOf: save.asOf, paramsVersion: save.paramsVersion };
    return Promise.resolve();
  }

  measured(exchange: Exchange): Promise<Measured | null> {
    return Promise.resolve(this.standing[exchange]);
  }

  outcomes(exchange: Exchange, paramsVersion: string): Promise<readonly SignalOutcome[]> {
    const rows = Array.from(this.rows.values())
      .filter((row) => row.exchange === exchange && row.paramsVersion === paramsVersion)
      .toSorted(
        (a, b) =>
          a.enteredOn - b.enteredOn ||
          (a.signalId < b.signalId ? -1 : a.signalId > b.signalId ? 1 : a.horizon - b.horizon),
      );
    return Promise.resolve(rows);
  }

  #triggered(signal: Signal): readonly TriggeredSignal[] {
    if (signal.triggeredOn === null) {
      return [];
    }
    const enteredOn = tradingDayOf(Math.max(signal.triggeredOn, signal.bornOn));
    const log = this.#ledger.history.filter(
      ({ signalId, supersededBy }) => signalId === signal.id && supersededBy === undefined,
    );
    const revisedThen = log.some(({ reason, day }) => reason === "revised" && day === enteredOn);
    const foreknown = log.some(({ reason }) => reason === "triggered") && !revisedThen;
    return [{ signal, enteredOn, foreknown }];
  }
}
