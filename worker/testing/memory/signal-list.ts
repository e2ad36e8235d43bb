/** The list of a ledger in memory, with the filters and the order that its port promises. */
import type { SignalCursor, SignalFilter, StoredSignal } from "../../app/ports/scan-ledger.ts";
import { isOpen } from "../../core/lifecycle/signal.ts";

/** A filter of everything that is open, but for its exchange. */
export const ANY_SIGNAL = { state: null, market: null, grade: null, minScore: null, ticker: null } as const;

/** Score falling, then id. */
export function byScore(a: SignalCursor, b: SignalCursor): number {
  return b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** In the order of {@link byScore}. */
export function listedIn(stored: readonly StoredSignal[], filter: SignalFilter): readonly StoredSignal[] {
  return stored
    .filter(
      ({ signal }) =>
        signal.exchange === filter.exchange &&
        (filter.state === null ? isOpen(signal.state) : signal.state === filter.state) &&
        (filter.market === null || signal.market === filter.market) &&
        (filter.grade === null || signal.grade === filter.grade) &&
        (filter.minScore === null || signal.score >= filter.minScore) &&
        (filter.ticker === null || signal.ticker === filter.ticker),
    )
    .toSorted((a, b) => byScore(a.signal, b.signal));
}
