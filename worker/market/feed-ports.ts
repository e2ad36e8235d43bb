/** The ports of a feed; compose.ts fills them. */
import type { AlertLog } from "../app/ports/alert-log.ts";
import type { AlertsPort } from "../app/ports/alerts.ts";
import type { Clock } from "../app/ports/clock.ts";
import type { InstrumentStore } from "../app/ports/instrument-store.ts";
import type { GatewayPort } from "../app/ports/live.ts";
import type { FormingBook } from "../app/ports/forming.ts";
import type { Log } from "../app/ports/log.ts";
import type { SimulatedMarket } from "../app/ports/simulated-market.ts";
import type { LiveBookPort } from "../app/ports/market-book.ts";
import type { Settings } from "../app/ports/settings.ts";
import type { Exchange } from "../core/instrument/instrument.ts";
import type { LiveUpstream, QuotingBook } from "../app/ports/live-upstream.ts";
import type { SessionLengths } from "./simulated/session-clock.ts";

/** The neighbours of a feed. */
export interface FeedPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings, "lastSwitch">;
  readonly instruments: Pick<InstrumentStore, "get" | "put">;
  readonly lengths: SessionLengths;
  /** AL24: where prices that stopped are stated. */
  readonly alerts: Pick<AlertLog, "append"> & Pick<AlertsPort, "wake">;
  /** Uniform in [0, 1). */
  random(): number;
  book(exchange: Exchange): LiveBookPort & QuotingBook & FormingBook;
  gateway(name: string): GatewayPort;
  /** `null` for an exchange without a simulated market. Called when the market is first needed: making one takes time. */
  market(exchange: Exchange): SimulatedMarket | null;
  /** Between two judgements of a whole running session, milliseconds; 0 makes none. */
  readonly formingEveryMs: number;
  /** `null` for an exchange whose live prices no vendor of the owner brings. What it must remember stands in that storage. */
  upstream(exchange: Exchange, storage: DurableObjectStorage): LiveUpstream | null;
}
