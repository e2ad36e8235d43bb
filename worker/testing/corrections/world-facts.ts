/** All that a reader can learn of an exchange, without what its runs happen to be called and when they ran. */
import { PARAMS } from "../../core/params.ts";
import { encodeSignalSnapshot } from "../../protocol/messages/stream-update.ts";
import type { CorrectionWorld } from "./correction-world.ts";

const NAMES_AND_TIMES = { created_at: null, updated_at: null, run_id: null };

/** Two worlds with equal facts show their readers the same. */
export async function factsOf({ bars, ledger, outcomes }: CorrectionWorld): Promise<object> {
  const signals = ledger.stored.map(({ signal }) => signal).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const counting = ledger.history
    .filter(({ supersededBy }) => supersededBy === undefined)
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ signalId, day, from, to, reason, values }) => ({ signalId, day, from, to, reason, values }));
  const snapshot = encodeSignalSnapshot(await ledger.openSignals("KRX"), 0);
  return {
    bars: [...bars.listings()],
    signals,
    log: Object.fromEntries(Map.groupBy(counting, ({ signalId }) => signalId)),
    gates: ledger.gateLists.KRX,
    versions: ledger.versions.all
      .map(({ day, signal }) => ({ day, signal }))
      .toSorted((a, b) => a.day - b.day || (a.signal.id < b.signal.id ? -1 : 1)),
    outcomes: await outcomes.outcomes("KRX", PARAMS.version),
    measured: outcomes.standing.KRX,
    page: snapshot.data.signals.map((row) => ({ ...row, ...NAMES_AND_TIMES })),
    count: snapshot.data.count,
  };
}
