/** What an adapter in front of the vendors' fakes needs, and the clock that moves all of it. */
import { makeDailyLimits } from "../../adapters/upstream/daily-limits.ts";
import type { Surroundings } from "../../adapters/upstream/surroundings.ts";
import { VendorDates } from "../../adapters/upstream/vendor-dates.ts";
import { MemoryLog } from "../memory/memory-log.ts";
import { MemoryUpstreamStore } from "../memory/memory-upstream-store.ts";
import { type ExchangeOptions, SimulatedExchange } from "./exchange/simulated-exchange.ts";
import { makeVendors } from "./market-vendors.ts";
import type { ServedMarket } from "./served-market.ts";
import type { VendorAnswer } from "./serve-vendor.ts";
import { VirtualClock } from "./virtual-clock.ts";

export interface VendorStage extends ServedMarket {
  readonly exchange: SimulatedExchange;
  readonly clock: VirtualClock;
  readonly store: MemoryUpstreamStore;
  readonly log: MemoryLog;
  /** With limits of their own: as after an eviction. Waiting moves the clock. */
  surroundings(): Surroundings;
}

/** `serve` puts the fakes somewhere; `ask` is the way there. */
export function stageOn(
  exchange: SimulatedExchange,
  clock: VirtualClock,
  market: ServedMarket,
  ask: Surroundings["fetch"],
): VendorStage {
  const store = new MemoryUpstreamStore();
  const log = new MemoryLog();
  return {
    ...market,
    exchange,
    clock,
    store,
    log,
    surroundings: () => ({
      fetch: ask,
      clock,
      wait: clock.wait,
      random: () => 0.5,
      log,
      store,
      limits: makeDailyLimits({ store, clock, wait: clock.wait, log }),
      dates: new VendorDates(),
    }),
  };
}

async function asResponse(answer: VendorAnswer, request: Request): Promise<Response> {
  if (answer === "cut") {
    throw new TypeError("The connection was cut");
  }
  if (answer === "silent") {
    return new Promise((_, reject) => {
      request.signal.addEventListener("abort", () => {
        reject(new Error("No answer"));
      });
    });
  }
  return answer;
}

/** Without a port, for a runtime that opens none: the adapter's requests reach the fakes as they are. */
export function stageWithoutPort(market: ExchangeOptions | SimulatedExchange, now: number): VendorStage {
  const clock = new VirtualClock(now);
  const exchange = market instanceof SimulatedExchange ? market : new SimulatedExchange(market);
  const vendors = makeVendors(exchange, clock);
  const served: ServedMarket = {
    ...vendors,
    vars: vendors.varsAt("http://vendors.invalid"),
    end: () => Promise.resolve(),
  };
  return stageOn(exchange, clock, served, async (request) =>
    asResponse((await vendors.handle(request)) ?? new Response("Not Found", { status: 404 }), request),
  );
}
