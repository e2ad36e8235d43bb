/** The stage of an adapter before vendors on a port of this machine. */
import { type ExchangeOptions, SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { serveMarket } from "./served-market.ts";
import { stageOn, type VendorStage } from "./vendor-stage.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** `now`: milliseconds since the epoch, on the clock of vendors and adapters. */
export async function stageVendors(options: ExchangeOptions, now: number): Promise<VendorStage> {
  const clock = new VirtualClock(now);
  const exchange = new SimulatedExchange(options);
  const market = await serveMarket(exchange, clock);
  return stageOn(exchange, clock, market, (request) => fetch(request));
}
