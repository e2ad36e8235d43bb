/** The driver of a feed: the session of a real exchange where a vendor brings its prices, else the clock of a simulated one. */
import { isSimulated, parseExchange } from "../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../core/instrument/instrument.ts";
import type { FeedPorts } from "../feed-ports.ts";
import type { MarketDriver } from "../market-driver.ts";
import type { LiveUpstream, QuotingBook } from "../../app/ports/live-upstream.ts";
import { inBackground } from "../../platform/in-background.ts";
import { systemTime } from "../../platform/system-clock.ts";
import { PushedSourceTable } from "../pushed/pushed-source-table.ts";
import { PushedUpstream } from "../pushed/pushed-upstream.ts";
import { takeMachine } from "../pushed/take-machine.ts";
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

/** A driver, and the way of a machine that brings the prices which it shows. */
export interface MadeDriver {
  readonly driver: MarketDriver;
  readonly takeMachine: (request: Request) => Response;
}

export function makeDriver(ctx: DurableObjectState, deps: DriverDeps): MadeDriver {
  const { ports } = deps;
  const named = parseExchange(ctx.id.name);
  const own = named && ports.upstream(named, ctx.storage);
  if (own !== null) {
    const driver = makeSession(ctx, deps, own, null);
    return { driver, takeMachine: (request) => takeMachine(request, null, own.id) };
  }
  if (named === null || isSimulated(named)) {
    const driver = new SimulatedSession(() => deps.exchange(), ctx.storage, ports);
    return { driver, takeMachine: (request) => takeMachine(request, null, null) };
  }
  const pushed = new PushedUpstream({
    clock: ports.clock,
    log: ports.log,
    table: new PushedSourceTable(ctx.storage),
    wait: systemTime.wait,
    // The step that rings asks whether the exchange is active.
    onAttach: () => {
      inBackground(ctx, ports.log, "alarm_not_set", ctx.storage.setAlarm(ports.clock.now()));
    },
  });
  const driver = makeSession(ctx, deps, pushed, pushed);
  return { driver, takeMachine: (request) => takeMachine(request, pushed, null) };
}

/** `quoting`: whoever has the key is asked for prices that no connection shows, where that is not the book. */
function makeSession(
  ctx: DurableObjectState,
  deps: DriverDeps,
  upstream: LiveUpstream,
  quoting: QuotingBook | null,
): RealSession {
  const { ports, wanted } = deps;
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
    quoting,
    log: ports.log,
    exchange: () => deps.exchange(),
    topics: () => wanted.keys(),
    onChange: (topics) => {
      gathered.add(topics);
    },
  });
}
