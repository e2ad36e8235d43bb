/** The objects of the simulated world by name: shipped Topics and Gateways, simulated feeds, and the ports between them. */
import type { FeedPort, Fragment, GatewayPort, TopicPort } from "../../../app/ports/live.ts";
import type { Log } from "../../../app/ports/log.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { SocketGateway } from "../../../live/gateway/gateway.ts";
import { type SendBudget, sendBudgetOf, type Load } from "../../../live/session/send-budget.ts";
import { TopicStream } from "../../../live/topic/topic.ts";
import { parseTopic } from "../../../protocol/messages/topic.ts";
import type { Oracle } from "../oracle.ts";
import type { Network } from "./network.ts";
import { ObjectStorage } from "./object-storage.ts";
import type { Platform } from "./platform.ts";
import { SimulatedFeed } from "./simulated-feed.ts";
import { SimulatedObject, type SocketObject } from "./simulated-object.ts";
import { standForEnv } from "./stand-in.ts";

/** The objects reach their neighbours through ports only. */
const NO_ENV = standForEnv({ TOPIC: null });

/** The settings answer within this time. */
export const SETTINGS_MS = 30;

/** Databases are kept from one world to the next: making one costs more than wiping it. */
const STORAGES = new Map<string, ObjectStorage>();

export interface SimulatedObjectsDeps {
  readonly platform: Platform;
  readonly network: Network;
  readonly oracle: Oracle;
  activeExchange(): Exchange;
}

export class SimulatedObjects {
  readonly topics = new Map<string, SimulatedObject<TopicStream>>();
  readonly gateways = new Map<string, SimulatedObject<SocketGateway>>();
  readonly feeds = new Map<string, SimulatedObject<SimulatedFeed>>();
  readonly prices = new Map<string, number>();
  /** The tickers that the books have; others are refused. */
  readonly listed = new Set<string>();
  /** A gateway asks a stream now: the moment at which a message can overtake its answer. */
  onSubscribe: (topic: string) => void = () => undefined;
  /** Probability that the settings cannot be read. */
  settingsFault = 0;
  /** What a reader may have on its way on a gateway, in UTF-16 units; `null`: what the number of sockets allows. */
  crowd: number | null = null;
  /** So many UTF-16 units more in each latest value: readers fall behind. */
  weight = 0;
  readonly #deps: SimulatedObjectsDeps;

  constructor(deps: SimulatedObjectsDeps) {
    this.#deps = deps;
  }

  topic(name: string): SimulatedObject<TopicStream> {
    return this.#object(this.topics, name, (ctx) => {
      const gateway = (to: string): GatewayPort => this.#gatewayPort(to);
      return new TopicStream(ctx, NO_ENV, { ...this.#ports(), gateway });
    });
  }

  gateway(name: string): SimulatedObject<SocketGateway> {
    return this.#object(this.gateways, name, (ctx) => {
      const topic = (to: string): TopicPort => this.#topicPort(to);
      return new SocketGateway(ctx, NO_ENV, {
        ...this.#ports(),
        feed: (exchange) => this.#feedPort(exchange),
        topic,
        allow: (load) => this.#allow(load),
      });
    });
  }

  feed(exchange: Exchange): SimulatedObject<SimulatedFeed> {
    return this.#object(this.feeds, exchange, (ctx) => {
      const gateway = (to: string): GatewayPort => this.#gatewayPort(to);
      const now = (): number => this.#deps.platform.timeline.now;
      return new SimulatedFeed(ctx, {
        exchange,
        prices: this.prices,
        listed: this.listed,
        now,
        log: this.#deps.platform.objectLog,
        gateway,
      });
    });
  }

  all(): readonly SimulatedObject<SocketObject>[] {
    return [...this.topics.values(), ...this.gateways.values(), ...this.feeds.values()];
  }

  /** A deploy: everything in memory and every socket is gone. */
  deploy(): void {
    for (const object of this.all()) {
      object.crash();
    }
  }

  #allow(load: Load): SendBudget {
    const sendBudget = sendBudgetOf(load);
    return this.crowd === null ? sendBudget : { ...sendBudget, window: this.crowd };
  }

  #ports(): {
    readonly clock: { now(): number };
    readonly log: Log;
    readonly settings: { activeExchange(): Promise<Exchange> };
    readonly build: string;
  } {
    const { timeline, random } = this.#deps.platform;
    return {
      clock: { now: () => timeline.now },
      log: this.#deps.platform.objectLog,
      settings: {
        activeExchange: () => {
          const isFailing = this.settingsFault > 0 && random() < this.settingsFault;
          return this.#deps.platform.later(random() * SETTINGS_MS, this.#deps.activeExchange(), isFailing);
        },
      },
      build: "simulated",
    };
  }

  #gatewayPort(name: string): GatewayPort {
    return {
      deliver: (delivery) => {
        const what = `deliver ${delivery.fragments.map(({ topic, seq }) => `${topic} ${seq}`).join()}`;
        const fragments = this.#weighted(delivery.fragments);
        return this.#deps.network.call(what, this.gateway(name), (gateway) => gateway.deliver({ fragments }));
      },
    };
  }

  /** Blanks behind a message are no part of it. */
  #weighted(fragments: readonly Fragment[]): readonly Fragment[] {
    const pad = " ".repeat(this.weight);
    return fragments.map((one) =>
      parseTopic(one.topic)?.kind === "stream" ? one : { ...one, text: one.text + pad },
    );
  }

  #topicPort(name: string): TopicPort {
    return {
      subscribe: (gateway, since) => {
        this.onSubscribe(name);
        return this.#deps.network.call(`subscribe ${since?.seq}`, this.topic(name), (topic) => {
          const start = topic.subscribe(gateway, since);
          this.#deps.oracle.began(name, start);
          return start;
        });
      },
    };
  }

  #feedPort(exchange: Exchange): Pick<FeedPort, "want" | "tickers"> {
    return {
      want: (gateway, topics, at) =>
        this.#deps.network.call(`want ${topics.join()}`, this.feed(exchange), (feed) =>
          this.#weighted(feed.want(gateway, topics, at)),
        ),
      tickers: () => this.#deps.network.call("tickers", this.feed(exchange), (feed) => feed.tickers()),
    };
  }

  #object<T extends SocketObject>(
    all: Map<string, SimulatedObject<T>>,
    name: string,
    make: (ctx: DurableObjectState) => T,
  ): SimulatedObject<T> {
    const known = all.get(name);
    if (known) {
      return known;
    }
    const storage = STORAGES.get(name) ?? new ObjectStorage();
    STORAGES.set(name, storage);
    const object = new SimulatedObject(name, storage, this.#deps.platform, make);
    storage.reuse((at) => {
      this.#deps.platform.timeline.after(at - this.#deps.platform.timeline.now, () => {
        void object.ring(at);
      });
    });
    all.set(name, object);
    return object;
  }
}
