/** The whole path in one process: shipped Topics and Gateways on a simulated platform, feeds, a publisher, and sockets for readers. */
import { makeSockets } from "../../../adapters/durable/sockets.ts";
import { assert } from "../../../core/assert.ts";
import type { Exchange } from "../../../core/instrument/instrument.ts";
import { parseTopic, STREAMS } from "../../../protocol/messages/topic.ts";
import type { SocketConstructor } from "../../../../web/live/ports.ts";
import { CloseCode } from "./close-code.ts";
import { Network } from "./network.ts";
import { Oracle } from "../oracle.ts";
import { Platform, SimulatedResponse } from "./platform.ts";
import { type Published, WireMarket } from "./simulated-market.ts";
import type { SimulatedObject, SocketObject } from "./simulated-object.ts";
import { SETTINGS_MS, SimulatedObjects } from "./simulated-objects.ts";
import { SimulatedPublisher } from "./simulated-publisher.ts";
import { SimulatedSocket } from "./simulated-socket.ts";
import { SocketWatch } from "../socket-watch.ts";
import { standForEnv, upgradeTo } from "./stand-in.ts";

/** Between two tries of a step of a switch. */
const RETRY_MS = 1_000;

interface SocketHub extends SocketObject {
  fetch(request: Request): Promise<Response>;
}

export class World {
  readonly platform: Platform;
  readonly network: Network;
  readonly oracle = new Oracle();
  readonly publisher: SimulatedPublisher;
  readonly markets: Readonly<Record<Exchange, WireMarket>>;
  readonly objects: SimulatedObjects;
  readonly problems: string[] = [];
  exchange: Exchange = "KRX";
  /** How many sockets were opened so far. */
  sockets = 0;
  /** How many switches are under way. */
  switching = 0;
  #switches: Promise<void> = Promise.resolve();
  readonly #sockets: ReturnType<typeof makeSockets>;

  /** `spread` in (0, 1]: over which share of the gateways sockets are placed. */
  constructor(random: () => number, spread: number) {
    this.platform = new Platform(random);
    this.network = new Network(this.platform);
    this.objects = new SimulatedObjects({
      platform: this.platform,
      network: this.network,
      oracle: this.oracle,
      activeExchange: () => this.exchange,
    });
    this.markets = { KRX: new WireMarket("KRX", random), DEMO: new WireMarket("DEMO", random) };
    this.publisher = new SimulatedPublisher(this.platform, (message) => this.#publish(message));
    const env = standForEnv({
      GATEWAY: { getByName: (name: string) => this.#hubOf(this.objects.gateway(name)) },
      TOPIC: { getByName: (name: string) => this.#hubOf(this.objects.topic(name)) },
    });
    this.platform.onLine = (line, object) => {
      this.sockets += 1;
      const topics = STREAMS.filter((stream) => stream === object);
      const { platform, sockets } = this;
      const watch = new SocketWatch(topics, (problem) => this.report(`${object}: ${problem}`));
      line.watch = {
        get owed() {
          return watch.owed;
        },
        sent: (text) => {
          platform.log(() => `socket ${sockets} < ${text.slice(0, 200)}`);
          watch.sent(text);
        },
        received: (text) => {
          platform.log(() => `socket ${sockets} > ${text}`);
          watch.received(text);
        },
      };
    };
    this.#sockets = makeSockets(
      env,
      { status: () => Promise.reject(new Error("Nobody asks in this world")) },
      () => random() * spread,
    );
  }

  report(problem: string): void {
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
      this.network.callOnce("beginEpoch", this.objects.feed(exchange), (feed) => {
        feed.beginEpoch();
      }),
    );
    for (const stream of STREAMS) {
      const body = this.markets[exchange].whole(stream);
      const text = body && JSON.stringify(body);
      await this.#until(() =>
        this.network.callOnce("beginEpoch", this.objects.topic(stream), (topic) => {
          const at = topic.beginEpoch(exchange, text);
          this.oracle.began(stream, at, exchange, body);
        }),
      );
    }
    for (const gateway of this.objects.gateways.values()) {
      await this.#until(() =>
        this.network.callOnce("exchangeChanged", gateway, (one) => one.exchangeChanged(exchange)),
      );
    }
    this.switching -= 1;
  }

  /** The class of sockets that are placed by the shipped route; `made` gets each new one. */
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
    await this.network.call(`publish ${id}`, this.objects.topic(topic), (stream) => {
      const at = stream.publish({ id, exchange, body: JSON.stringify(body) });
      const problem = at === null ? null : this.oracle.published(message, at);
      if (problem !== null) {
        this.report(problem);
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
}
