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
import { SimulatedObjects } from "./simulated-objects.ts";
import { SETTINGS_MS, SimulatedStore } from "./simulated-store.ts";
import { SimulatedPublisher } from "./simulated-publisher.ts";
import { SimulatedSocket } from "./simulated-socket.ts";
import { SocketWatch } from "../socket-watch.ts";
import { standForEnv, upgradeTo } from "./stand-in.ts";

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
  readonly store: SimulatedStore;
  /** How many sockets were opened so far. */
  sockets = 0;
  readonly #sockets: ReturnType<typeof makeSockets>;

  /** `spread` in (0, 1]: over which share of the gateways sockets are placed. */
  constructor(random: () => number, spread: number) {
    this.platform = new Platform(random);
    this.network = new Network(this.platform);
    this.store = new SimulatedStore(this.platform);
    this.markets = { KRX: new WireMarket("KRX", random), DEMO: new WireMarket("DEMO", random) };
    this.objects = new SimulatedObjects({
      platform: this.platform,
      network: this.network,
      oracle: this.oracle,
      store: this.store,
      markets: this.markets,
    });
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

  get exchange(): Exchange {
    return this.store.recorded.exchange;
  }

  /** As the owner does it: asked once, whatever comes of it. */
  switchTo(exchange: Exchange): void {
    this.platform.isStirred = true;
    this.network
      .callOnce("activate", this.objects.book(exchange), (book) => book.activate())
      .catch(() => undefined);
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
    const { generation, ...active } = await this.store.lastSwitch();
    if (active.exchange !== exchange) {
      // Closed unpublished, as the shipped drain closes it.
      return;
    }
    await this.network.call(`publish ${id}`, this.objects.topic(topic), async (stream) => {
      const at = await stream.publish({ id, exchange, generation, body: JSON.stringify(body) });
      const problem = at === null ? null : this.oracle.published(message, at);
      if (problem !== null) {
        this.report(problem);
      }
    });
  }
}
