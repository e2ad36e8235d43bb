/** The versions of signals in memory, as the ledger's port promises them. */
import type { SignalVersion } from "../../app/ports/correction-ledger.ts";
import { type TradingDay, tradingDayOf } from "../../core/calendar/trading-day.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { Signal } from "../../core/lifecycle/signal.ts";

export class MemoryVersions {
  /** In no order. */
  all: SignalVersion[] = [];
  readonly since: Record<Exchange, TradingDay | null> = { KRX: null, DEMO: null };

  keep(fresh: readonly SignalVersion[]): void {
    const keys = new Set(fresh.map(keyOf));
    this.all = [...this.all.filter((version) => !keys.has(keyOf(version))), ...fresh];
  }

  /** The first save that keeps versions keeps the signals before it, so that its own session can be judged again. */
  keepFirst(exchange: Exchange, lastJudged: TradingDay | null, signals: readonly Signal[]): void {
    if (this.since[exchange] === null) {
      const day = tradingDayOf(lastJudged ?? 0);
      this.since[exchange] = tradingDayOf(lastJudged === null ? 0 : lastJudged + 1);
      const standing = signals
        .filter((signal) => signal.exchange === exchange)
        .filter(({ endedOn }) => endedOn === null || (lastJudged !== null && endedOn > lastJudged));
      this.keep(standing.map((signal) => ({ day, signal })));
    }
  }

  dropFrom(exchange: Exchange, day: TradingDay): void {
    this.all = this.all.filter((version) => version.signal.exchange !== exchange || version.day < day);
  }

  newestBefore(exchange: Exchange, day: TradingDay | null): readonly SignalVersion[] {
    const newest = new Map<string, SignalVersion>();
    for (const version of this.all.toSorted((a, b) => a.day - b.day)) {
      if (version.signal.exchange === exchange && (day === null || version.day < day)) {
        newest.set(version.signal.id, version);
      }
    }
    return [...newest.values()].toSorted((a, b) => (a.signal.id < b.signal.id ? -1 : 1));
  }
}

function keyOf({ day, signal }: SignalVersion): string {
  return `${signal.id} ${day}`;
}
