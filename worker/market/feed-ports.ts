/** The ports of a feed; compose.ts fills them. */
import type { Clock } from "../app/ports/clock.ts";
import type { InstrumentStore } from "../app/ports/instrument-store.ts";
import type { GatewayPort } from "../app/ports/live.ts";
import type { Log } from "../app/ports/log.ts";
import type { SimulatedMarket } from "../app/ports/simulated-market.ts";
import type { LiveBookPort } from "../app/ports/market-book.ts";
import type { Settings } from "../app/ports/settings.ts";
import type { Exchange } from "../core/instrument/instrument.ts";
import type { SessionLengths } from "./simulated/session-clock.ts";

/** The neighbours of a feed. */
export interface FeedPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings, "lastSwitch">;
  readonly instruments: Pick<InstrumentStore, "get" | "put">;
  readonly lengths: SessionLengths;
  book(exchange: Exchange): LiveBookPort;
  gateway(name: string): GatewayPort;
  /** `null` for an exchange without a simulated market. Called when the market is first needed: making one takes time. */
  market(exchange: Exchange): SimulatedMarket | null;
}
