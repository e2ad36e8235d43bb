/** The driver of a feed: the session of a real exchange where a vendor brings its prices, else the clock of a simulated one. */
import { parseExchange } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { FeedPorts } from "../feed-ports.ts";
import type { MarketDriver } from "../market-driver.ts";
import { RealSession } from "../real/real-session.ts";
import { SimulatedSession } from "../simulated/simulated-session.ts";
import { GatheredTopics } from "./gathered-topics.ts";

export interface DriverDeps {
  /** With the feed's own log. */
  readonly ports: FeedPorts;
  /** Called late: an object that never runs may have a name that is no exchange's. */
  exchange(): Exchange;
  /** The topics that gateways want; follows every change. */
  readonly wanted: ReadonlyMap<string, number>;
  /** Publishes what has changed of these topics, between two steps. */
  publish(topics: Iterable<string>): void;
}

export function makeDriver(ctx: DurableObjectState, deps: DriverDeps): MarketDriver {
  const { ports, wanted } = deps;
  const exchange = (): Exchange => deps.exchange();
  const named = parseExchange(ctx.id.name);
  const upstream = named && ports.upstream(named, ctx.storage);
  if (upstream === null) {
    return new SimulatedSession(exchange, ctx.storage, ports);
  }
  const gathered = new GatheredTopics(
    (topic) => wanted.has(topic),
    (topics) => {
      deps.publish(topics);
    },
  );
  return new RealSession({
    upstream,
    storage: ctx.storage,
    ports,
    log: ports.log,
    exchange,
    topics: () => wanted.keys(),
    onChange: (topics) => {
      gathered.add(topics);
    },
  });
}
