/** The vendors' fakes on a port, what an adapter in front of them needs, and the clock that moves all of it. */
import { makeDailyLimits } from "../../adapters/upstream/daily-limits.ts";
import type { Surroundings } from "../../adapters/upstream/surroundings.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MemoryUpstreamStore } from "../memory/memory-upstream-store.ts";
import { type ExchangeOptions, SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { serveMarket, type ServedMarket } from "./served-market.ts";
import { VirtualClock } from "./virtual-clock.ts";

export interface VendorStage extends ServedMarket {
  readonly exchange: SimulatedExchange;
  readonly clock: VirtualClock;
  readonly store: MemoryUpstreamStore;
  readonly log: MemoryLog;
  /** With limits of their own: as after an eviction. Waiting moves the clock. */
  surroundings(): Surroundings;
}

/** `now`: milliseconds since the epoch, on the clock of vendors and adapters. */
export async function stageVendors(options: ExchangeOptions, now: number): Promise<VendorStage> {
  const clock = new VirtualClock(now);
  const exchange = new SimulatedExchange(options);
  const market = await serveMarket(exchange, clock);
  const store = new MemoryUpstreamStore();
  const log = new MemoryLog();
  return {
    ...market,
    exchange,
    clock,
    store,
    log,
    surroundings: () => ({
      fetch: (request) => fetch(request),
      clock,
      wait: clock.wait,
      random: () => 0.5,
      log,
      store,
      limits: makeDailyLimits({ store, clock, wait: clock.wait }),
    }),
  };
}
