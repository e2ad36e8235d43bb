/** A feed made of the shipped one's parts: what each gateway wants, the last value of each topic, and the deliveries. */
import type { FeedStatus, Fragment, GatewayPort } from "../../../app/ports/live.ts";
import type { Log } from "../../../app/ports/log.ts";
import type { Settings } from "../../../app/ports/settings.ts";
import { exchangeOf } from "../../../core/instrument/exchange-profile.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { FeedSwitch } from "../../../market/feed/feed-switch.ts";
import { LatestValuePublisher } from "../../../market/feed/latest-value-publisher.ts";
import { type View } from "../../../market/market-view.ts";
import { GatewayDeliveries } from "../../../market/feed/gateway-deliveries.ts";
import { WantedTopics } from "../../../market/feed/wanted-topics.ts";

export interface LatestValueFeedDeps {
  readonly exchange: Exchange;
  readonly prices: ReadonlyMap<string, number>;
  /** Tickers of every exchange. */
  readonly listed: ReadonlySet<string>;
  readonly now: () => number;
  readonly log: Log;
  readonly settings: Pick<Settings, "lastSwitch">;
  gateway(name: string): GatewayPort;
}

export class SimulatedFeed {
  readonly #deps: LatestValueFeedDeps;
  readonly #wanted: WantedTopics;
  #values = new LatestValuePublisher(crypto.randomUUID());
  readonly #deliveries: GatewayDeliveries;
  readonly #switch: FeedSwitch;

  constructor(ctx: DurableObjectState, deps: LatestValueFeedDeps) {
    this.#deps = deps;
    this.#wanted = new WantedTopics(ctx.storage);
    this.#deliveries = new GatewayDeliveries({
      wanted: this.#wanted,
      log: deps.log,
      gateway: (name) => deps.gateway(name),
      current: (topic) => this.#values.current(topic),
    });
    this.#switch = new FeedSwitch({
      settings: deps.settings,
      exchange: () => deps.exchange,
      begin: () => {
        this.#values = new LatestValuePublisher(crypto.randomUUID());
      },
    });
  }

  async want(gateway: string, topics: readonly string[], at: number): Promise<readonly Fragment[]> {
    if (!this.#wanted.set(gateway, topics, at)) {
      return [];
    }
    await this.#switch.isActive();
    if (!this.#wanted.isLast(gateway, at)) {
      return [];
    }
    this.#values.keep(this.#wanted.all());
    this.#deliveries.send(this.#publish(topics), gateway);
    return topics.flatMap((topic) => this.#values.current(topic) ?? []);
  }

  tickers(): readonly string[] {
    return Array.from(this.#deps.listed).filter((ticker) => exchangeOf(ticker) === this.#deps.exchange);
  }

  async followSwitch(): Promise<void> {
    await this.#switch.isActive();
  }

  async tick(): Promise<void> {
    if (await this.#switch.isActive()) {
      this.#deliveries.send(this.#publish(this.#wanted.all().keys()));
    }
  }

  webSocketMessage(): void {
    // A feed has no sockets.
  }

  webSocketClose(): void {
    // A feed has no sockets.
  }

  alarm(): void {
    // Its ticks come from the world.
  }

  #publish(topics: Iterable<string>): ReadonlyMap<string, Fragment> {
    const changed = new Map<string, Fragment>();
    const view = this.#view();
    for (const topic of topics) {
      const fragment = this.#values.publish(topic, view);
      if (fragment !== null) {
        changed.set(topic, fragment);
      }
    }
    return changed;
  }

  #view(): View {
    const { exchange, prices, now } = this.#deps;
    const status: FeedStatus = {
      exchange,
      state: "live",
      source: "simulated",
      clock: null,
      session: "open",
      tickers: prices.size,
    };
    return {
      at: now(),
      status,
      index: () => null,
      quote: (ticker) => {
        const price = prices.get(ticker);
        return price === undefined
          ? null
          : { price, previous: 1_000, volume: 1, open: price, high: price, low: price, bid: null, ask: null };
      },
    };
  }
}
