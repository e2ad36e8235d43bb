/** The objects of the simulated world by name: shipped Topics and Gateways, simulated feeds, and the ports between them. */
import type { FeedPort, Fragment, GatewayPort, TopicPort } from "../../../app/ports/live.ts";
import type { Log } from "../../../app/ports/log.ts";
import type { LiveBookPort } from "../../../app/ports/market-book.ts";
import type { Settings } from "../../../app/ports/settings.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { SocketGateway } from "../../../live/gateway/gateway.ts";
import { type SendBudget, sendBudgetOf, type Load } from "../../../live/session/send-budget.ts";
import type { TopicStream } from "../../../live/topic/topic.ts";
import { within } from "../../../platform/within.ts";
import { parseTopic, STREAMS } from "../../../protocol/messages/topic.ts";
import type { Oracle } from "../oracle.ts";
import type { Network } from "./network.ts";
import { ObjectStorage } from "./object-storage.ts";
import type { Platform } from "./platform.ts";
import { ObservedTopic } from "./observed-topic.ts";
import { SimulatedBook } from "./simulated-book.ts";
import { SimulatedFeed } from "./simulated-feed.ts";
import type { WireMarket } from "./simulated-market.ts";
import type { SimulatedStore } from "./simulated-store.ts";
import { SimulatedObject, type SocketObject } from "./simulated-object.ts";
import { standForEnv } from "./stand-in.ts";

/** The objects reach their neighbours through ports only. */
const NO_ENV = standForEnv({ TOPIC: null });

/** How long after the question its asker dies, at most. */
const DEATH_MS = 60;
/** As the shipped followers are waited for. */
const FOLLOWED_MS = 5_000;

interface Mortal {
  crash(): void;
}

/** Databases are kept from one world to the next: making one costs more than wiping it. */
const STORAGES = new Map<string, ObjectStorage>();

export interface SimulatedObjectsDeps {
  readonly platform: Platform;
  readonly network: Network;
  readonly oracle: Oracle;
  readonly store: SimulatedStore;
  readonly markets: Readonly<Record<Exchange, WireMarket>>;
}

export class SimulatedObjects {
  readonly topics = new Map<string, SimulatedObject<TopicStream>>();
  readonly gateways = new Map<string, SimulatedObject<SocketGateway>>();
  readonly feeds = new Map<string, SimulatedObject<SimulatedFeed>>();
  readonly books = new Map<string, SimulatedObject<SimulatedBook>>();
  readonly prices = new Map<string, number>();
  /** The tickers that the books have; others are refused. */
  readonly listed = new Set<string>();
  /** A gateway asks a stream now: the moment at which a message can overtake its answer. */
  onSubscribe: (topic: string) => void = () => undefined;
  /** Probability that an object dies at any single await of a switch. */
  switchDeath = 0;
  /** How many objects died so. */
  switchDeaths = 0;
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
      const { oracle } = this.#deps;
      const topic = new ObservedTopic(ctx, NO_ENV, {
        ...this.#ports(() => this.topic(name)),
        gateway: (to) => this.#gatewayPort(to),
        book: (exchange) => this.#bookPort(exchange, () => this.topic(name)),
      });
      topic.onBegin = (at, { exchange }, body) => {
        oracle.began(name, at, exchange, body);
      };
      return topic;
    });
  }

  gateway(name: string): SimulatedObject<SocketGateway> {
    return this.#object(this.gateways, name, (ctx) => {
      const topic = (to: string): TopicPort => this.#topicPort(to);
      return new SocketGateway(ctx, NO_ENV, {
        ...this.#ports(() => this.gateway(name)),
        feed: (exchange) => this.#feedPort(exchange),
        topic,
        allow: (load) => this.#allow(load),
      });
    });
  }

  feed(exchange: Exchange): SimulatedObject<SimulatedFeed> {
    return this.#object(this.feeds, exchange, (ctx) => {
      const { clock, log, settings } = this.#ports(() => this.feed(exchange));
      const gateway = (to: string): GatewayPort => this.#gatewayPort(to);
      return new SimulatedFeed(ctx, {
        exchange,
        prices: this.prices,
        listed: this.listed,
        now: () => clock.now(),
        log,
        settings,
        gateway,
      });
    });
  }

  book(exchange: Exchange): SimulatedObject<SimulatedBook> {
    return this.#object(this.books, `book ${exchange}`, (ctx) => {
      const { store, markets } = this.#deps;
      const { clock, log } = this.#ports(() => this.book(exchange));
      return new SimulatedBook(ctx, markets[exchange], {
        clock,
        log,
        settings: {
          setActiveExchange: (to) => this.#awaited(() => this.book(exchange), store.setActiveExchange(to)),
        },
        followSwitch: (to) => this.#followSwitch(to),
      });
    });
  }

  all(): readonly SimulatedObject<SocketObject>[] {
    return [
      ...this.topics.values(),
      ...this.gateways.values(),
      ...this.feeds.values(),
      ...this.books.values(),
    ];
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

  #ports(self: () => Mortal): {
    readonly clock: { now(): number };
    readonly log: Log;
    readonly settings: Pick<Settings, "lastSwitch">;
    readonly build: string;
  } {
    const { platform, store } = this.#deps;
    return {
      clock: { now: () => platform.timeline.now },
      log: platform.objectLog,
      settings: { lastSwitch: () => this.#awaited(self, store.lastSwitch()) },
      build: "simulated",
    };
  }

  /** Everyone is called at once, as the shipped followers are. */
  async #followSwitch(exchange: Exchange): Promise<void> {
    const { network } = this.#deps;
    const self = (): Mortal => this.book(exchange);
    const followers: readonly SimulatedObject<SocketObject & { followSwitch(): Promise<void> }>[] = [
      ...STREAMS.map((stream) => this.topic(stream)),
      this.feed(exchange),
      ...this.gateways.values(),
    ];
    const followed = await Promise.allSettled(
      followers.map(async (one) =>
        this.#awaited(
          self,
          within(
            FOLLOWED_MS,
            "Topic",
            network.call("followSwitch", one, (object) => object.followSwitch()),
          ),
        ),
      ),
    );
    const failure = followed.find((one) => one.status === "rejected");
    if (failure !== undefined) {
      throw failure.reason;
    }
  }

  #bookPort(exchange: Exchange, self: () => Mortal): Pick<LiveBookPort, "snapshots"> {
    return {
      snapshots: () =>
        this.#awaited(
          self,
          this.#deps.network.call("snapshots", this.book(exchange), (book) => book.snapshots()),
        ),
    };
  }

  /** An await of a switch: the object that waits may die before the answer, or right after it. */
  #awaited<T>(self: () => Mortal, answer: Promise<T>): Promise<T> {
    const { timeline, random } = this.#deps.platform;
    if (this.switchDeath > 0 && random() < this.switchDeath) {
      this.switchDeaths += 1;
      const die = (): void => {
        self().crash();
      };
      if (random() < 0.5) {
        timeline.after(random() * DEATH_MS, die);
      } else {
        const soon = (): void => {
          timeline.after(0, die);
        };
        answer.then(soon, soon);
      }
    }
    return answer;
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
        this.#deps.network.call(`want ${topics.join()}`, this.feed(exchange), async (feed) =>
          this.#weighted(await feed.want(gateway, topics, at)),
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
