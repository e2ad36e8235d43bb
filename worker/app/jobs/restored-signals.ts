/** CR2: the signals as they stood in the evening before a day, from their versions. */
import type { TradingDay } from "../../core/calendar/trading-day.ts";
import { assert } from "../../core/assert.ts";
import { isOpen, type Signal } from "../../core/lifecycle/signal.ts";
import type { SignalId } from "../../core/nominal.ts";
import type { SignalVersion } from "../ports/correction-ledger.ts";
import type { StoredSignal } from "../ports/scan-ledger.ts";

/** Signals by id, while sessions are judged one after the other. Times and runs are those of the last writing. */
export type SignalWorld = Map<SignalId, StoredSignal>;

/**
 * `stored`: every signal that is open, or ended within the memory of a scan; `versions`: the newest before `from`. A signal
 * without a version was born on `from` or later, or has ended before the versions that are kept.
 */
export function restoreSignals(
  stored: readonly StoredSignal[],
  versions: readonly SignalVersion[],
  from: TradingDay,
): SignalWorld {
  const before = new Map(versions.map(({ signal }) => [signal.id, signal]));
  return new Map(
    stored.flatMap((one): [SignalId, StoredSignal][] => {
      const version = before.get(one.signal.id);
      if (version !== undefined) {
        return [[one.signal.id, { ...one, signal: version }]];
      }
      if (one.signal.bornOn >= from) {
        return [];
      }
      const { endedOn } = one.signal;
      assert(
        endedOn !== null && endedOn < from,
        `Signal ${one.signal.id} has no version before day ${from}, from which it was to be restored`,
      );
      return [[one.signal.id, one]];
    }),
  );
}

/** In the order of the ledger: score falling, then id. */
export function openIn(world: SignalWorld): readonly StoredSignal[] {
  return [...world.values()]
    .filter(({ signal }) => isOpen(signal.state))
    .toSorted((a, b) => b.signal.score - a.signal.score || byId(a.signal, b.signal));
}

/** Ended on a day or later, in the order of the ledger: by day, then by id. */
export function endedIn(world: SignalWorld, since: TradingDay): readonly StoredSignal[] {
  return [...world.values()]
    .filter((one) => endOf(one) >= since)
    .toSorted((a, b) => endOf(a) - endOf(b) || byId(a.signal, b.signal));
}

function endOf({ signal }: StoredSignal): number {
  return signal.endedOn ?? Number.NEGATIVE_INFINITY;
}

function byId(a: Signal, b: Signal): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
