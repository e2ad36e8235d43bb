/** The whole path in one process: shipped Topics and Gateways on simulated ground, feeds, a publisher, and doors for readers. */
import { makeSockets } from "../../../adapters/durable/sockets.ts";
import type { FeedPort, Fragment, GatewayPort, TopicPort } from "../../../app/ports/live.ts";
import { assert } from "../../../core/assert.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { type SendBudget, sendBudgetOf, type Load } from "../../../live/session/send-budget.ts";
import { SocketGateway } from "../../../live/gateway/gateway.ts";
import { TopicStream } from "../../../live/topic/topic.ts";
import { parseTopic, STREAMS } from "../../../protocol/messages/topic.ts";
import type { SocketConstructor } from "../../../../web/live/ports.ts";
import { CloseCode } from "./close-code.ts";
import { Network } from "./network.ts";
import { ObjectStorage } from "./object-storage.ts";
import { Oracle } from "../oracle.ts";
import { Platform, SimulatedResponse } from "./platform.ts";
import { SimulatedFeed } from "./simulated-feed.ts";
import { type Published, WireMarket } from "./simulated-market.ts";
import { SimulatedObject, type SocketObject } from "./simulated-object.ts";
import { SimulatedPublisher } from "./simulated-publisher.ts";
import { SimulatedSocket } from "./simulated-socket.ts";
import { SocketWatch } from "../socket-watch.ts";
import { standForEnv, upgradeTo } from "./stand-in.ts";

/** The objects reach their neighbours through ports only. */
const NO_ENV = standForEnv({ TOPIC: null });

/** Longest wait for what a neighbour that is no object says. */
const SETTINGS_MS = 30;
/** Between two tries of a step of a switch. */
const RETRY_MS = 1_000;

/** Databases are kept from one world to the next: making one costs more than wiping it. */
const STORAGES = new Map<string, ObjectStorage>();

interface SocketHub extends SocketObject {
  fetch(request: Request): Promise<Response>;
}

export class World {
  readonly platform: Platform;
  readonly network: Network;
  readonly oracle = new Oracle();
  readonly publisher: SimulatedPublisher;
  readonly markets: Readonly<Record<Exchange, WireMarket>>;
  readonly prices = new Map<string, number>();
  readonly topics = new Map<string, SimulatedObject<TopicStream>>();
  readonly gateways = new Map<string, SimulatedObject<SocketGateway>>();
  readonly feeds = new Map<string, SimulatedObject<SimulatedFeed>>();
  readonly problems: string[] = [];
  exchange: Exchange = "KRX";
  /** A gateway asks a stream now: the moment at which a message can overtake its answer. */
  onSubscribe: (topic: string) => void = () => undefined;
  /** Opened so far. */
  sockets = 0;
  /** Switches under way. */
  switching = 0;
  /** Probability that the settings cannot be read. */
  settingsFault = 0;
  /** What a reader may have on its way on a gateway, in letters; `null`: as much as there are sockets. */
  crowd: number | null = null;
  /** So many letters more in each latest value: readers fall behind. */
  weight = 0;
  #switches: Promise<void> = Promise.resolve();
  readonly #sockets: ReturnType<typeof makeSockets>;

  /** `spread` in (0, 1]: over which share of the gateways sockets are placed. */
  constructor(random: () => number, spread: number) {
    this.platform = new Platform(random);
    this.network = new Network(this.platform);
    this.markets = { KRX: new WireMarket("KRX", random), DEMO: new WireMarket("DEMO", random) };
    this.publisher = new SimulatedPublisher(this.platform, (message) => this.#publish(message));
    const env = standForEnv({
      GATEWAY: { getByName: (name: string) => this.#hubOf(this.gateway(name)) },
      TOPIC: { getByName: (name: string) => this.#hubOf(this.topic(name)) },
    });
    this.platform.onLine = (line, object) => {
      this.sockets += 1;
      const topics = STREAMS.filter((stream) => stream === object);
      const { platform, sockets } = this;
      const watch = new SocketWatch(topics, (problem) => this.tell(`${object}: ${problem}`));
      line.watch = {
        get owed() {
          return watch.owed;
        },
        sent: (text) => {
          platform.log(() => `socket ${sockets} < ${text.slice(0, 200)}`);
          watch.sent(text);
        },
        heard: (text) => {
          platform.log(() => `socket ${sockets} > ${text}`);
          watch.heard(text);
        },
      };
    };
    this.#sockets = makeSockets(
      env,
      { status: () => Promise.reject(new Error("Nobody asks in this world")) },
      () => random() * spread,
    );
  }

  tell(problem: string): void {
    this.problems.push(problem);
  }

  /** Runs everything that is due until then, or until something is wrong. */
  async runUntil(end: number): Promise<void> {
    const { platform } = this;
    while (this.problems.length === 0) {
      const event = platform.timeline.next(end);
      if (event === null) {
        return;
      }
      event();
      if (platform.isStirred) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        platform.isStirred = false;
      }
      platform.current = null;
      this.problems.push(...platform.faults.splice(0));
    }
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
      const now = (): number => this.platform.timeline.now;
      return new SimulatedFeed(ctx, { exchange, prices: this.prices, now, gateway });
    });
  }

  objects(): readonly SimulatedObject<SocketObject>[] {
    return [...this.topics.values(), ...this.gateways.values(), ...this.feeds.values()];
  }

  /** A deploy: everything in memory and every socket is gone. */
  deploy(): void {
    for (const object of this.objects()) {
      object.crash();
    }
  }

  /** As the owner does it, one switch after the other: each step until it is done. */
  switchTo(exchange: Exchange): void {
    this.switching += 1;
    this.platform.isStirred = true;
    this.#switches = this.#switches.then(() => this.#switchNow(exchange));
  }

  async #switchNow(exchange: Exchange): Promise<void> {
    this.exchange = exchange;
    this.publisher.clear();
    await this.#until(() =>
      this.network.callOnce("beginEpoch", this.feed(exchange), (feed) => {
        feed.beginEpoch();
      }),
    );
    for (const stream of STREAMS) {
      const body = this.markets[exchange].whole(stream);
      const text = body && JSON.stringify(body);
      await this.#until(() =>
        this.network.callOnce("beginEpoch", this.topic(stream), (topic) => {
          const at = topic.beginEpoch(exchange, text);
          this.oracle.began(stream, at, exchange, body);
        }),
      );
    }
    for (const gateway of this.gateways.values()) {
      await this.#until(() =>
        this.network.callOnce("exchangeChanged", gateway, (one) => one.exchangeChanged(exchange)),
      );
    }
    this.switching -= 1;
  }

  /** Sockets that the constructor makes go through the shipped doors; `made` sees each. */
  socketClass(made: (socket: SimulatedSocket) => void): SocketConstructor {
    const connect = (socket: SimulatedSocket, url: string): void => {
      made(socket);
      void this.#connect(socket, new URL(url).pathname);
    };
    return class extends SimulatedSocket {
      constructor(url: string) {
        super();
        connect(this, url);
      }
    };
  }

  async #connect(socket: SimulatedSocket, path: string): Promise<void> {
    const { random } = this.platform;
    const topic = parseTopic(decodeURIComponent(path.slice("/ws/".length)));
    await this.platform.later(random() * SETTINGS_MS, null);
    try {
      const request = upgradeTo(`http://radar.example${path}`);
      const answer: unknown = await (topic === null
        ? this.#sockets.gateway(request, null)
        : this.#sockets.stream(request, topic.name));
      assert(answer instanceof SimulatedResponse, "The answer is of this world");
      if (answer.webSocket === null) {
        socket.ended(CloseCode.lost, "");
        return;
      }
      socket.attach(answer.webSocket.line);
    } catch (error) {
      this.platform.fault(error);
      socket.ended(CloseCode.lost, "");
    }
  }

  #hubOf<T extends SocketHub>(object: SimulatedObject<T>): object {
    return {
      fetch: (request: Request) =>
        this.network.callOnce("fetch", object, async (instance) => instance.fetch(request)),
    };
  }

  async #publish(message: Published): Promise<void> {
    const { topic, id, exchange, body } = message;
    await this.network.call(`publish ${id}`, this.topic(topic), (stream) => {
      const at = stream.publish({ id, exchange, body: JSON.stringify(body) });
      const problem = at === null ? null : this.oracle.published(message, at);
      if (problem !== null) {
        this.tell(problem);
      }
    });
  }

  async #until(act: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await act();
        return;
      } catch {
        await this.platform.later(RETRY_MS, null);
      }
    }
  }

  #allow(load: Load): SendBudget {
    const sendBudget = sendBudgetOf(load);
    return this.crowd === null ? sendBudget : { ...sendBudget, window: this.crowd };
  }

  #ports(): {
    readonly clock: { now(): number };
    readonly settings: { activeExchange(): Promise<Exchange> };
    readonly build: string;
  } {
    const { timeline, random } = this.platform;
    return {
      clock: { now: () => timeline.now },
      settings: {
        activeExchange: () => {
          const isFailing = this.settingsFault > 0 && random() < this.settingsFault;
          return this.platform.later(random() * SETTINGS_MS, this.exchange, isFailing);
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
        return this.network.call(what, this.gateway(name), (gateway) => gateway.deliver({ fragments }));
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
        return this.network.call(`subscribe ${since?.seq}`, this.topic(name), (topic) => {
          const start = topic.subscribe(gateway, since);
          this.oracle.began(name, start);
          return start;
        });
      },
    };
  }

  #feedPort(exchange: Exchange): Pick<FeedPort, "want"> {
    return {
      want: (gateway, topics, at) =>
        this.network.call(`want ${topics.join()}`, this.feed(exchange), (feed) =>
          this.#weighted(feed.want(gateway, topics, at)),
        ),
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
    const object = new SimulatedObject(name, storage, this.platform, make);
    storage.reuse((at) => {
      this.platform.timeline.after(at - this.platform.timeline.now, () => {
        void object.ring(at);
      });
    });
    all.set(name, object);
    return object;
  }
}
