/** The past of a simulated market, put into the book block by block. Idempotent: after a death it begins anew. */
import type { Clock } from "../../app/ports/clock.ts";
import type { InstrumentStore } from "../../app/ports/instrument-store.ts";
import type { SimulatedMarket } from "../../app/ports/simulated-market.ts";
import type { LiveBookPort } from "../../app/ports/market-book.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";

export interface PreparePorts {
  readonly clock: Clock;
  readonly instruments: Pick<InstrumentStore, "put">;
  readonly book: Pick<LiveBookPort, "addHistory" | "addIndices">;
}

/** Resolves with the state that the first live session follows. */
export async function backfill(
  exchange: Exchange,
  market: SimulatedMarket,
  { clock, instruments, book }: PreparePorts,
): Promise<Uint8Array> {
  await instruments.put(exchange, market.instruments, clock.now());
  const history = market.history();
  for (;;) {
    const block = history.next();
    if (block.done) {
      await book.addIndices(block.value.indices);
      return block.value.state;
    }
    await book.addHistory(block.value, null);
  }
}
