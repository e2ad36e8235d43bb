/** The signals of the past as the product would have kept them: each session's scan settled by the same job (LC). */
import { MEMORY_DAYS } from "../app/jobs/run-scan.ts";
import { settleScan } from "../app/jobs/settle-scan.ts";
import type { StoredSignal } from "../app/ports/scan-ledger.ts";
import type { Columns } from "../core/bars/columns.ts";
import { FILE_EXCHANGE } from "../core/instrument/exchange-profile.ts";
import { incumbentsOf } from "../core/lifecycle/incumbent.ts";
import type { Params } from "../core/params.ts";
import type { Incumbent } from "../core/vcp/base-search.ts";
import type { ScanResult } from "../core/scan/scan-result.ts";
import { isOpen, type Signal } from "../core/lifecycle/signal.ts";
import { type TradingDay, tradingDayOf } from "../core/calendar/trading-day.ts";

/** `born`: first listed by this scan. `touched`: every signal that the scan moved or kept, the born ones among them. */
export interface Settled {
  readonly born: readonly Signal[];
  readonly touched: readonly Signal[];
}

/** The product's lifecycle over past sessions, in memory (decision 014). */
export class SignalBook {
  readonly #params: Params;
  readonly #signals = new Map<string, Signal>();
  #open: readonly Signal[] = [];

  constructor(params: Params) {
    this.#params = params;
  }

  /** Whether some signal stands. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** The last event of the oldest signal that stands; the session itself without one. */
  since(asOf: TradingDay): TradingDay {
    return this.#open.reduce((day, { appliedOn }) => (appliedOn < day ? appliedOn : day), asOf);
  }

  /** Days of H_T that the next scan is asked for beside its best patterns (LCI3). */
  get incumbents(): ReadonlyMap<string, Incumbent> {
    return incumbentsOf(this.#open, this.#params);
  }

  /** `sessions` end with the scan's own and begin {@link MEMORY_DAYS} before it; rows begin before {@link since}. */
  settle(
    result: Pick<ScanResult, "asOf" | "verdicts" | "incumbents">,
    sessions: readonly TradingDay[],
    rowsOf: (ticker: string) => Columns | null,
  ): Settled {
    const memory = tradingDayOf(result.asOf - MEMORY_DAYS);
    const stored = Array.from(this.#signals.values(), storedOf);
    const { signals } = settleScan({
      exchange: FILE_EXCHANGE,
      result,
      open: this.#open.map(storedOf),
      ended: stored.filter(({ signal }) => signal.endedOn !== null && signal.endedOn >= memory),
      eventCounts: new Map(),
      // Notices are known as of the file's day only; those of the past are not, so none is used.
      instruments: new Map(),
      sessions,
      rowsOf,
      params: this.#params,
    });
    const born = signals.filter(({ id }) => !this.#signals.has(id));
    for (const signal of signals) {
      this.#signals.set(signal.id, signal);
    }
    this.#open = [...this.#signals.values()].filter(({ state }) => isOpen(state));
    return { born, touched: signals };
  }
}

function storedOf(signal: Signal): StoredSignal {
  return { signal, createdAt: 0, updatedAt: 0, runId: "" };
}
