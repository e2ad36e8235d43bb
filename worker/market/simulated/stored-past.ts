/** The past of a simulated market, stored before its first session runs. */
import type { SimulatedMarket } from "../../app/ports/simulated-market.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { FeedPorts } from "../feed-ports.ts";

/** Puts the past into the book, block by block; idempotent. Resolves with the state that the first live session follows. */
export async function storePast(
  exchange: Exchange,
  market: SimulatedMarket,
  ports: FeedPorts,
): Promise<Uint8Array> {
  const book = ports.book(exchange);
  await ports.instruments.put(exchange, market.instruments, ports.clock.now());
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
