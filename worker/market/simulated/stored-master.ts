/** FD22: the master of a simulated market that was stored before its shares had English names. */
import type { SimulatedMarket } from "../../app/ports/simulated-market.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

/** One row tells: the master is stored whole. Rejects as the store does. */
export async function completeMaster(
  exchange: Exchange,
  { instruments }: SimulatedMarket,
  store: Pick<InstrumentStore, "get" | "put">,
  at: number,
): Promise<void> {
  const [first] = instruments;
  const stored = first === undefined ? null : await store.get(exchange, first.ticker);
  if (stored !== null && stored.nameEn === null && first?.nameEn !== null) {
    await store.put(exchange, instruments, at);
  }
}
